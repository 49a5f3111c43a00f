"""Where a matter stands, for whoever holds its number and query code."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.fakes.office import CODE, Office
from tests.integration.channels.gateway.conftest import Browser


def test_number_and_code_tell_where_it_stands(client: FlaskClient, office: Office) -> None:
    matter = office.matter()
    answer = client.post("/api/progress", json={"number": matter.number, "code": CODE})
    assert answer.status_code == 200
    told = answer.get_json()
    assert told["status_name"] == office.texts.say("progress.status.submitted")
    assert told["number"] == matter.number
    assert "三分地" not in answer.get_data(as_text=True)


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(
    client: FlaskClient, office: Office
) -> None:
    matter = office.matter()
    sealed = office.matter(sealed=True)
    tries = [
        {"number": matter.number, "code": "AAAA-AAAA"},
        {"number": "XF20990101-0001", "code": CODE},
        {"number": "", "code": ""},
        {"number": "x" * 1000, "code": CODE},
        {"number": sealed.number, "code": "AAAA-AAAA"},
        {"number": matter.number, "code": "\x00é’--"},
    ]
    answers = [client.post("/api/progress", json=body) for body in tries]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.get_data() for answer in answers}) == 1


@pytest.mark.parametrize("body", [[], {}, {"number": "x"}, {"number": 1, "code": 2}, "x"])
def test_a_malformed_question_is_refused(client: FlaskClient, body: object) -> None:
    answer = client.post("/api/progress", json=body)
    assert answer.status_code == 400
    assert answer.get_json()["message"]


def test_guessing_is_slowed_down(client: FlaskClient, office: Office) -> None:
    matter = office.matter()
    codes = [
        client.post(
            "/api/progress", json={"number": matter.number, "code": "AAAA-AAAA"}
        ).status_code
        for _ in range(12)
    ]
    assert codes[:10] == [404] * 10
    assert codes[10:] == [429] * 2
    right = client.post("/api/progress", json={"number": matter.number, "code": CODE})
    assert right.status_code == 429, "the right code is not told by trying"


def test_the_page_answers_people(browser: Browser, office: Office) -> None:
    matter = office.matter()
    found = browser.post("/progress", number=f" {matter.number.lower()} ", code="k7qm 3xpd")
    assert found.status_code == 200
    page = found.get_data(as_text=True)
    assert office.texts.say("progress.status.submitted") in page
    assert "十五日" in page
    wrong = browser.post("/progress", number=matter.number, code="AAAA-AAAA")
    assert wrong.status_code == 404
    assert 'role="alert"' in wrong.get_data(as_text=True)


def test_the_page_slows_guessing_down_in_words(browser: Browser) -> None:
    answers = [browser.post("/progress", number="XF20990101-0001", code="x") for _ in range(11)]
    assert answers[-1].status_code == 429
    assert "过一会儿" in answers[-1].get_data(as_text=True)
