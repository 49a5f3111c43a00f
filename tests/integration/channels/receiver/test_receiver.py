"""The reference receiver: by the words of docs/petition-http.md, and against the real sender."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pydantic import SecretStr
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from casework.adapters.petition_http import HttpPetitionSystem
from casework.domain.retries import GiveUp, Retry, decide
from casework.settings import Settings
from channels.receiver import ReceiverConfig, create_app
from channels.receiver.app import PATH
from channels.receiver.config import ConfigError, from_settings
from tests.fakes.clock import FakeClock

SECRET = "sixteen-letters-or-more"
DOC = Path(__file__).parents[4] / "docs" / "petition-http.md"
MATTER: dict[str, Any] = {
    "number": "XF20261123-0007",
    "kind": "petition",
    "created_at": "2026-11-23T09:00:00+08:00",
    "sealed": False,
    "summary": {"title": "村路失修", "name": "张三丰", "phone": "13800001234"},
}


@pytest.fixture
def app(tmp_path: Path, clock: FakeClock) -> Flask:
    config = ReceiverConfig(
        SECRET, tmp_path / "receiver.sqlite3", now=lambda: clock.now().timestamp()
    )
    return create_app(config, sleep=lambda seconds: None)


def send(
    app: Flask,
    clock: FakeClock,
    key: str = "matter:1",
    matter: Any = MATTER,
    raw: bytes | None = None,
    secret: str = SECRET,
    age: int = 0,
    **headers: str | None,
) -> TestResponse:
    """One delivery, signed by hand from the page's words."""
    body = raw or json.dumps({"protocol": 1, "key": key, "matter": matter}).encode()
    timestamp = str(int(clock.now().timestamp()) - age)
    mac = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    sent: dict[str, str | None] = {
        "Idempotency-Key": key,
        "X-Suqiu-Timestamp": timestamp,
        "X-Suqiu-Signature": "v1=" + mac.hexdigest(),
    }
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    return app.test_client().post(
        PATH, data=body, headers={name: value for name, value in sent.items() if value is not None}
    )


def received(app: Flask) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = app.test_client().get("/received").get_json()["matters"]
    return found


def test_the_signature_of_the_page_is_the_one_checked() -> None:
    page = DOC.read_text("utf-8")
    example = re.search(r"^v1=([0-9a-f]{64})$", page, re.MULTILINE)
    assert example is not None
    body = b'{"protocol":1,"key":"k-1","matter":{}}'
    mac = hmac.new(SECRET.encode(), b"1795395600." + body, hashlib.sha256)
    assert mac.hexdigest() == example[1]


def test_a_matter_is_taken_and_gets_a_reference_of_the_receivers_own(
    app: Flask, clock: FakeClock
) -> None:
    answer = send(app, clock)
    assert (answer.status_code, answer.get_json()) == (201, {"reference": "2026-000001"})
    assert send(app, clock, key="matter:2").get_json() == {"reference": "2026-000002"}


def test_the_same_key_is_counted_once_and_gets_the_same_reference(
    app: Flask, clock: FakeClock
) -> None:
    first = send(app, clock).get_json()
    again = send(app, clock)
    assert (again.status_code, again.get_json()) == (200, first)
    assert [(row["key"], row["times"]) for row in received(app)] == [("matter:1", 2)]


def test_the_same_key_at_once_is_counted_once(app: Flask, clock: FakeClock) -> None:
    gate, answers = threading.Barrier(5), list[Any]()

    def deliver() -> None:
        gate.wait()
        answers.append(send(app, clock).get_json())

    threads = [threading.Thread(target=deliver) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [{"reference": "2026-000001"}] * 5
    assert [row["times"] for row in received(app)] == [5]


def test_the_same_key_with_another_matter_is_refused(app: Flask, clock: FakeClock) -> None:
    send(app, clock)
    answer = send(app, clock, matter=MATTER | {"number": "XF20261123-0008"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "key_reused")
    assert [row["number"] for row in received(app)] == ["XF20261123-0007"]


@pytest.mark.parametrize(
    "change",
    [
        {"secret": "another-secret-of-the-length"},
        {"age": 301},
        {"age": -301},
        {"Idempotency_Key": None},
        {"X_Suqiu_Timestamp": None},
        {"X_Suqiu_Timestamp": "yesterday"},
        {"X_Suqiu_Timestamp": "１"},
        {"X_Suqiu_Signature": None},
        {"X_Suqiu_Signature": "v1="},
        {"X_Suqiu_Signature": "v2=" + "0" * 64},
    ],
)
def test_what_is_not_signed_freshly_with_the_shared_secret_is_refused(
    app: Flask, clock: FakeClock, change: dict[str, Any]
) -> None:
    assert send(app, clock, **change).status_code == 401
    assert received(app) == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"raw": b"nonsense"}, 400),
        ({"raw": b"[]"}, 400),
        ({"raw": b"\xff\xfe"}, 400),
        ({"raw": b"[" * 50_000}, 400),
        ({"raw": b'{"protocol":1,"key":"other","matter":{}}'}, 400),
        ({"raw": b'{"protocol":2,"key":"matter:1","matter":{}}'}, 422),
        ({"key": "k" * 201}, 400),
        ({"matter": None}, 422),
        ({"matter": MATTER | {"number": ""}}, 422),
        ({"matter": MATTER | {"kind": "complaint"}}, 422),
        ({"matter": MATTER | {"summary": "text"}}, 422),
    ],
)
def test_what_is_no_delivery_is_refused_with_a_reason(
    app: Flask, clock: FakeClock, change: dict[str, Any], status: int
) -> None:
    answer = send(app, clock, **change)
    assert answer.status_code == status
    assert answer.get_json()["error"]["code"]
    assert received(app) == []


def test_fields_it_does_not_know_are_kept_and_do_no_harm(app: Flask, clock: FakeClock) -> None:
    assert send(app, clock, matter=MATTER | {"colour": "blue"}).status_code == 201


def test_more_than_a_megabyte_is_refused(app: Flask, clock: FakeClock) -> None:
    assert send(app, clock, matter=MATTER | {"long": "x" * 1_100_000}).status_code == 413


def test_the_page_shows_no_personal_data_and_nothing_of_a_sealed_matter(
    app: Flask, clock: FakeClock
) -> None:
    send(app, clock)
    sealed = MATTER | {"number": "XF20261123-0009", "sealed": True}
    send(app, clock, key="matter:2", matter=sealed | {"summary": {"title": "举报某局长"}})
    page = app.test_client().get("/").text
    assert "XF20261123-0007" in page
    assert "XF20261123-0009" in page
    for hidden in ("张三丰", "13800001234", "某局长", "举报"):
        assert hidden not in page


def test_what_was_taken_outlives_the_process(tmp_path: Path, clock: FakeClock, app: Flask) -> None:
    send(app, clock)
    config = ReceiverConfig(
        SECRET, tmp_path / "receiver.sqlite3", now=lambda: clock.now().timestamp()
    )
    assert [row["key"] for row in received(create_app(config))] == ["matter:1"]
    assert (tmp_path / "receiver.sqlite3").stat().st_mode & 0o077 == 0


def test_it_takes_the_secret_of_the_service_and_none_that_is_too_short(settings: Settings) -> None:
    with pytest.raises(ConfigError, match="16"):
        from_settings(settings, {})
    shared = settings.model_copy(update={"petition_secret": SecretStr(SECRET)})
    config = from_settings(shared, {"RECEIVER_HOST": "0.0.0.0"})
    assert config.database == settings.data_dir / "receiver.sqlite3"
    assert (config.secret, config.host, config.port) == (SECRET, "0.0.0.0", 8020)
    assert SECRET not in repr(config)


# ── with the real sender ─────────────────────────────────────────────────────────────────────────


@pytest.fixture
def system(app: Flask, clock: FakeClock) -> Iterator[HttpPetitionSystem]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield HttpPetitionSystem(f"http://127.0.0.1:{server.server_port}{PATH}", SECRET, clock)
    server.shutdown()
    thread.join()


def misbehave(app: Flask, **mishap: Any) -> None:
    assert app.test_client().post("/mishap", json=mishap).status_code == 200


def test_the_sender_delivers_and_delivers_again(app: Flask, system: HttpPetitionSystem) -> None:
    first = system.deliver("matter:1", MATTER)
    assert (first.ok, first.reference) == (True, "2026-000001")
    assert system.deliver("matter:1", MATTER).reference == first.reference
    assert [(row["number"], row["times"]) for row in received(app)] == [("XF20261123-0007", 2)]


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        ("500", "500", Retry),
        ("429", "429", Retry),
        ("slow", "503", Retry),
        ("garbage", "bad_answer", Retry),
        ("empty", "bad_answer", Retry),
        ("unauthorized", "401", Retry),
        ("refuse", "422", GiveUp),
    ],
)
def test_a_receiver_that_misbehaves_is_tried_again_or_given_up_and_takes_nothing(
    app: Flask, system: HttpPetitionSystem, kind: str, code: str, expected: type[Any]
) -> None:
    misbehave(app, kind=kind, times=2, seconds=90)
    for _ in range(2):
        result = system.deliver("matter:1", MATTER)
        assert (result.ok, result.code) == (False, code)
        decision = decide("matter", result.code, 1, result.retry_after)
        assert isinstance(decision, expected)
        if kind == "429":
            assert isinstance(decision, Retry)
            assert decision.after >= 90
    assert received(app) == []
    assert system.deliver("matter:1", MATTER).ok


def test_a_receipt_lost_on_the_way_costs_no_second_matter(
    app: Flask, system: HttpPetitionSystem
) -> None:
    misbehave(app, kind="lost", times=1)
    assert system.deliver("matter:1", MATTER).code == "502"
    assert system.deliver("matter:1", MATTER).reference == "2026-000001"
    assert [row["times"] for row in received(app)] == [2]


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "nap"},
        {"kind": "500", "times": "many"},
        {"kind": "500", "times": -1},
        {"kind": "slow", "seconds": 1e9},
        [],
    ],
)
def test_a_mishap_it_does_not_know_is_refused(app: Flask, asked: Any) -> None:
    assert app.test_client().post("/mishap", json=asked).status_code == 400
