"""Customer-service messages, sent to a platform that counts and refuses as WeChat does."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response

from casework.ports import Sender
from channels.wechat import platform
from channels.wechat.account import Account
from channels.wechat.sender import WechatSender
from channels.wechat.shelf import FileShelf
from tests.fakes.clock import FakeClock
from tests.integration.channels.wechat.conftest import (
    APP_ID,
    SECRET,
    TOKEN,
    Phone,
    phone_at,
    practice_for,
    serving,
)

HOURS_48 = 48 * 3600
Reply = dict[str, Any]


def words(text: str, *labels: str) -> list[Reply]:
    return [{"text": text, "labels": list(labels)}]


@pytest.fixture
def practice_app(clock: FakeClock) -> Flask:
    return practice_for("http://127.0.0.1:9/wechat", clock, tries=1)


@pytest.fixture
def phone(practice_app: Flask, clock: FakeClock) -> Phone:
    """Somebody who has just written (nobody listens at the webhook of this suite)."""
    phone = phone_at(practice_app, clock, follow=False)
    phone.follower.following = True
    phone.accounts.allow(phone.follower, event=False)
    return phone


@pytest.fixture
def base(practice_app: Flask) -> Iterator[str]:
    with serving(practice_app) as address:
        yield address


SenderMaker = Callable[..., WechatSender]


@pytest.fixture
def make_sender(base: str, tmp_path: Path) -> SenderMaker:
    """Makes senders of several processes: they share a shelf."""

    def make(**change: Any) -> WechatSender:
        options = {"app_id": APP_ID, "token": TOKEN, "app_secret": SECRET, "api_base": base}
        return WechatSender(Account(**(options | change)), FileShelf(tmp_path / "shelf"))

    return make


@pytest.fixture
def sender(make_sender: SenderMaker) -> Sender:
    return make_sender()


def test_a_reply_reaches_the_phone_with_its_choices(sender: Sender, phone: Phone) -> None:
    result = sender.send(phone.openid, "k", words("想好了吗？🙂", "好了", "没有"))
    assert (result.ok, result.code) == (True, "0")
    assert phone.heard == ["想好了吗？🙂\n\n1. 好了\n2. 没有\n\n回复数字选择"]


def test_several_replies_cost_one_message(sender: Sender, phone: Phone) -> None:
    sender.send(phone.openid, "k", [*words("一"), *words("二"), *words("三", "好")])
    assert phone.heard == ["一\n\n二\n\n三\n\n1. 好\n\n回复数字选择"]
    assert phone.accounts.pushes_left(phone.follower) == 4


def test_nothing_to_say_is_not_sent(sender: Sender, phone: Phone) -> None:
    assert sender.send(phone.openid, "k", words("  \u200b")).ok
    assert phone.accounts.send_calls == 0


def test_a_push_that_broke_off_goes_on_where_it_stopped(sender: Sender, phone: Phone) -> None:
    long = words("这是一句完整的话，说的是同一件事。" * 130)
    phone.follower.by_message.left = 2
    result = sender.send(phone.openid, "k", long)
    assert (result.ok, result.code) == (False, "quota")
    phone.accounts.allow(phone.follower, event=False)
    assert sender.send(phone.openid, "k", long).ok
    assert "".join(phone.heard) == long[0]["text"]
    assert all(len(text.encode()) <= 2048 for text in phone.heard)


# ── the access token ─────────────────────────────────────────────────────────────────────────────


def test_one_token_serves_many_messages_and_many_processes(
    make_sender: SenderMaker, phone: Phone
) -> None:
    for number in range(4):
        assert make_sender().send(phone.openid, f"k{number}", words("好")).ok
    assert phone.accounts.token_calls == 1


def test_a_token_that_was_taken_away_is_replaced_once(sender: Sender, phone: Phone) -> None:
    sender.send(phone.openid, "k1", words("一"))
    phone.accounts.expire_tokens()
    assert sender.send(phone.openid, "k2", words("二")).ok
    assert (phone.accounts.token_calls, phone.accounts.send_calls) == (2, 3)
    assert phone.heard == ["一", "二"]


def test_a_token_that_ran_out_is_replaced(sender: Sender, phone: Phone, clock: FakeClock) -> None:
    sender.send(phone.openid, "k1", words("一"))
    clock.advance(hours=3)
    assert sender.send(phone.openid, "k2", words("二")).ok
    assert phone.accounts.token_calls == 2


def test_a_platform_that_refuses_every_token_is_asked_a_bounded_number_of_times(
    sender: Sender, phone: Phone
) -> None:
    phone.accounts.refuse_tokens = True
    result = sender.send(phone.openid, "k", words("好"))
    assert (result.ok, result.code) == (False, "token")
    assert result.retry_after
    assert phone.accounts.send_calls == 2
    assert phone.accounts.token_calls == 3  # the first, the same again, one forced
    for _ in range(10):
        assert sender.send(phone.openid, "k", words("好")).code == "token"
    assert phone.accounts.send_calls == 2 + 10
    assert phone.accounts.token_calls == 3 + 10  # no second forced one within ten minutes


def test_a_platform_that_accepts_tokens_again_is_sent_to_again(
    sender: Sender, phone: Phone
) -> None:
    phone.accounts.refuse_tokens = True
    sender.send(phone.openid, "k", words("好"))
    phone.accounts.refuse_tokens = False
    assert sender.send(phone.openid, "k", words("好")).ok
    assert phone.heard == ["好"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"app_secret": "wrong"}, "misconfigured"),
        ({"app_id": "wxother"}, "misconfigured"),
        ({"app_secret": ""}, "misconfigured"),
        ({"app_id": ""}, "misconfigured"),
    ],
)
def test_wrong_credentials_are_named_as_such(
    make_sender: SenderMaker, phone: Phone, change: dict[str, str], code: str
) -> None:
    result = make_sender(**change).send(phone.openid, "k", words("好"))
    assert (result.ok, result.code) == (False, code)
    assert "SUQIU_WECHAT_" in result.detail
    assert phone.accounts.send_calls == 0


# ── what the platform allows ─────────────────────────────────────────────────────────────────────


def test_the_sixth_message_since_the_citizen_wrote_is_refused(sender: Sender, phone: Phone) -> None:
    codes = [sender.send(phone.openid, f"k{n}", words("好")).code for n in range(6)]
    assert codes == ["0"] * 5 + ["quota"]


def test_48_hours_after_the_citizen_wrote_nothing_goes_out(
    sender: Sender, phone: Phone, clock: FakeClock
) -> None:
    clock.advance(seconds=HOURS_48)
    assert sender.send(phone.openid, "k", words("好")).code == "window_closed"


def test_who_stopped_following_is_not_reached(sender: Sender, phone: Phone) -> None:
    phone.follower.following = False
    assert sender.send(phone.openid, "k", words("好")).code == "not_following"


def test_who_is_not_known_is_not_reached(sender: Sender) -> None:
    assert sender.send("oNobody", "k", words("好")).code == "bad_recipient"


# ── a platform that is not well ──────────────────────────────────────────────────────────────────


def test_nobody_at_the_address(tmp_path: Path) -> None:
    sender = sender_at("http://127.0.0.1:9", tmp_path)
    assert sender.send("oA", "k", words("好")).code == "unreachable"


def sender_at(base: str, tmp_path: Path) -> WechatSender:
    return WechatSender(Account(APP_ID, TOKEN, SECRET, api_base=base), FileShelf(tmp_path / "s"))


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (502, "bad gateway", "502"),
        (302, "", "302"),
        (200, "<html></html>", "bad_answer"),
        (200, "[]", "bad_answer"),
        (200, '{"access_token": ""}', "bad_answer"),
        (200, '{"access_token": "t"}', "bad_answer"),
        (200, '{"errcode": "soon"}', "bad_answer"),
        (200, "[" * 100_000, "bad_answer"),
        (200, '{"errcode": -1, "errmsg": "system error"}', "busy"),
        (200, '{"errcode": 99999}', "refused"),
    ],
)
def test_what_a_platform_may_say_instead_of_a_token(
    tmp_path: Path, status: int, body: str, code: str
) -> None:
    app = Flask("broken")
    app.post("/cgi-bin/stable_token")(
        lambda: Response(body, status, {"Location": "/elsewhere"} if status == 302 else None)
    )
    with serving(app) as base:
        result = sender_at(base, tmp_path).send("oA", "k", words("好"))
    assert (result.ok, result.code) == (False, code)


def test_a_platform_that_never_answers_is_not_waited_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "ANSWER_SECONDS", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        base = f"http://127.0.0.1:{silent.getsockname()[1]}"
        result = sender_at(base, tmp_path).send("oA", "k", words("好"))
    assert (result.ok, result.code) == (False, "timeout")


def test_neither_token_nor_secret_nor_words_stand_in_logs_or_results(
    sender: Sender, phone: Phone, capsys: pytest.CaptureFixture[str]
) -> None:
    phone.accounts.refuse_tokens = True
    result = sender.send(phone.openid, "k", words("张三欠钱"))
    token, _ = phone.accounts.stable_token(force=False)
    printed = "".join(capsys.readouterr()) + repr(result)
    assert "wechat.token_forced" in printed
    for secret in (token, SECRET, "张三", phone.openid):
        assert secret not in printed
