"""The Rasa adapter against a server that answers as Rasa does, and as it should not."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import yaml

from casework.adapters.dialogue_rasa import RasaDialogue
from casework.domain.errors import DialogueUnavailable
from casework.domain.messages import Button, Reply
from casework.domain.text import fold
from casework.ports import DialogueTurn
from tests.fakes.web import FakeWeb
from tests.servers import free_port

TURN = DialogueTurn("c1", "m1", "公司拖欠工资〔手机号〕", metadata={"risk": "none", "owner": "bot"})
GOOD = {"replies": [{"text": "您好", "buttons": [{"title": "找律师", "payload": "/person"}]}]}


@pytest.fixture
def rasa() -> Iterator[FakeWeb]:
    server = FakeWeb()
    yield server
    server.close()


def ask(rasa: FakeWeb, seconds: float = 5) -> list[Reply]:
    return RasaDialogue(rasa.url, "t0ken", seconds).ask(TURN)


def test_a_turn_goes_over_the_wire_as_agreed_and_its_replies_come_back(rasa: FakeWeb) -> None:
    rasa.says(GOOD)
    assert ask(rasa) == [Reply("您好", (Button("找律师", "/person"),))]
    ((path, headers, body),) = rasa.seen
    assert path == "/webhooks/suqiu/messages"
    assert headers["X-Suqiu-Token"] == "t0ken"
    assert json.loads(body) == {
        "sender": "c1",
        "message_id": "m1",
        "text": "公司拖欠工资〔手机号〕",
        "trusted": False,
        "metadata": {"risk": "none", "owner": "bot"},
    }


def test_bubbles_without_words_are_dropped(rasa: FakeWeb) -> None:
    rasa.says({"replies": [{"text": " "}, {"text": "好", "buttons": None}, {"buttons": []}]})
    assert ask(rasa) == [Reply("好")]


@pytest.mark.parametrize(
    ("answer", "status", "detail"),
    [
        ({"replies": []}, 200, "empty answer"),
        ({"replies": [{"text": ""}]}, 200, "empty answer"),
        ([], 200, "malformed answer"),
        ({}, 200, "malformed answer"),
        ({"replies": None}, 200, "malformed answer"),
        ({"replies": ["您好"]}, 200, "malformed answer"),
        ({"replies": [{"text": 7}]}, 200, "malformed answer"),
        ({"replies": [{"text": "a", "buttons": [{"title": "b"}]}]}, 200, "malformed answer"),
        ({"replies": [{"text": "a", "buttons": ["b"]}]}, 200, "malformed answer"),
        (b"<html>", 200, "malformed answer"),
        (b"\xff\xfe", 200, "malformed answer"),
        (b"[" * 100_000, 200, "malformed answer"),
        (b" " * 1_000_001, 200, "answer too long"),
        (GOOD, 500, "status 500"),
        (GOOD, 403, "status 403"),
        (GOOD, 302, "status 302"),
        (GOOD, 204, "status 204"),
    ],
)
def test_whatever_is_no_usable_answer_is_a_failure_with_its_reason(
    rasa: FakeWeb, answer: object, status: int, detail: str
) -> None:
    rasa.says(answer, status)
    with pytest.raises(DialogueUnavailable) as refused:
        ask(rasa)
    assert refused.value.detail == detail
    assert len(rasa.seen) == 1  # no second request by itself, and no redirect followed


def test_a_server_that_hangs_is_given_up(rasa: FakeWeb) -> None:
    rasa.answer = lambda handler: time.sleep(3)
    with pytest.raises(DialogueUnavailable, match="timeout"):
        ask(rasa, seconds=0.3)


def test_a_server_that_drips_is_given_up(rasa: FakeWeb) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)

    rasa.answer = drip
    with pytest.raises(DialogueUnavailable, match="timeout"):
        ask(rasa, seconds=0.3)


def test_a_server_that_breaks_off_is_a_failure(rasa: FakeWeb) -> None:
    def break_off(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"replies"')
        handler.close_connection = True

    rasa.answer = break_off
    with pytest.raises(DialogueUnavailable):
        ask(rasa)


def test_no_server_is_a_failure() -> None:
    nobody = RasaDialogue(f"http://127.0.0.1:{free_port()}", "t", 1)
    with pytest.raises(DialogueUnavailable):
        nobody.ask(TURN)
    assert not nobody.healthy()


def test_a_proxy_of_the_environment_is_not_used(
    rasa: FakeWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    rasa.says(GOOD)
    assert ask(rasa)


@pytest.mark.parametrize(
    ("answer", "status", "well"),
    [
        ({"status": "ok"}, 200, True),
        ({"status": "starting"}, 200, False),
        ([], 200, False),
        (b"x", 200, False),
        ({"status": "ok"}, 503, False),
    ],
)
def test_health_is_what_rasa_says_of_itself(
    rasa: FakeWeb, answer: object, status: int, well: bool
) -> None:
    rasa.says(answer, status)
    assert RasaDialogue(rasa.url, "t", 1).healthy() is well
    assert rasa.seen[0][0] == "/webhooks/suqiu/health"


def test_the_dialogue_server_simplifies_characters_as_casework_does() -> None:
    data = Path(__file__).parents[3] / "bot" / "components" / "data" / "traditional.yml"
    rows = yaml.safe_load(data.read_text(encoding="utf-8"))
    assert sum(len(written) for written, _ in rows) > 1500
    for written, plain in rows:
        assert fold(written) == plain
