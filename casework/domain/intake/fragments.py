"""Pieces of one saying (``casework/intakes/fragments.yml``): what people type line by line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from casework.domain.intake.words import Move, Words, han, plain
from casework.domain.text import fold

# A longer message says something by itself.
_LONGEST_PIECE = 16
_LONGEST_OPENER = 24
_LONGEST_UNFINISHED = 80


class Fragments:
    """Knows by its words whether a message is a piece of what was said around it."""

    def __init__(self, loaded: Mapping[str, Any], words: Words) -> None:
        self.words = words
        self._apart = _whole(loaded["apart"])
        self._opener = _whole(loaded["opener"])
        self._unfinished = re.compile(loaded["unfinished"])
        self._goes_on = re.compile(loaded["goes_on"])
        self._asks = re.compile(loaded["asks"])

    def joins(self, text: str) -> bool:
        """Whether a message may be answered together with others: no command and no short answer
        (好的, 没有, 跳过), which mean something only where they stand."""
        if not han(text) or self._apart.fullmatch(plain(text)):
            return False
        words = self.words
        orders = (words.orders, words.pauses, words.retrieves, words.supplements)
        kinds = (*orders, words.withdraws, words.as_before)
        return words.exact(text) in (None, Move.EMPTY) and not any(kind(text) for kind in kinds)

    def only_opens(self, text: str) -> bool:
        """Whether a message only announces that something will be told (我想问个事)."""
        fits = 2 <= han(text) <= _LONGEST_OPENER
        return fits and bool(self._opener.fullmatch(plain(text)))

    def says_something(self, text: str) -> bool:
        """Whether a message does more than greet, announce, order or answer yes or no."""
        return self.joins(text) and self.words.exact(text) is None and not self.only_opens(text)

    def is_unfinished(self, text: str) -> bool:
        """Whether a message breaks off (老板欠我三个月工资，)."""
        folded = fold(text)
        return (
            2 <= han(text) <= _LONGEST_UNFINISHED
            and bool(self._unfinished.search(folded))
            and not self.words.asks(folded.rstrip(" ,、"))
        )

    def goes_on(self, text: str) -> bool:
        """Whether a message carries a story on by its first words (后来老板跑了)."""
        return bool(self._goes_on.search(fold(text).lstrip(" ,。、")))

    def asks(self, text: str) -> bool:
        """Whether there is a question in a message."""
        return bool(self._asks.search(fold(text)))

    def is_piece(self, text: str) -> bool:
        """Whether a message is too short to stand alone, and neither asks nor orders (三个月了)."""
        return (
            2 <= han(text) <= _LONGEST_PIECE and self.says_something(text) and not self.asks(text)
        )


def _whole(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
