"""Deliveries over HTTP: what is sent, and what each answer comes to (docs/petition-http.md)."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from casework.adapters import petition_http
from casework.adapters.petition_http import HttpPetitionSystem, sign
from casework.adapters.petition_ledger import LedgerPetitionSystem
from casework.adapters.store import SqlStore
from casework.domain.matter import Matter, MatterKind
from casework.ports import DeliveryResult
from tests.fakes.clock import FakeClock
from tests.fakes.web import FakeWeb
from tests.integration.casework.storage.steps import open_conversation
from tests.servers import free_port

SECRET = "a secret of both sides"
MATTER = {"number": "XF20261123-0001", "kind": "petition", "summary": {"要点": "欠薪"}}
PAGE = Path(__file__).parents[3] / "docs" / "petition-http.md"


@pytest.fixture
def receiver() -> Iterator[FakeWeb]:
    server = FakeWeb()
    server.says({"reference": "2026-000123"}, 201)
    yield server
    server.close()


def deliver(receiver: FakeWeb, key: str = "matter:m1") -> DeliveryResult:
    return HttpPetitionSystem(receiver.url + "/suqiu/matters", SECRET, FakeClock()).deliver(
        key, MATTER
    )


def test_a_delivery_is_signed_as_the_page_says(receiver: FakeWeb) -> None:
    assert deliver(receiver) == DeliveryResult(True, "201", reference="2026-000123")
    ((path, headers, body),) = receiver.seen
    assert path == "/suqiu/matters"
    assert json.loads(body) == {"protocol": 1, "key": "matter:m1", "matter": MATTER}
    assert headers["Idempotency-Key"] == "matter:m1"
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert headers["X-Suqiu-Timestamp"] == str(int(FakeClock().now().timestamp()))
    signed = headers["X-Suqiu-Timestamp"].encode() + b"." + body
    expected = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Suqiu-Signature"] == f"v1={expected}"


def test_the_example_on_the_page_is_right() -> None:
    page = PAGE.read_text(encoding="utf-8")
    example = re.search(
        r"secret `(.+?)`, the timestamp `(\d+)` and the\s+body `(.+?)` \((\d+) bytes.+?```\n(.+?)\n",
        page,
        re.DOTALL,
    )
    assert example is not None
    secret, timestamp, body, length, signature = example.groups()
    assert len(body.encode()) == int(length)
    assert sign(secret, timestamp, body.encode()) == signature


@pytest.mark.parametrize(
    ("answer", "status", "result"),
    [
        ({"reference": " A-1 "}, 200, DeliveryResult(True, "200", reference="A-1")),
        ({"reference": "x" * 500}, 200, DeliveryResult(True, "200", reference="x" * 200)),
        ({}, 200, DeliveryResult(False, "bad_answer", "no reference in the answer")),
        (
            {"reference": " "},
            200,
            DeliveryResult(False, "bad_answer", "no reference in the answer"),
        ),
        ({"reference": 7}, 200, DeliveryResult(False, "bad_answer", "no reference in the answer")),
        (b"<html>log in", 200, DeliveryResult(False, "bad_answer", "no reference in the answer")),
        (b"x" * 100_001, 200, DeliveryResult(False, "bad_answer", "the answer is too long")),
        ({"reference": "A-1"}, 202, DeliveryResult(False, "202")),
        ({"reference": "A-1"}, 302, DeliveryResult(False, "302")),
        (
            {"error": {"code": "unknown_kind", "message": "不收这一类"}},
            422,
            DeliveryResult(False, "422", "unknown_kind: 不收这一类"),
        ),
        ({"error": {"message": "x" * 900}}, 400, DeliveryResult(False, "400", "x" * 300)),
        ({"error": "no"}, 401, DeliveryResult(False, "401")),
        (b"bad gateway", 502, DeliveryResult(False, "502")),
    ],
)
def test_every_answer_comes_to_a_result(
    receiver: FakeWeb, answer: object, status: int, result: DeliveryResult
) -> None:
    receiver.says(answer, status)
    assert deliver(receiver) == result
    assert len(receiver.seen) == 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120.0), ("999999999", 86400.0), ("Wed, 21 Oct 2026 07:28:00 GMT", None), ("-1", None)],
)
def test_a_receiver_may_ask_for_time(receiver: FakeWeb, header: str, seconds: float | None) -> None:
    receiver.says({}, 503, Retry_After=header)
    assert deliver(receiver).retry_after == seconds


def test_a_receiver_that_hangs_is_a_timeout(
    receiver: FakeWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang(_: BaseHTTPRequestHandler) -> None:
        time.sleep(2)

    monkeypatch.setattr(petition_http, "ANSWER_SECONDS", 0.2)
    receiver.answer = hang
    assert deliver(receiver) == DeliveryResult(False, "timeout")


def test_no_receiver_is_unreachable() -> None:
    nobody = HttpPetitionSystem(f"http://127.0.0.1:{free_port()}/", SECRET, FakeClock())
    assert nobody.deliver("k", MATTER).code == "unreachable"


@pytest.mark.parametrize("key", ["a\r\nX-Evil: 1", "键"])
def test_a_key_that_is_no_header_is_a_result_and_not_an_exception(
    receiver: FakeWeb, key: str
) -> None:
    assert deliver(receiver, key).ok is False


def test_the_ledger_takes_what_stands_in_it(store: SqlStore, clock: FakeClock) -> None:
    conversation_id = open_conversation(store, clock)
    with store() as work:
        work.matters.add(
            Matter(
                *("m1", "XF20261123-0001", "C", MatterKind.PETITION, conversation_id, "d1"),
                summary={},
                created_at=clock.now(),
            )
        )
        work.commit()
    ledger = LedgerPetitionSystem(store)
    for _ in range(2):
        taken = ledger.deliver("matter:m1", MATTER)
        assert taken == DeliveryResult(True, "ledger", reference="XF20261123-0001")
    assert not ledger.deliver("matter:m2", {**MATTER, "number": "XF20261123-0002"}).ok
    assert not ledger.deliver("matter:m3", {}).ok
    store.engine.dispose()
