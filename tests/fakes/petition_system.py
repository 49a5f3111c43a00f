"""A petition system that counts what it gets, each key once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.ports import DeliveryResult


class FakePetitionSystem:
    """Answers with ``results`` in turn, then with success."""

    def __init__(self, name: str = "ledger") -> None:
        self.name = name
        self.calls: list[str] = []
        self.matters: dict[str, dict[str, Any]] = {}
        self.results: list[DeliveryResult] = []

    def deliver(self, key: str, matter: Mapping[str, Any]) -> DeliveryResult:
        self.calls.append(key)
        result = self.results.pop(0) if self.results else DeliveryResult(True, reference=f"R-{key}")
        if result.ok:
            self.matters[key] = dict(matter)
        return result
