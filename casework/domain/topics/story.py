"""What somebody told, as patterns look at it: where words stand, and in which clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casework.domain.extraction.entity import DATE, Entity
from casework.domain.text import fold

_END = re.compile(r"[,。!?;:\n]")
_PAUSE = re.compile(r"[,。!?;\n]")
# A clause read back to somebody: long enough to be known again, short enough to be read.
_LEAST, _MOST = 8, 34
# How far from its words, in the same clause, a day may stand that belongs to them: of 2023年5月借的,
# 约定一年还 the day is no due day.
_NEAR = 25
_TRIM = " ,，。.!！?？;；:：、\n\t“”\"'‘’"
# Quotation marks inside a quotation, and braces, which would be slots.
_MARKS = str.maketrans({"“": "‘", "”": "’", '"': "", "{": "(", "}": ")"})


@dataclass(frozen=True)
class Found:
    """Words that matched, and the clause they stand in as it was written."""

    word: str
    said: str
    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """Something that was told, and the messages it came from."""

    text: str
    sources: tuple[str, ...] = ()


class Story:
    """Everything that was told, one piece below the other; it is folded once."""

    def __init__(self, *pieces: Piece | str) -> None:
        self.pieces = [Piece(piece) if isinstance(piece, str) else piece for piece in pieces]
        self.text = "\n".join(piece.text for piece in self.pieces)
        self.folded = fold(self.text)
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
                yield Found(_plain(word), said, match.start(), match.end())

    def clause(self, start: int, end: int) -> str:
        """The clause around a span; its neighbour too where it is short, cut where it is long."""
        at = bisect_left(self._ends, start)
        left = self._ends[at - 1] + 1 if at else 0
        after = bisect_left(self._ends, end)
        right = self._ends[after] if after < len(self._ends) else len(self.text)
        if right - left < _LEAST and at:
            left = self._ends[at - 2] + 1 if at > 1 else 0
        if right - left <= _MOST:
            return _plain(self.text[left:right])
        spare = max(_MOST - (end - start), 4)
        first = max(left, start - spare * 2 // 3)
        last = min(right, max(end, first + _MOST))
        said = _plain(self.text[first:last])
        return ("…" if first > left else "") + said + ("…" if last < right else "")

    def sources(self, start: int) -> tuple[str, ...]:
        """The messages that the piece around a position came from."""
        position = 0
        for piece in self.pieces:
            position += len(piece.text) + 1
            if start < position:
                return piece.sources
        return ()

    def day_of(self, found: Found, entities: Sequence[Entity]) -> Entity | None:
        """The date that stands with the words found: in the same clause, and near."""
        near = [
            entity
            for entity in entities
            if entity.kind == DATE
            and _apart(found, entity) <= _NEAR
            and not _PAUSE.search(
                self.folded, min(found.end, entity.end), max(found.start, entity.start)
            )
        ]
        return min(near, key=lambda entity: _apart(found, entity), default=None)


def _apart(found: Found, entity: Entity) -> int:
    return max(found.start - entity.end, entity.start - found.end, 0)


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(_TRIM).translate(_MARKS)
