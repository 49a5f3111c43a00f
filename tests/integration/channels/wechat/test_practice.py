"""The practice account by itself: the platform's API it plays, its page and its settings."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pydantic import SecretStr

from casework.settings import Settings
from channels import practice
from channels.practice.config import ConfigError, PracticeConfig, from_settings
from tests.fakes.clock import FakeClock
from tests.integration.channels.wechat.conftest import (
    APP_ID,
    KEY,
    SECRET,
    TOKEN,
    phone_at,
    practice_for,
)

HERE = Path(practice.__file__).parent


# ── the platform's API ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def app(clock: FakeClock) -> Flask:
    return practice_for("http://127.0.0.1:9/wechat", clock, tries=1)


def call(app: Flask, path: str, body: Any, **query: str) -> dict[str, Any]:
    raw = body if isinstance(body, str) else json.dumps(body)
    answer: dict[str, Any] = json.loads(
        app.test_client().post(path, data=raw, query_string=query).data
    )
    return answer


ASK = {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET}


def test_a_stable_token_stays_the_same_until_its_last_minutes(app: Flask, clock: FakeClock) -> None:
    first = call(app, "/cgi-bin/stable_token", ASK)
    assert first["expires_in"] == 7200
    clock.advance(seconds=6800)
    assert call(app, "/cgi-bin/stable_token", ASK) == first | {"expires_in": 400}
    clock.advance(seconds=200)
    renewed = call(app, "/cgi-bin/stable_token", ASK)
    assert renewed["access_token"] != first["access_token"]
    # Old and new are good beside each other for what the old one had left.
    for token in (first["access_token"], renewed["access_token"]):
        assert send(app, token, "oNobody")["errcode"] == 40003
    clock.advance(seconds=201)
    assert send(app, first["access_token"], "oNobody")["errcode"] == 42001


def test_a_forced_refresh_ends_the_token_before(app: Flask) -> None:
    first = call(app, "/cgi-bin/stable_token", ASK)["access_token"]
    forced = call(app, "/cgi-bin/stable_token", ASK | {"force_refresh": True})["access_token"]
    assert send(app, first, "oNobody")["errcode"] == 40001
    assert send(app, forced, "oNobody")["errcode"] == 40003


def send(app: Flask, token: str, openid: str, **change: Any) -> dict[str, Any]:
    body = {"touser": openid, "msgtype": "text", "text": {"content": "好"}} | change
    return call(app, "/cgi-bin/message/custom/send", body, access_token=token)


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        (ASK | {"grant_type": "x"}, 40002),
        (ASK | {"appid": "wx"}, 40013),
        (ASK | {"secret": "x"}, 40125),
        ("nonsense", 47001),
        ([], 47001),
    ],
)
def test_no_token_for_wrong_credentials(app: Flask, body: Any, errcode: int) -> None:
    assert call(app, "/cgi-bin/stable_token", body)["errcode"] == errcode


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"touser": "oNobody"}, 40003),
        ({"touser": None}, 40003),
        ({"msgtype": "image"}, 40008),
        ({"text": {"content": ""}}, 44004),
        ({"text": None}, 44004),
        ({"text": {"content": "水" * 683}}, 45002),
    ],
)
def test_what_cannot_be_sent_is_refused_with_the_platforms_code(
    app: Flask, clock: FakeClock, change: dict[str, Any], errcode: int
) -> None:
    phone = phone_at(app, clock)
    token = call(app, "/cgi-bin/stable_token", ASK)["access_token"]
    assert send(app, token, phone.openid, **change)["errcode"] == errcode
    assert phone.heard == []


def test_following_allows_three_pushes_for_a_minute_and_writing_five_for_two_days(
    app: Flask, clock: FakeClock
) -> None:
    phone = phone_at(app, clock)
    token = call(app, "/cgi-bin/stable_token", ASK)["access_token"]

    def pushes(times: int) -> list[int]:
        return [int(send(app, token, phone.openid)["errcode"]) for _ in range(times)]

    assert pushes(4) == [0, 0, 0, 45047]
    clock.advance(minutes=1)
    assert pushes(1) == [45015]
    phone.act("send", text="好")
    assert pushes(6) == [0] * 5 + [45047]
    clock.advance(hours=47)
    token = call(app, "/cgi-bin/stable_token", ASK)["access_token"]
    phone.act("send", text="好")
    assert pushes(1) == [0]
    clock.advance(hours=48)
    phone.act("menu", key="menu")
    token = call(app, "/cgi-bin/stable_token", ASK)["access_token"]
    assert pushes(4) == [0, 0, 0, 45047]


# ── the page ─────────────────────────────────────────────────────────────────────────────────────


def test_the_feed_gives_what_is_new_and_waits_for_what_is_not(app: Flask, clock: FakeClock) -> None:
    phone = phone_at(app, clock)
    client = app.test_client()

    def feed(**query: Any) -> dict[str, Any]:
        found: dict[str, Any] = client.get(
            f"/phone/{phone.openid}/feed", query_string=query
        ).get_json()
        return found

    first = feed()
    assert [line["kind"] for line in first["lines"]] == ["followed", "out_of_order"]
    later = threading.Timer(
        0.05, lambda: phone.accounts.show(phone.follower, "account", "text", "好", "push")
    )
    later.start()
    seen = {"after": 2, "calls": len(first["calls"])}
    news = feed(wait=20, **seen)
    assert [line["text"] for line in news["lines"]] == ["好"]
    assert feed(wait=0, after=3, calls=seen["calls"])["lines"] == []


def test_the_page_needs_nothing_from_elsewhere(app: Flask) -> None:
    page = app.test_client().get("/")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    files = [page.text, *(f.read_text("utf-8") for f in (HERE / "static").iterdir())]
    addresses = {url for text in files for url in re.findall(r"https?://[^\s\"'<]+", text)}
    assert addresses <= {"http://127.0.0.1:9/wechat", "http://www.w3.org/2000/svg"}
    assert "<script>" not in page.text
    assert "style=" not in page.text
    for secret in (SECRET, TOKEN, KEY):
        assert secret not in page.text


def test_pages_of_other_sites_cannot_press_its_buttons(app: Flask, clock: FakeClock) -> None:
    phone = phone_at(app, clock, follow=False)
    form = app.test_client().post(f"/phone/{phone.openid}/follow", data={"wait": "1"})
    assert form.status_code == 400
    assert not phone.follower.following


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/phone/oNobody/send", {"text": "好"}, 404),
        ("/phone/{}/send", {"text": "好", "kind": "hologram"}, 400),
        ("/phone/{}/send", {"text": "好", "copies": "many"}, 400),
        ("/phone/{}/send", [], 400),
        ("/phone/mode", {"mode": "rot13"}, 400),
    ],
)
def test_what_the_page_would_never_ask_is_refused(
    app: Flask, clock: FakeClock, path: str, body: Any, status: int
) -> None:
    phone = phone_at(app, clock)
    answer = app.test_client().post(path.format(phone.openid), json=body)
    assert answer.status_code == status


def test_who_does_not_follow_cannot_write(app: Flask, clock: FakeClock) -> None:
    phone = phone_at(app, clock, follow=False)
    phone.act("send", status=400, text="好")
    phone.act("menu", status=400, key="menu")


# ── settings ─────────────────────────────────────────────────────────────────────────────────────


def test_it_plays_the_account_the_service_is_set_up_for(tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path,
        gateway_port=8123,
        wechat_app_id=APP_ID,
        wechat_secret=SecretStr(SECRET),
        wechat_token=SecretStr(TOKEN),
    )
    config = from_settings(settings, {})
    assert config.webhook_url == "http://127.0.0.1:8123/wechat"
    assert (config.mode, config.port) == ("plain", settings.practice_port)
    assert SECRET not in repr(config)
    assert TOKEN not in repr(config)
    elsewhere = {"PRACTICE_WEBHOOK_URL": "http://127.0.0.1:9/w", "PRACTICE_REPLY_SECONDS": "1"}
    assert from_settings(settings, elsewhere).webhook_url == "http://127.0.0.1:9/w"
    assert from_settings(settings, elsewhere).reply_seconds == 1


def test_without_an_account_it_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="SUQIU_WECHAT"):
        from_settings(Settings(data_dir=tmp_path), {})


@pytest.mark.parametrize(
    "change",
    [
        {"webhook_url": "localhost"},
        {"token": ""},
        {"app_secret": ""},
        {"aes_key": "short"},
        {"mode": "aes", "aes_key": ""},
        {"mode": "other"},
    ],
)
def test_settings_that_cannot_be_right_stop_the_start(change: dict[str, str]) -> None:
    good = {"webhook_url": "http://x/", "app_id": "a", "app_secret": "s", "token": "t"}
    PracticeConfig(**good)
    with pytest.raises(ConfigError):
        PracticeConfig(**(good | change))
