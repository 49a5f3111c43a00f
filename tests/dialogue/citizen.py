"""Somebody who talks to the dialogue server as the gateway would pass it on."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from typing import Any


class Citizen:
    def __init__(self, server: Any, casework: Any, name: str) -> None:
        self.server = server
        self.casework = casework
        self.name = name

    def say(self, text: str, **more: Any) -> dict[str, Any]:
        """Send a message; the answer of the wire. ``more`` goes into the metadata, but for
        ``message_id`` and ``trusted``."""
        body = {
            "sender": self.name,
            "message_id": more.pop("message_id", uuid.uuid4().hex),
            "text": text,
            "trusted": more.pop("trusted", False),
        }
        metadata = {"risk": "none", "entities": [], "owner": "bot"}
        metadata |= self.casework.metadata(self.name) | more
        status, answer = self.post({**body, "metadata": metadata})
        assert status == 200, answer
        return answer

    def press(self, payload: str, **more: Any) -> dict[str, Any]:
        return self.say(payload, trusted=True, **more)

    def does(self, text: str, **more: Any) -> list[str]:
        """Send a message; the actions that ran, but for the validators."""
        before = len(self.casework.calls)
        self.say(text, **more)
        return [
            action
            for sender, action, *_ in self.casework.calls[before:]
            if sender == self.name and not action.startswith("validate_")
        ]

    def post(
        self, body: Any, token: str | None = None, raw: bytes | None = None
    ) -> tuple[int, Any]:
        """What is answered to a body: status, and the JSON (or text) of the answer."""
        data = json.dumps(body).encode() if raw is None else raw
        headers = {"Content-Type": "application/json"}
        headers["X-Suqiu-Token"] = self.server.token if token is None else token
        request = urllib.request.Request(f"{self.server.url}/messages", data, headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, json.loads(response.read())
        except urllib.error.HTTPError as error:
            answer = error.read().decode()
            try:
                return error.code, json.loads(answer)
            except ValueError:
                return error.code, answer
