"""A citizen with a phone: speaks to the official account through the practice platform."""

from __future__ import annotations

import time
from typing import Any

import requests


class Phone:
    """One follower. ``say`` waits until the account has said something new."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._http = requests.Session()
        self._seen = 0
        self.openid = self._post("/phone/followers", {})["openid"]
        self._post(f"/phone/{self.openid}/follow", {"wait": True})
        self.lines: list[dict[str, Any]] = []
        self.read()

    def say(self, text: str, patience: float = 30.0, **trouble: Any) -> list[str]:
        """Send a text; the account's new lines, passive or pushed."""
        self._post(f"/phone/{self.openid}/send", {"text": text, "wait": True, **trouble})
        deadline = time.monotonic() + patience
        heard: list[str] = []
        while not heard and time.monotonic() < deadline:
            heard = self.read()
            time.sleep(0.05)
        return heard

    def read(self) -> list[str]:
        """What the account has said since the last look."""
        feed = self._http.get(
            f"{self._url}/phone/{self.openid}/feed", params={"after": self._seen}, timeout=30
        ).json()
        new = [line for line in feed["lines"] if line["seq"] > self._seen]
        self.lines += new
        self._seen = max([self._seen, *(line["seq"] for line in new)])
        return [line["text"] for line in new if line["author"] not in ("me", "system")]

    def switch(self, mode: str) -> None:
        """Plain or encrypted messages from now on (of the whole practice account)."""
        self._post("/phone/mode", {"mode": mode})

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self._http.post(self._url + path, json=body, timeout=60)
        answer.raise_for_status()
        return dict(answer.json())
