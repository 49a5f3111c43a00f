"""The worker as a process: what others left is done, and a worker's own death loses nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from casework.bootstrap import build, prepare
from casework.domain.messages import Author, Inbound, MessageKind
from casework.settings import Settings
from casework.worker import heartbeat_file
from tests.fakes.web import FakeWeb

PROGRAM = Path(__file__).with_name("worker_process.py")
STORY = "公司拖欠我三个月工资怎么办"


@pytest.fixture
def rasa() -> Iterator[FakeWeb]:
    server = FakeWeb()
    server.says({"replies": [{"text": "可以先去劳动监察大队投诉。", "buttons": []}]})
    yield server
    server.close()


@pytest.fixture
def bureau(tmp_path: Path, rasa: FakeWeb) -> Settings:
    settings = Settings(
        data_dir=tmp_path / "var",
        rasa_url=rasa.url,
        turn_lease_seconds=3,
        passive_reply_seconds=0.1,
    )
    prepare(settings)
    return settings


@pytest.fixture
def start(bureau: Settings, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts a worker; whatever is left of them ends with the test."""
    running: list[subprocess.Popen[str]] = []

    def run() -> subprocess.Popen[str]:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path.cwd()),
            "SUQIU_DATA_DIR": str(bureau.data_dir),
            "SUQIU_RASA_URL": bureau.rasa_url,
            "SUQIU_TURN_LEASE_SECONDS": "3",
        }
        running.append(
            subprocess.Popen(
                [sys.executable, str(PROGRAM), str(tmp_path / "sent")],
                env=environment,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return running[-1]

    yield run
    for process in running:
        process.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()


def receive_and_die(settings: Settings) -> str:
    """A gateway writes a message down, holds the turn, and is never heard of again."""
    inbound = Inbound("wechat", "o1", "k1", MessageKind.TEXT, STORY, datetime.now(UTC))
    return build(settings).conversations.receive(inbound).conversation_id


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to it"
        time.sleep(0.05)


def replies(settings: Settings, conversation_id: str) -> list[str]:
    lines = build(settings).conversations.transcript(conversation_id)
    return [line.text for line in lines if line.author is Author.BOT]


def test_a_message_left_by_a_dead_process_is_answered_and_the_answer_pushed(
    bureau: Settings, start: Callable[[], subprocess.Popen[str]], tmp_path: Path
) -> None:
    conversation_id = receive_and_die(bureau)
    worker = start()
    sent = tmp_path / "sent"
    until(lambda: sent.exists() or worker.poll() is not None)
    assert worker.poll() is None
    assert replies(bureau, conversation_id) == ["可以先去劳动监察大队投诉。"]
    assert sent.read_text(encoding="utf-8") == "o1 可以先去劳动监察大队投诉。\n"
    until(lambda: build(bureau).delivery.counts()["delivered"] == 1)

    assert heartbeat_file(bureau.data_dir).exists()
    worker.terminate()
    assert worker.wait(30) == 0
    assert not heartbeat_file(bureau.data_dir).exists()
    assert worker.stderr is not None
    said = worker.stderr.read()
    events = [json.loads(line) for line in said.splitlines()]
    assert {"worker started", "worked", "worker stopped"} <= {event["event"] for event in events}
    assert not [words for words in (STORY, "劳动监察", "o1 ") if words in said]


def test_what_a_killed_worker_had_begun_another_ends_once(
    bureau: Settings, start: Callable[[], subprocess.Popen[str]], rasa: FakeWeb, tmp_path: Path
) -> None:
    conversation_id = receive_and_die(bureau)
    usual = rasa.answer

    def hang(_: BaseHTTPRequestHandler) -> None:
        time.sleep(5)

    rasa.answer = hang
    first = start()
    until(lambda: rasa.seen != [])  # it has asked, and waits
    first.kill()
    first.wait()
    rasa.answer = usual
    start()
    sent = tmp_path / "sent"
    until(sent.exists)
    assert replies(bureau, conversation_id) == ["可以先去劳动监察大队投诉。"]
    asked = {json.loads(body)["message_id"] for path, _, body in rasa.seen}
    assert len(asked) == 1  # the same message twice, for Rasa to know it again
    assert sent.read_text(encoding="utf-8").count("\n") == 1
