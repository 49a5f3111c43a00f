"""The practice account against webhooks that are not ours: WeRoBot's, and ones that misbehave."""

from __future__ import annotations

import threading
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from flask import Flask, request
from werobot import WeRoBot
from werobot.contrib.flask import make_view
from werobot.crypto import MessageCrypt

from channels.practice.cipher import Aes
from tests.fakes.clock import FakeClock
from tests.integration.channels.wechat.conftest import (
    APP_ID,
    KEY,
    TOKEN,
    phone_at,
    practice_for,
    serving,
)


def werobot() -> Flask:
    robot = WeRoBot(token=TOKEN, SESSION_STORAGE=False, encoding_aes_key=KEY, app_id=APP_ID)
    robot.subscribe(lambda message: "欢迎")
    robot.text(lambda message: f"听到：{message.content}")
    robot.voice(lambda message: f"听到：{message.recognition}")
    robot.image(lambda message: "看到了")
    robot.click(lambda message: f"按了 {message.key}")
    app = Flask("werobot")
    app.add_url_rule(
        "/wechat", endpoint="wechat", view_func=make_view(robot), methods=["GET", "POST"]
    )
    return app


def webhook(answer: Any, seen: list[dict[str, Any]] | None = None) -> Flask:
    """A webhook that answers with what ``answer`` makes of the request's fields."""
    app = Flask("webhook")

    @app.post("/wechat")
    def deliver() -> Any:
        fields = {child.tag: child.text or "" for child in fromstring(request.get_data())}
        if seen is not None:
            seen.append({**request.args, **fields})
        return answer(fields)

    return app


def reply(fields: dict[str, str], content: str, **change: str) -> str:
    parts = {
        "ToUserName": fields["FromUserName"],
        "FromUserName": fields["ToUserName"],
        "CreateTime": "1",
        "MsgType": "text",
        "Content": content,
    } | change
    return "<xml>" + "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in parts.items()) + "</xml>"


@pytest.mark.parametrize("mode", ["plain", "aes"])
def test_werobot_understands_the_practice_account_and_is_understood(
    clock: FakeClock, mode: str
) -> None:
    with serving(werobot()) as base:
        app = practice_for(f"{base}/wechat", clock, mode=mode)
        phone = phone_at(app, clock)
        assert phone.heard == ["欢迎"]
        assert phone.say("您好 <&>") == ["听到：您好 <&>"]
        assert phone.say("老板", kind="voice") == ["听到：老板"]
        assert phone.say("", kind="image") == ["看到了"]
        phone.act("menu", key="petition")
        assert phone.heard[-1] == "按了 petition"
        assert phone.notices == ["followed"]
        assert {call["mode"] for call in phone.follower.calls} == {mode}


def test_a_webhook_that_knows_another_token_is_out_of_order(clock: FakeClock) -> None:
    with serving(werobot()) as base:
        phone = phone_at(practice_for(f"{base}/wechat", clock, token="another"), clock)
    assert phone.heard == []
    assert phone.notices == ["followed", "out_of_order"]
    assert phone.outcomes == ["http_403"] * 3


def test_a_slow_webhook_is_tried_three_times_with_one_message_and_new_signatures(
    clock: FakeClock,
) -> None:
    seen: list[dict[str, Any]] = []
    go_on = threading.Event()

    def slow(fields: dict[str, str]) -> str:
        go_on.wait(20)
        return "success"

    with serving(webhook(slow, seen)) as base:
        app = practice_for(f"{base}/wechat", clock, mode="plain", reply_seconds=0.1)
        phone = phone_at(app, clock)
        go_on.set()
    assert phone.outcomes == ["timeout"] * 3
    assert phone.notices == ["followed", "out_of_order"]
    messages = [{k: v for k, v in call.items() if k[0].isupper()} for call in seen]
    assert messages[0] == messages[1] == messages[2]
    assert len({call["signature"] for call in seen}) == 3


def test_tries_can_carry_the_first_signature(clock: FakeClock) -> None:
    seen: list[dict[str, Any]] = []
    with serving(webhook(lambda fields: "success", seen)) as base:
        app = practice_for(f"{base}/wechat", clock, mode="plain")
        phone = phone_at(app, clock)
        del seen[:]
        phone.act("send", text="好", lose_answers=2, same_signature=True)
    assert len(seen) == 3
    assert len({call["signature"] for call in seen}) == 1
    assert phone.notices == ["followed"]


@pytest.mark.parametrize(
    "answer",
    [
        lambda fields: "thanks",
        lambda fields: reply(fields, "x" * 2049),
        lambda fields: reply(fields, "  "),
        lambda fields: reply(fields, "好", ToUserName="oSomebodyElse"),
        lambda fields: reply(fields, "好", FromUserName="gh_other"),
        lambda fields: reply(fields, "好", MsgType="news"),
        lambda fields: reply(fields, "好", CreateTime=""),
        lambda fields: '<!DOCTYPE xml [<!ENTITY a "b">]><xml>&a;</xml>',
    ],
)
def test_an_answer_the_platform_would_not_take_is_shown_as_out_of_order(
    clock: FakeClock, answer: Any
) -> None:
    with serving(webhook(answer)) as base:
        phone = phone_at(practice_for(f"{base}/wechat", clock, mode="plain"), clock)
    assert phone.heard == []
    assert phone.outcomes == ["broken"]
    assert phone.notices == ["followed", "out_of_order"]


def test_in_safe_mode_a_plain_answer_or_one_signed_with_another_token_is_not_taken(
    clock: FakeClock,
) -> None:
    ours, forged = (MessageCrypt(token, KEY, APP_ID) for token in (TOKEN, "another token"))
    answers = iter([lambda xml: xml, forged.encrypt_message, ours.encrypt_message])

    def answer(fields: dict[str, str]) -> str:
        opened = Aes(KEY, APP_ID).decrypt(fields["Encrypt"])
        asked = {child.tag: child.text or "" for child in fromstring(opened)}
        return str(next(answers)(reply(asked, "好")))

    with serving(webhook(answer)) as base:
        phone = phone_at(practice_for(f"{base}/wechat", clock), clock)
        phone.act("send", text="一")
        phone.act("send", text="二")
    assert phone.outcomes == ["broken", "broken", "reply"]
    assert phone.heard == ["好"]


@pytest.mark.parametrize("answer", ["success", ""])
def test_success_says_nothing_to_the_citizen(clock: FakeClock, answer: str) -> None:
    with serving(webhook(lambda fields: answer)) as base:
        phone = phone_at(practice_for(f"{base}/wechat", clock, mode="plain"), clock)
    assert (phone.heard, phone.notices, phone.outcomes) == ([], ["followed"], ["success"])


def test_of_three_copies_the_phone_shows_one_answer(clock: FakeClock) -> None:
    seen: list[dict[str, Any]] = []
    with serving(webhook(lambda fields: reply(fields, "好"), seen)) as base:
        phone = phone_at(practice_for(f"{base}/wechat", clock, mode="plain"), clock)
        assert phone.say("在吗", copies=3) == ["好"]
    assert len({call["MsgId"] for call in seen if call["MsgType"] == "text"}) == 1
    assert len(seen) == 4


def test_the_mode_can_be_switched_while_it_runs(clock: FakeClock) -> None:
    seen: list[dict[str, Any]] = []
    with serving(webhook(lambda fields: "success", seen)) as base:
        app = practice_for(f"{base}/wechat", clock)
        phone = phone_at(app, clock)
        app.test_client().post("/phone/mode", json={"mode": "plain"})
        phone.act("send", text="好")
    assert "Encrypt" in seen[0]
    assert seen[1]["Content"] == "好"
