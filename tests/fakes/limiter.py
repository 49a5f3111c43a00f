"""A limiter without time: what was counted stays counted until ``forget``."""

from __future__ import annotations

from collections import Counter


class FakeLimiter:
    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def hit(self, name: str, key: str, limit: int, seconds: int) -> bool:
        self._counts[name, key] += 1
        return self._counts[name, key] <= limit

    def forget(self) -> None:
        self._counts.clear()
