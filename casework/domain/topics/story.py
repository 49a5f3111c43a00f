"""What somebody told, as patterns look at it: where words stand, and in which clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casework.domain.text import fold

_END = re.compile(r"[,。!?;:\n]")
# A clause read back to somebody: long enough to be known again, short enough to be read.
_LEAST, _MOST = 8, 34
_TRIM = " ,，。.!！?？;；:：、\n\t“”\"'‘’"
# Quotation marks inside a quotation.
_MARKS = str.maketrans({"“": "‘", "”": "’", '"': "", "{": "(", "}": ")"})


@dataclass(frozen=True)
class Found:
    """Words that matched, and the clause they stand in as it was written."""

    word: str
    said: str
    start: int


class Story:
    """``text`` is everything that was told; it is folded once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self._ends = [match.start() for match in _END.finditer(self.folded)]

    def has(self, pattern: re.Pattern[str]) -> bool:
        return pattern.search(self.folded) is not None

    def first(self, pattern: re.Pattern[str]) -> Found | None:
        return next(self.each(pattern), None)

    def each(self, pattern: re.Pattern[str]) -> Iterator[Found]:
        """The matches, but one only for each clause."""
        seen: set[str] = set()
        for match in pattern.finditer(self.folded):
            if match.end() == match.start():
                continue
            said = self.clause(match.start(), match.end())
            if said not in seen:
                seen.add(said)
                word = self.text[match.start() : match.end()]
                yield Found(_plain(word), said, match.start())

    def clause(self, start: int, end: int) -> str:
        """The clause around a span; its neighbours too where it is short, cut where it is long."""
        left = max((e + 1 for e in self._ends if e < start), default=0)
        right = min((e for e in self._ends if e >= end), default=len(self.text))
        if right - left < _LEAST and left:
            left = max((e + 1 for e in self._ends if e < left - 1), default=0)
        if right - left > _MOST:
            spare = max(_MOST - (end - start), 4)
            left = max(left, start - spare * 2 // 3)
            right = min(right, max(end, left + _MOST))
        return _plain(self.text[left:right])


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(_TRIM).translate(_MARKS)
