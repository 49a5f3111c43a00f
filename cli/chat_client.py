"""A citizen's end of a conversation, over the same HTTP that the widget uses."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import requests

from cli.failures import Unusable


@dataclass
class Turn:
    """What came back for one message."""

    replies: list[str] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    owner: str = "bot"
    ms: float = 0.0


class ChatClient:
    """One visitor of the widget.

    Raises ``Unusable`` where the system cannot be reached or refuses the visitor; what the system
    says to a citizen, apologies included, comes back as replies.
    """

    def __init__(self, url: str, timeout: float = 60.0) -> None:
        self._url = url.rstrip("/")
        self._timeout = timeout
        self._http = requests.Session()
        self._seq = 0
        self._call("POST", "/widget/session", json={})

    def say(self, text: str) -> Turn:
        return self._send({"text": text})

    def press(self, label: str) -> Turn:
        return self._send({"button": label})

    def matters(self) -> list[dict[str, Any]]:
        """The visitor's own matters, with their summaries and deliveries."""
        return list(self._call("GET", "/widget/matters")["matters"])

    def settled_matters(self, patience: float = 30.0) -> list[dict[str, Any]]:
        """The matters once no delivery is pending any more, or after ``patience`` seconds."""
        deadline = time.monotonic() + patience
        while True:
            matters = self.matters()
            pending = [
                d
                for m in matters
                for d in m["delivered"]
                if d["state"] not in ("delivered", "dead")
            ]
            if not pending or time.monotonic() > deadline:
                return matters
            time.sleep(0.1)

    def post(self, message: dict[str, str]) -> dict[str, Any]:
        """Send one message; the system's answer as it is, which may say ``"done": false``."""
        return self._call(
            "POST",
            "/widget/messages",
            params={"after": self._seq},
            json={"key": uuid.uuid4().hex, **message},
        )

    def read(self, after: int = 0) -> dict[str, Any]:
        """The lines after a cursor, who owns the conversation, and whether all is answered."""
        return self._call("GET", "/widget/messages", params={"after": after})

    def _send(self, message: dict[str, str]) -> Turn:
        started = time.perf_counter()
        answer = self.post(message)
        deadline = time.monotonic() + self._timeout
        lines = list(answer["utterances"])
        while not answer["done"] and time.monotonic() < deadline:
            time.sleep(0.05)
            answer = self.read(self._seq)
            lines = list(answer["utterances"])
        turn = Turn(owner=answer["owner"], ms=round((time.perf_counter() - started) * 1000, 1))
        for line in lines:
            if line["seq"] > self._seq and line["author"] != "citizen":
                turn.replies.append(line["text"])
                turn.buttons += line["labels"]
            self._seq = max(self._seq, line["seq"])
        return turn

    def _call(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        try:
            response = self._http.request(
                method, self._url + path, timeout=self._timeout, **options
            )
        except requests.RequestException as error:
            raise Unusable(f"{self._url} cannot be reached: {type(error).__name__}") from error
        try:
            body = response.json()
        except ValueError as error:
            raise Unusable(f"{path} answered {response.status_code} without JSON") from error
        if response.status_code >= 400:
            raise Unusable(f"{path} answered {response.status_code}: {body.get('error', body)}")
        return dict(body)
