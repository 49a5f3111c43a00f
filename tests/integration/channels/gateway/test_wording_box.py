"""The box with a machine's wording: labelled, beside the summary, to be copied or thrown away."""

from __future__ import annotations

from typing import Any

import pytest

from casework.domain.matter import Matter
from casework.domain.people import Role
from casework.domain.wording.proposal import Paragraph
from tests.fakes.office import Office
from tests.integration.channels.gateway.conftest import TOKEN, Browser

LABEL = "机器草拟，未经核对"


@pytest.fixture
def clerk(signed_in: Any) -> Browser:
    browser: Browser = signed_in(Role.CLERK, name="李卫国")
    return browser


@pytest.fixture
def matter(office: Office) -> Matter:
    return office.matter()


def opened(browser: Browser, matter: Matter) -> str:
    page: str = browser.get(f"/console/matters/{matter.number}").get_data(as_text=True)
    return page


def source_of(office: Office, matter: Matter) -> str:
    """The message that the page shows among the citizen's own words."""
    (line,) = [
        line
        for line in office.conversations.transcript(matter.conversation_id)
        if line.text == "村里修路占了我家的地"
    ]
    assert line.message_id
    return line.message_id


def test_it_is_labelled_and_leads_to_what_was_said(
    clerk: Browser, office: Office, matter: Matter
) -> None:
    source = source_of(office, matter)
    office.worded(
        matter, Paragraph("村里<b>修路</b>占地。", ("占了我家的地",), (source,)), dropped=2
    )
    page = opened(clerk, matter)
    box = page.split("machine-heading")[2].split("</section>")[0]
    assert LABEL in box
    assert "small-model" in box
    assert "不发给来访者" in box
    assert "村里&lt;b&gt;修路&lt;/b&gt;占地。" in box
    assert "“占了我家的地”" in box
    assert f'href="#m-{source}"' in box
    assert "有 2 段" in box
    assert page.index("来访者已确认") < page.index(LABEL) < page.index("<h2>原话</h2>")


def test_without_a_proposal_there_is_no_box(clerk: Browser, matter: Matter) -> None:
    assert LABEL not in opened(clerk, matter)


def test_it_is_thrown_away_for_good(clerk: Browser, office: Office, matter: Matter) -> None:
    office.worded(matter, Paragraph("村里修路占地。", (), ("m1",)))
    address = f"/console/matters/{matter.number}"
    answer = clerk.post(f"{address}/wording/discard", page=address)
    assert answer.status_code == 303
    assert LABEL not in opened(clerk, matter)
    assert clerk.post(f"{address}/wording/discard", page=address).status_code == 404
    with office.store.reading() as work:
        assert "discarded wording" in [line[2] for line in work.audit.about(matter.id)]


def test_that_it_was_copied_is_written_down(clerk: Browser, office: Office, matter: Matter) -> None:
    office.worded(matter, Paragraph("村里修路占地。", (), ("m1",)))
    address = f"/console/matters/{matter.number}"
    assert clerk.post(f"{address}/wording/copied", page=address).status_code == 204
    assert LABEL in opened(clerk, matter)
    with office.store.reading() as work:
        assert "copied wording" in [line[2] for line in work.audit.about(matter.id)]


def test_the_citizen_finds_no_word_of_it(clerk: Browser, office: Office, matter: Matter) -> None:
    office.worded(matter, Paragraph("村里修路占地。", (), ("m1",)))
    told = clerk.client.post(
        "/api/progress", json={"number": matter.number, "code": matter.code}
    ).get_data(as_text=True)
    assert "村里修路占地。" not in told
    assert "机器" not in told
    said = [line.text for line in office.conversations.transcript(matter.conversation_id)]
    assert "村里修路占地。" not in said
    office.delivery.deliver_due()
    assert "村里修路占地。" not in str(office.petitions.matters)


def test_a_sealed_matter_shows_none(signed_in: Any, office: Office) -> None:
    sealed = office.matter(sealed=True)
    office.worded(sealed, Paragraph("举报某人收钱。", (), ("m1",)))
    supervisor = signed_in(Role.SUPERVISOR)
    address = f"/console/matters/{sealed.number}"
    page = supervisor.post(f"{address}/unseal", page=address, reason="督办核实")
    assert LABEL not in page.get_data(as_text=True)
    assert supervisor.post(f"{address}/wording/copied", page=address).status_code == 404


def test_a_lawyer_decides_nothing_on_a_petition(
    signed_in: Any, office: Office, matter: Matter
) -> None:
    office.worded(matter, Paragraph("村里修路占地。", (), ("m1",)))
    lawyer = signed_in(Role.LAWYER)
    token = TOKEN.findall(lawyer.get("/console/ledger").get_data(as_text=True))[0]
    for act in ("copied", "discard"):
        answer = lawyer.client.post(
            f"/console/matters/{matter.number}/wording/{act}",
            data={"csrf": token},
            headers={"Accept": "text/html"},
        )
        assert answer.status_code == 403
