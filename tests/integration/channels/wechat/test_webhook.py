"""Messages of the platform and what it gets for an answer."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from casework.domain.conversation import Owner
from casework.domain.messages import Button, Reply
from casework.domain.people import Role, Staff
from casework.handover import Handover
from tests.integration.channels.wechat.conftest import (
    ACCOUNT,
    APP_ID,
    CITIZEN,
    KEY,
    TOKEN,
    Caller,
    Gateway,
    GatewayMaker,
    fields_of,
    opened,
    said,
)
from tests.wire_files import wechat_payloads


def test_the_account_is_verified_with_an_echo(gateway: Gateway, caller: Caller) -> None:
    query = caller.signed() | {"echostr": "5927358432987"}
    answer = gateway.app.test_client().get("/wechat", query_string=query)
    assert (answer.status_code, answer.text) == (200, "5927358432987")
    assert answer.mimetype == "text/plain"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"signature": "0" * 40}, 403),
        ({"signature": ""}, 403),
        ({"timestamp": "1"}, 403),
        ({"echostr": ""}, 400),
        ({"echostr": "x" * 600}, 400),
    ],
)
def test_a_verification_that_is_not_ours_gets_no_echo(
    gateway: Gateway, caller: Caller, change: dict[str, str], status: int
) -> None:
    query = caller.signed() | {"echostr": "5927358432987"} | change
    answer = gateway.app.test_client().get("/wechat", query_string=query)
    assert answer.status_code == status
    assert "5927358432987" not in answer.text


def test_a_plain_message_is_answered_in_the_same_call(gateway: Gateway, caller: Caller) -> None:
    response = caller.post(caller.text("公司拖欠我三个月工资怎么办"))
    reply = fields_of(response.data)
    assert reply["ToUserName"] == CITIZEN
    assert reply["FromUserName"] == ACCOUNT
    assert reply["MsgType"] == "text"
    assert reply["CreateTime"] == str(int(gateway.clock.now().timestamp()))
    assert reply["Content"] == "收到：公司拖欠我三个月工资怎么办"
    assert gateway.outbox() == {"pending": 0, "delivered": 1, "dead": 0}


def test_an_encrypted_message_gets_an_encrypted_answer(gateway: Gateway, caller: Caller) -> None:
    response = caller.post_aes(caller.text("您好"))
    assert opened(response) == "收到：您好"
    assert "您好" not in response.text
    assert gateway.lines() == [("citizen", "您好"), ("bot", "收到：您好")]


def test_choices_are_numbered_and_a_typed_number_chooses(gateway: Gateway, caller: Caller) -> None:
    gateway.dialogue.offers("您想做什么？", 问法律="/consultation", 反映问题="/petition")
    text = said(caller.post(caller.event("subscribe")))
    assert text == "您想做什么？\n\n1. 问法律\n2. 反映问题\n\n回复数字选择"
    caller.post(caller.text("2"))
    assert (gateway.dialogue.asked[-1].text, gateway.dialogue.asked[-1].trusted) == (
        "/petition",
        True,
    )


@pytest.mark.parametrize("name", sorted(wechat_payloads()))
def test_every_recorded_payload_is_answered_or_acknowledged(
    gateway: Gateway, caller: Caller, name: str
) -> None:
    response = caller.post(wechat_payloads()[name])
    assert response.status_code == 200
    silent = {"event_unsubscribe", "event_view", "event_location", "event_template_sent"}
    if name in silent | {"event_of_tomorrow"}:
        assert response.text == "success"
        assert gateway.lines() == []
    else:
        assert said(response)


def test_a_voice_message_the_platform_understood_is_words(gateway: Gateway, caller: Caller) -> None:
    assert said(caller.post(wechat_payloads()["voice"])) == "收到：老板不给发工资我该找谁。"


def test_an_answer_too_long_for_one_message_is_finished_by_a_push(
    gateway: Gateway, caller: Caller
) -> None:
    long = "这是一句完整的话，说的是同一件事。" * 120
    gateway.dialogue.answering = lambda turn: [Reply(long, (Button("好的", "/affirm"),))]
    first = said(caller.post(caller.text("说详细一点")))
    assert len(first.encode()) <= 2048
    with gateway.store() as work:
        (rest,) = work.outbox.claim_due(gateway.clock.advance(seconds=3), "worker", 30, 10)
    assert rest.payload["recipient"] == CITIZEN
    (reply,) = rest.payload["replies"]
    assert "".join((first + reply["text"]).split()) == "".join(f"{long}1. 好的回复数字选择".split())


# ── a message delivered more than once ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("same_signature", [True, False])
def test_a_message_tried_again_gets_the_same_answer_and_is_acted_on_once(
    gateway: Gateway, caller: Caller, same_signature: bool
) -> None:
    message, query = caller.text("您好"), caller.signed()
    answers = [
        said(caller.post(message, query if same_signature else caller.signed())) for _ in range(3)
    ]
    assert answers == ["收到：您好"] * 3
    assert len(gateway.dialogue.taken) == 1
    assert gateway.lines() == [("citizen", "您好"), ("bot", "收到：您好")]
    assert gateway.outbox() == {"pending": 0, "delivered": 1, "dead": 0}


def test_a_long_answer_tried_again_does_not_take_its_own_overflow(
    gateway: Gateway, caller: Caller
) -> None:
    gateway.dialogue.answering = lambda turn: [Reply("这是一句完整的话。" * 200)]
    message = caller.text("说详细一点")
    assert said(caller.post(message)) == said(caller.post(message))
    assert gateway.outbox() == {"pending": 1, "delivered": 1, "dead": 0}


def test_three_deliveries_at_once_are_one_turn(gateway: Gateway, caller: Caller) -> None:
    message = caller.text("您好")
    queries = [caller.signed() for _ in range(3)]
    gate = threading.Barrier(3)
    answers: list[str] = []

    def deliver(query: dict[str, str]) -> None:
        gate.wait()
        answers.append(said(caller.post(message, query)))

    threads = [threading.Thread(target=deliver, args=(query,)) for query in queries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["收到：您好"] * 3
    assert len(gateway.dialogue.taken) == 1
    assert gateway.lines() == [("citizen", "您好"), ("bot", "收到：您好")]
    assert gateway.outbox() == {"pending": 0, "delivered": 1, "dead": 0}


def test_a_message_tried_again_at_another_process_gets_the_same_answer(
    make_gateway: GatewayMaker,
) -> None:
    one, other = make_gateway(), make_gateway()
    message = one.caller.text("您好")
    assert said(one.caller.post(message)) == said(other.caller.post(message)) == "收到：您好"
    assert len(one.dialogue.taken) == 1


# ── a turn that takes longer than the platform waits ─────────────────────────────────────────────


def test_a_slow_turn_is_acknowledged_and_its_answer_promised_as_a_push(
    make_gateway: GatewayMaker,
) -> None:
    gateway = make_gateway(passive_reply_seconds=0.2)
    caller, go_on = gateway.caller, threading.Event()
    gateway.dialogue.on_ask = lambda turn: go_on.wait(20) and None
    response = caller.post(caller.text("您好"))
    assert response.text == "success"
    assert gateway.outbox()["pending"] == 0
    go_on.set()
    gateway.conversations.close()
    with gateway.store() as work:
        later = gateway.clock.advance(seconds=5)
        (push,) = work.outbox.claim_due(later, "worker", 30, 10)
    assert push.payload == {
        "recipient": CITIZEN,
        "replies": [{"text": "收到：您好", "labels": []}],
    }


def test_an_answer_that_was_pushed_is_not_said_again_when_the_message_is_tried_again(
    make_gateway: GatewayMaker,
) -> None:
    gateway = make_gateway(passive_reply_seconds=0.2)
    caller, go_on = gateway.caller, threading.Event()
    gateway.dialogue.on_ask = lambda turn: go_on.wait(20) and None
    message = caller.text("您好")
    caller.post(message)
    go_on.set()
    gateway.conversations.close()
    with gateway.store() as work:
        later = gateway.clock.advance(seconds=5)
        (push,) = work.outbox.claim_due(later, "worker", 30, 10)
        work.outbox.delivered(push.id, later)
        work.commit()
    assert [caller.post(message).text for _ in range(3)] == ["success"] * 3


def test_a_turn_that_ends_while_the_platform_tries_again_is_answered_there(
    make_gateway: GatewayMaker,
) -> None:
    gateway = make_gateway(passive_reply_seconds=0.2)
    caller, go_on = gateway.caller, threading.Event()
    gateway.dialogue.on_ask = lambda turn: go_on.wait(20) and None
    message = caller.text("您好")
    assert caller.post(message).text == "success"
    go_on.set()
    gateway.conversations.close()
    assert said(make_gateway().caller.post(message)) == "收到：您好"
    assert gateway.outbox() == {"pending": 0, "delivered": 1, "dead": 0}


# ── who answers ──────────────────────────────────────────────────────────────────────────────────


def test_while_a_lawyer_answers_the_bot_says_nothing(gateway: Gateway, caller: Caller) -> None:
    said(caller.post(caller.text("我想找律师")))
    lawyer = Staff("id-1", "li", "李律师", Role.LAWYER, "!")
    with gateway.store() as work:
        work.staff.add(lawyer)
        conversation = work.conversations.find_or_create("wechat", CITIZEN, gateway.clock.now())
        conversation.owner, conversation.staff_id = Owner.HUMAN, lawyer.id
        work.conversations.save(conversation)
        work.commit()
    asked = len(gateway.dialogue.asked)
    response = caller.post(caller.text("合同在我手上"))
    assert response.text == "success"
    assert len(gateway.dialogue.asked) == asked
    assert gateway.lines()[-1] == ("citizen", "合同在我手上")
    handover = Handover(gateway.store, gateway.clock, gateway.texts, load_demo_bureau())
    handover.say(lawyer, conversation.id, "请拍一张发来", key="1")
    assert gateway.outbox()["pending"] == 1


def load_demo_bureau() -> Any:
    from casework.adapters.bureau_file import DEMO, load_bureau

    return load_bureau(DEMO, lambda day: day.weekday() < 5)


# ── what goes wrong behind the webhook ───────────────────────────────────────────────────────────


def test_a_message_that_could_not_be_written_down_is_not_acknowledged(
    gateway: Gateway, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(inbound: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(gateway.conversations, "receive", fail)
    message = caller.text("您好")
    assert caller.post(message).status_code == 500
    monkeypatch.undo()
    assert said(caller.post(message)) == "收到：您好"


def test_a_message_whose_turn_broke_is_kept_and_not_asked_for_again(
    gateway: Gateway,
    caller: Caller,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("身份证 410000199001010000")

    monkeypatch.setattr(gateway.conversations, "attend", fail)
    assert caller.post(caller.text("我的身份证")).text == "success"
    assert gateway.lines() == [("citizen", "我的身份证")]
    printed = "".join(capsys.readouterr())
    assert "turn_failed" in printed
    assert "410000" not in printed
    assert "身份证" not in printed


def test_nothing_that_was_written_stands_in_the_logs(
    gateway: Gateway, caller: Caller, capsys: pytest.CaptureFixture[str]
) -> None:
    caller.post_aes(caller.text("张三的电话13800000000"))
    caller.post_aes(caller.text("张三的电话13800000000"), key=KEY[::-1])
    caller.post("<xml>张三</xml>")
    printed = "".join(capsys.readouterr())
    assert "undecipherable" in printed
    for secret in ("张三", "13800000000", CITIZEN, TOKEN, APP_ID):
        assert secret not in printed
