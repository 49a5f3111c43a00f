"""What the receiver does wrong when it is told to, so that deliveries can be tested."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from flask import Response

#: Names a caller may ask for. ``lost`` takes the matter and then answers like a broken gateway.
KINDS = ("500", "429", "slow", "garbage", "empty", "refuse", "unauthorized", "lost")


@dataclass(frozen=True)
class Mishap:
    """``times`` deliveries go wrong in this way; ``seconds`` is the wait asked for or taken."""

    kind: str = ""
    times: int = 0
    seconds: float = 0.0


class Mishaps:
    """The mishap that is set, and how often it is still to happen."""

    def __init__(self, sleep: Callable[[float], None]) -> None:
        self._sleep = sleep
        self._lock = threading.Lock()
        self._set = Mishap()
        self.seen = 0  # deliveries that arrived, good or bad

    def set(self, mishap: Mishap) -> None:
        with self._lock:
            self._set = mishap

    @property
    def current(self) -> Mishap:
        return self._set

    def next(self) -> Mishap:
        """The mishap of this delivery, if it has one."""
        with self._lock:
            self.seen += 1
            if self._set.times <= 0:
                return Mishap()
            now = self._set
            self._set = Mishap(now.kind, now.times - 1, now.seconds)
            return now

    def answer(self, mishap: Mishap) -> Response | None:
        """What is answered in place of a receipt; None where the delivery goes on (``lost``)."""
        if mishap.kind == "429":
            return Response("", 429, {"Retry-After": str(int(mishap.seconds))})
        if mishap.kind == "slow":
            self._sleep(mishap.seconds)
            return Response("", 503)
        answers = {
            "500": Response("an internal error", 500),
            "garbage": Response("<html>sign in first</html>", 200, content_type="text/html"),
            "empty": Response("{}", 200, content_type="application/json"),
            "refuse": Response(
                '{"error": {"code": "unknown_kind"}}', 422, content_type="application/json"
            ),
            "unauthorized": Response("", 401),
        }
        return answers.get(mishap.kind)
