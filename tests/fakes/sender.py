"""A channel that remembers what it was told to send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from casework.ports import DeliveryResult


class FakeSender:
    """Answers with ``results`` in turn, then with success."""

    def __init__(self, channel: str = "wechat") -> None:
        self.channel = channel
        self.sent: list[tuple[str, str, list[dict[str, Any]]]] = []
        self.results: list[DeliveryResult] = []

    def send(
        self, recipient: str, key: str, replies: Iterable[Mapping[str, Any]]
    ) -> DeliveryResult:
        result = self.results.pop(0) if self.results else DeliveryResult(True)
        if result.ok:
            self.sent.append((recipient, key, [dict(reply) for reply in replies]))
        return result

    @property
    def texts(self) -> list[str]:
        return [reply["text"] for _, _, replies in self.sent for reply in replies]
