"""Which characters of a text are spoken for."""

from __future__ import annotations


class Claims:
    """First come, first served over a text of ``length`` characters."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def take(self, start: int, end: int) -> bool:
        """Claim ``start..end``; False if it is empty or part of it is claimed already."""
        if end <= start or self._taken.find(1, start, end) >= 0:
            return False
        self._taken[start:end] = b"\x01" * (end - start)
        return True
