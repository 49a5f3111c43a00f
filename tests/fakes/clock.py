"""A clock that a test moves by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MONDAY_MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 in China


class FakeClock:
    def __init__(self, start: datetime = MONDAY_MORNING) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def advance(self, seconds: float = 0, **span: float) -> datetime:
        """Move on by seconds, or by ``minutes=``, ``hours=``, ``days=``."""
        self._now += timedelta(seconds=seconds, **span)
        return self._now

    def set(self, moment: datetime) -> None:
        self._now = moment
