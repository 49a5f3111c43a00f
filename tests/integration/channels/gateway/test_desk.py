"""The lawyer's desk: who waits, taking over, talking, letting go."""

from __future__ import annotations

from typing import Any

import pytest

from casework.domain.people import Role
from tests.fakes.clock import FakeClock
from tests.fakes.office import Office
from tests.integration.channels.gateway.conftest import TOKEN, Browser, Visitor


@pytest.fixture
def lawyer(signed_in: Any) -> Browser:
    browser: Browser = signed_in(Role.LAWYER, name="王敏")
    return browser


def conversation_of(office: Office, visitor: Visitor) -> str:
    line = visitor.client.get("/widget/messages").get_json()["utterances"][0]
    with office.store.reading() as work:
        return work.inbox.get(line["message_id"]).conversation_id


def test_who_waits_is_listed_with_reason_risk_and_time(
    lawyer: Browser, office: Office, clock: FakeClock
) -> None:
    office.says("转人工", sender="calm")
    clock.advance(minutes=42)
    office.says("我不想活了", sender="red")
    clock.advance(minutes=3)
    page = lawyer.get("/console/desk").get_data(as_text=True)
    assert page.index("红色：马上接") < page.index("来访者要求转人工")
    assert "已等 45 分钟" in page
    assert "已等 3 分钟" in page
    assert "风险信号" in page
    assert 'data-count="2"' in page


def test_the_list_hides_who_people_are(lawyer: Browser, office: Office) -> None:
    office.says("我叫张建军，电话13900001234，请转人工", channel="wechat", sender="o" + "x" * 27)
    for path in ("/console/desk", "/console/desk/queue"):
        page = lawyer.get(path).get_data(as_text=True)
        assert "微信用户" in page
        assert "13900001234" not in page
        assert "张建军" not in page
        assert "x" * 27 not in page


def test_the_list_tells_what_was_told_so_far(lawyer: Browser, office: Office) -> None:
    from casework.domain.matter import MatterKind

    waiting = office.says("转人工", sender="s")
    office.matter(
        MatterKind.CONSULTATION, conversation_id=waiting, narrative="厂里欠薪，电话13900001234"
    )
    page = lawyer.get("/console/desk").get_data(as_text=True)
    assert "厂里欠薪" in page
    assert "13900001234" not in page


def test_a_lawyer_and_a_citizen_talk_in_the_same_chat(
    lawyer: Browser, visitor: Visitor, office: Office
) -> None:
    visitor.says("公司拖欠工资")
    visitor.send(action="person")
    id_ = conversation_of(office, visitor)
    taken = lawyer.post(f"/console/desk/{id_}/take", page="/console/desk")
    assert taken.headers["Location"] == f"/console/desk/{id_}"
    page = lawyer.get(f"/console/desk/{id_}").get_data(as_text=True)
    assert "公司拖欠工资" in page
    lawyer.post(
        f"/console/desk/{id_}/say", page=f"/console/desk/{id_}", key="k1", text="您好，合同签了吗？"
    )
    lines = visitor.client.get("/widget/messages").get_json()
    assert lines["owner"] == "human"
    assert (lines["staff_title"], lines["staff_name"]) == ("值班律师", "王敏")
    assert [line["text"] for line in lines["utterances"]][-2:] == [
        "值班律师王敏已接入，接下来由律师和您对话。",
        "您好，合同签了吗？",
    ]
    asked = len(office.dialogue.asked)
    visitor.send(text="没有签")
    assert len(office.dialogue.asked) == asked, "the bot is silent while a person talks"
    back = lawyer.get(f"/console/desk/{id_}/lines").get_json()["utterances"]
    assert back[-1]["text"] == "没有签"

    lawyer.post(f"/console/desk/{id_}/hand-back", page=f"/console/desk/{id_}")
    assert visitor.client.get("/widget/messages").get_json()["owner"] == "bot"
    visitor.send(text="谢谢")
    assert len(office.dialogue.asked) == asked + 1


def test_a_line_sent_twice_with_one_key_is_said_once(
    lawyer: Browser, visitor: Visitor, office: Office
) -> None:
    visitor.send(text="转人工")
    id_ = conversation_of(office, visitor)
    lawyer.post(f"/console/desk/{id_}/take", page="/console/desk")
    page = lawyer.get(f"/console/desk/{id_}").get_data(as_text=True)
    token = TOKEN.findall(page)[0]
    for _ in range(3):
        answer = lawyer.client.post(
            f"/console/desk/{id_}/say",
            json={"key": "one", "text": "只说一次"},
            headers={"X-CSRF-Token": token},
        )
        assert answer.status_code == 200
    texts = [
        line["text"] for line in visitor.client.get("/widget/messages").get_json()["utterances"]
    ]
    assert texts.count("只说一次") == 1


@pytest.mark.parametrize(
    "body", [{}, {"text": "x"}, {"key": "k"}, {"key": 1, "text": "x"}, [], "x"]
)
def test_a_malformed_line_is_refused(
    lawyer: Browser, visitor: Visitor, office: Office, body: Any
) -> None:
    visitor.send(text="转人工")
    id_ = conversation_of(office, visitor)
    lawyer.post(f"/console/desk/{id_}/take", page="/console/desk")
    token = TOKEN.findall(lawyer.get(f"/console/desk/{id_}").get_data(as_text=True))[0]
    answer = lawyer.client.post(
        f"/console/desk/{id_}/say", json=body, headers={"X-CSRF-Token": token}
    )
    assert answer.status_code == 400
    assert answer.get_json()["message"]


def test_only_one_of_two_lawyers_takes_the_conversation(
    lawyer: Browser, signed_in: Any, office: Office
) -> None:
    second = signed_in(Role.LAWYER, username="second", name="李律师")
    id_ = office.says("转人工")
    second.get("/console/desk")
    desk = second.get("/console/desk").get_data(as_text=True)
    lawyer.post(f"/console/desk/{id_}/take", page="/console/desk")
    late = second.client.post(
        f"/console/desk/{id_}/take",
        data={"csrf": TOKEN.findall(desk)[0]},
        headers={"Accept": "text/html"},
    )
    assert late.status_code == 409
    assert "其他同事" in late.get_data(as_text=True)
    assert second.get(f"/console/desk/{id_}").status_code == 409
    assert second.client.get(f"/console/desk/{id_}/stream").status_code == 409


def test_what_people_say_to_the_bot_alone_is_nobodys_to_read(
    lawyer: Browser, office: Office
) -> None:
    id_ = office.says("我只想和机器人说")
    for path in ("", "/lines", "/stream"):
        answer = lawyer.get(f"/console/desk/{id_}{path}")
        assert answer.status_code == 409
        assert "机器人说" not in answer.get_data(as_text=True)


def test_a_conversation_given_back_is_closed_to_its_lawyer(lawyer: Browser, office: Office) -> None:
    id_ = office.says("转人工")
    lawyer.post(f"/console/desk/{id_}/take", page="/console/desk")
    lawyer.post(f"/console/desk/{id_}/close", page=f"/console/desk/{id_}")
    assert lawyer.get(f"/console/desk/{id_}").status_code == 409


def test_a_supervisor_may_read_along_but_not_talk(
    lawyer: Browser, signed_in: Any, office: Office
) -> None:
    id_ = office.says("转人工")
    lawyer.post(f"/console/desk/{id_}/take", page="/console/desk")
    supervisor = signed_in(Role.SUPERVISOR)
    page = supervisor.get(f"/console/desk/{id_}").get_data(as_text=True)
    assert 'id="say"' not in page
    answer = supervisor.client.post(
        f"/console/desk/{id_}/say",
        json={"key": "k", "text": "插话"},
        headers={"X-CSRF-Token": TOKEN.findall(page)[0]},
    )
    assert answer.status_code == 409


def test_an_unknown_conversation_is_not_found(lawyer: Browser) -> None:
    assert lawyer.get("/console/desk/nothing").status_code == 404
    assert lawyer.get("/console/desk/nothing/stream").status_code == 404


def test_a_trained_person_sets_the_level(lawyer: Browser, office: Office) -> None:
    id_ = office.says("我不想活了")
    lawyer.post(f"/console/desk/{id_}/risk", page=f"/console/desk/{id_}", level="yellow")
    assert "黄色：留意" in lawyer.get("/console/desk").get_data(as_text=True)
    wrong = lawyer.post(f"/console/desk/{id_}/risk", page=f"/console/desk/{id_}", level="purple")
    assert wrong.status_code == 400


def test_what_a_citizen_says_is_never_markup_on_the_desk(lawyer: Browser, office: Office) -> None:
    id_ = office.says("转人工<script>alert(1)</script>")
    for path in ("/console/desk", "/console/desk/queue", f"/console/desk/{id_}"):
        assert "<script>alert" not in lawyer.get(path).get_data(as_text=True)
