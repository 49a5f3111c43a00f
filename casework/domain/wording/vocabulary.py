"""Whether a sentence is made of what was said and of ordinary words, and of nothing else.

Names, places and brands cannot be listed, so they cannot be forbidden by a list. What is ordinary can
be listed: a character that belongs neither to something that was said nor to an ordinary word is
something new, and the sentence that holds it is not kept (docs/adr/0012).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto

from casework.domain.extraction.bare_names import GIVEN
from casework.domain.extraction.surnames import SINGLE

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿半几数")
_LONGEST_WORD = 4
# As long a piece of what was said as is looked for at once; longer ones are found in parts.
_LONGEST_SAID = 12


class _After(Enum):
    """What came before a place in the text, as far as it decides what may follow."""

    WORD = auto()
    NUMBER = auto()  # a unit may follow
    SURNAME = auto()  # no given name may follow


@dataclass(frozen=True)
class Vocabulary:
    """Ordinary ``words`` of two to four characters, ``singles`` that stand alone, ``units``, and
    words that judge (诈骗, 应当), which are never ordinary."""

    words: Collection[str]
    singles: Collection[str]
    units: Collection[str]
    judging: Collection[str] = frozenset()

    def stranger(self, text: str, said: str) -> str:
        """The first run of characters in folded ``text`` with something that is neither in ``said``
        nor ordinary; empty where all of it is. Digits and punctuation are not looked at."""
        for word in self.judging:
            if word in text and word not in said:
                return word
        for match in _HAN.finditer(text):
            before = text[match.start() - 1 : match.start()]
            first = _After.NUMBER if before.isdigit() else _After.WORD
            if not self._covers(match.group(), said, first):
                return match.group()
        for match in _LETTERS.finditer(_HAN.sub(" ", text)):
            if not _stands_in(match.group().lower(), said.lower()):
                return match.group()
        return ""

    def _covers(self, run: str, said: str, first: _After) -> bool:
        reached: list[set[_After]] = [set() for _ in range(len(run) + 1)]
        reached[0].add(first)
        for at in range(len(run)):
            for after in reached[at]:
                for end, then in self._steps(run, at, after, said):
                    reached[end].add(then)
        return bool(reached[-1])

    def _steps(self, run: str, at: int, after: _After, said: str) -> list[tuple[int, _After]]:
        """Where a piece that begins at ``at`` may end, and what it leaves behind."""
        found: list[tuple[int, _After]] = []
        for end in range(at + 2, min(len(run), at + _LONGEST_SAID) + 1):
            piece = run[at:end]
            known = (end - at <= _LONGEST_WORD and piece in self.words) or piece in said
            if known and not (after is _After.SURNAME and _is_given(piece)):
                found.append((end, _After.NUMBER if piece[-1] in _NUMERALS else _After.WORD))
        char = run[at]
        if after is _After.SURNAME and _is_given(run[at : at + 2]):
            return found
        if char in _NUMERALS:  # which number it is, is looked at elsewhere
            found.append((at + 1, _After.NUMBER))
        elif after is _After.NUMBER and char in self.units:
            found.append((at + 1, _After.SURNAME if char in SINGLE else _After.NUMBER))
        if char in self.singles:
            found.append((at + 1, _After.SURNAME if char in SINGLE else _After.WORD))
        return found


def _is_given(piece: str) -> bool:
    return all(char in GIVEN for char in piece)


def _stands_in(word: str, said: str) -> bool:
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", said) is not None
