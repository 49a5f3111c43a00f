"""Live lines: nothing is lost between two streams, and streams cannot hold every thread."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from channels.stream import Streams
from tests.fakes.office import Office
from tests.integration.channels.gateway.conftest import Visitor


@pytest.fixture
def streams(app: Flask) -> Streams:
    """Streams that say goodbye at once, so that a test can read one to its end."""
    short = Streams(places=2, per_conversation=2, seconds=0.0, look_seconds=0.01)
    app.extensions["suqiu.streams"] = short
    return short


def events(text: str) -> Iterator[tuple[str, Any, str | None]]:
    for block in text.split("\n\n"):
        rows = dict(row.split(": ", 1) for row in block.split("\n") if row and row[0] != ":")
        if "event" in rows:
            yield rows["event"], json.loads(rows["data"]), rows.get("id")


def lines_of(answer: TestResponse) -> list[str]:
    return [
        data["text"] for name, data, _ in events(answer.get_data(as_text=True)) if name == "line"
    ]


@pytest.mark.usefixtures("streams")
def test_a_stream_brings_what_came_after_the_cursor_and_says_goodbye(visitor: Visitor) -> None:
    visitor.says("第一句")
    visitor.send(text="第二句")
    answer = visitor.client.get(f"/widget/stream?after={visitor.seq}", buffered=True)
    assert answer.mimetype == "text/event-stream"
    assert answer.headers["X-Accel-Buffering"] == "no"
    found = list(events(answer.get_data(as_text=True)))
    assert [name for name, _, _ in found] == ["line", "line", "status", "bye"]
    assert [data["text"] for _, data, _ in found[:2]] == ["第二句", "收到：第二句"]
    assert [id_ for _, _, id_ in found[:2]] == ["3", "4"]
    assert found[2][1] == {"owner": "bot", "staff_name": None, "staff_title": ""}


@pytest.mark.usefixtures("streams")
def test_the_browsers_own_cursor_wins(visitor: Visitor) -> None:
    visitor.says("第一句")
    answer = visitor.client.get(
        "/widget/stream?after=0", headers={"Last-Event-ID": "1"}, buffered=True
    )
    assert lines_of(answer) == ["收到：第一句"]


@pytest.mark.usefixtures("streams")
def test_reading_stream_after_stream_loses_and_doubles_nothing(visitor: Visitor) -> None:
    seen: list[str] = []
    cursor = 0
    for number in range(6):
        visitor.send(text=f"第{number}句")
        answer = visitor.client.get(f"/widget/stream?after={cursor}", buffered=True).get_data(
            as_text=True
        )
        for name, data, id_ in events(answer):
            if name == "line":
                seen.append(data["text"])
                cursor = int(id_ or 0)
    assert seen == [text for n in range(6) for text in (f"第{n}句", f"收到：第{n}句")]


def test_when_the_places_are_taken_the_page_is_told_to_ask_instead(
    visitor: Visitor, streams: Streams
) -> None:
    opened = [visitor.client.get("/widget/stream", buffered=False) for _ in range(2)]
    refused = visitor.client.get("/widget/stream")
    assert refused.status_code == 503
    assert refused.get_json()["error"] == "streams_full"
    assert visitor.client.get("/widget/messages").status_code == 200
    for answer in opened:
        answer.close()
    assert streams.taken == 0
    assert visitor.client.get("/widget/stream").status_code == 200


def test_one_visitor_cannot_take_everybodys_place() -> None:
    streams = Streams(places=10, per_conversation=1, seconds=0.0)
    app = Flask(__name__)
    with app.test_request_context():
        streams.open("mine", 0, lambda after: [], dict)
        with pytest.raises(Exception, match="streams_full"):
            streams.open("mine", 0, lambda after: [], dict)
        streams.open("other", 0, lambda after: [], dict)


@pytest.mark.timeout(30)
def test_a_line_written_while_the_stream_is_open_arrives_through_it(
    app: Flask, visitor: Visitor, office: Office
) -> None:
    # It would look by itself only after ten minutes: what arrives was announced.
    app.extensions["suqiu.streams"] = Streams(places=4, seconds=600.0, look_seconds=600.0)
    visitor.says("您好")
    token = visitor.client.post("/widget/session", json={"keep": "token"}).get_json()["token"]
    headers = {"X-Suqiu-Visitor": token}
    answer = app.test_client().get(
        f"/widget/stream?after={visitor.seq}", headers=headers, buffered=False
    )
    chunks = iter(answer.response)
    beginning = [next(chunks), next(chunks)]  # the welcome and the status
    assert b"status" in b"".join(_bytes(chunk) for chunk in beginning)

    def write() -> None:
        app.test_client().post(
            "/widget/messages", json={"key": "later", "text": "又来了"}, headers=headers
        )

    writer = threading.Thread(target=write)
    writer.start()
    came = next(chunks)
    writer.join()
    answer.close()
    assert "又来了" in _bytes(came).decode()


def _bytes(chunk: str | bytes) -> bytes:
    return chunk.encode() if isinstance(chunk, str) else chunk
