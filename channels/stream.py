"""Live lines over server-sent events, with the transcript's ``seq`` as cursor.

A stream lives for a bounded time and then says goodbye; the page opens the next one where the last
line left off, so nothing is lost between them. There are a bounded number of places: each takes a
thread of the server. When they are taken the page is told so and asks every few seconds instead.

Within this process a new line is announced by ``ring``; lines written by another process (the
worker, a second gateway) are found by looking every ``look_seconds``.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ParamSpec, TypeVar

from flask import Flask, Response, current_app, request

from channels.failures import StreamsFull

P = ParamSpec("P")
R = TypeVar("R")
Lines = Callable[[int], Sequence[Mapping[str, Any]]]  # the lines after a seq, as JSON
Status = Callable[[], Mapping[str, Any]]


def cursor() -> int:
    """Where the page stands: ``Last-Event-ID`` or ``?after=``; 0 for anything unreadable."""
    given = request.headers.get("Last-Event-ID") or request.args.get("after", "0")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 12 else 0


class Streams:
    """The places for live streams of this process. Times are in seconds."""

    def __init__(
        self,
        places: int,
        per_conversation: int = 6,
        seconds: float = 25.0,
        look_seconds: float = 1.0,
        beat: float = 8.0,
    ) -> None:
        self.places = places
        self._per_conversation = per_conversation
        self._seconds = seconds
        self._look = look_seconds
        self._beat = beat
        self._news = threading.Condition()
        self._rings: dict[str, int] = {}  # conversation -> how often it was rung while watched
        self._watchers: Counter[str] = Counter()

    @property
    def taken(self) -> int:
        return self._watchers.total()

    def ring(self, conversation_id: str) -> None:
        """Something was written to the conversation: wake whoever watches it here."""
        with self._news:
            if self._watchers[conversation_id]:
                self._rings[conversation_id] = self._rings.get(conversation_id, 0) + 1
                self._news.notify_all()

    def open(self, conversation_id: str, after: int, lines: Lines, status: Status) -> Response:
        """A response that streams what comes after ``after``. Raises ``StreamsFull``."""
        with self._news:
            here = self._watchers[conversation_id]
            if self.taken >= self.places or here >= self._per_conversation:
                raise StreamsFull
            self._watchers[conversation_id] += 1
        response = Response(
            self._events(conversation_id, after, _inside(lines), _inside(status)),
            mimetype="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        # Also called when the page has gone before the first event was written.
        response.call_on_close(self._leaving(conversation_id))
        return response

    def _leaving(self, conversation_id: str) -> Callable[[], None]:
        left = False

        def leave() -> None:
            nonlocal left
            with self._news:
                if left:
                    return
                left = True
                self._watchers[conversation_id] -= 1
                if not self._watchers[conversation_id]:
                    del self._watchers[conversation_id]
                    self._rings.pop(conversation_id, None)

        return leave

    def _events(
        self, conversation_id: str, after: int, lines: Lines, status: Status
    ) -> Iterator[str]:
        ends = time.monotonic() + self._seconds
        spoke = time.monotonic()
        shown: Mapping[str, Any] | None = None
        heard = -1
        yield ": welcome\n\n"
        while True:
            heard = self._wait(conversation_id, heard)
            for line in lines(after):
                after = int(line["seq"])
                spoke = time.monotonic()
                yield _event("line", line, after)
            now = dict(status())
            if now != shown:
                shown = now
                spoke = time.monotonic()
                yield _event("status", now)
            if time.monotonic() >= ends:
                yield "event: bye\ndata: {}\n\n"
                return
            if time.monotonic() - spoke >= self._beat:
                spoke = time.monotonic()
                yield ": beat\n\n"

    def _wait(self, conversation_id: str, heard: int) -> int:
        """Sleep until the conversation is rung or it is time to look; how often it has rung."""
        with self._news:
            self._news.wait_for(
                lambda: self._rings.get(conversation_id, 0) != heard, timeout=self._look
            )
            return self._rings.get(conversation_id, 0)


def _inside(look: Callable[P, R]) -> Callable[P, R]:
    """``look`` within the application: a stream outlives the request that opened it."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def looked(*args: P.args, **named: P.kwargs) -> R:
        with app.app_context():
            return look(*args, **named)

    return looked


def _event(name: str, data: Mapping[str, Any], seq: int | None = None) -> str:
    head = f"id: {seq}\n" if seq is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
