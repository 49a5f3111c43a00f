"""Which paragraphs of a machine's answer may be shown. A paragraph passes whole or not at all."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from casework.domain.text import clean
from casework.domain.wording.answer import LONGEST_PARAGRAPH, Said
from casework.domain.wording.facts import Facts
from casework.domain.wording.material import Material, without_marks
from casework.domain.wording.proposal import Paragraph
from casework.domain.wording.vocabulary import Vocabulary

_SHORTEST_QUOTE = 2
_QUOTED = re.compile('[“「『"]([^“”「」『』"]*)[”」』"]')


@dataclass(frozen=True)
class Checked:
    """What passed, and how many paragraphs fell to which check."""

    paragraphs: tuple[Paragraph, ...]
    faults: dict[str, int]


class Checks:
    """The checks of one matter's answer. ``places`` are names that need no suffix."""

    def __init__(
        self, material: Material, vocabulary: Vocabulary, places: tuple[str, ...] = ()
    ) -> None:
        self._material = material
        self._vocabulary = vocabulary
        self._facts = Facts(material, vocabulary, places)
        self._messages = {message.id: message for message in material.messages}

    def check(self, answer: list[Said]) -> Checked:
        """What may be shown, with people's names in place of their marks."""
        kept: list[Paragraph] = []
        faults: Counter[str] = Counter()
        for said in answer:
            fault = self.fault(said)
            text = self._material.hiding.show(said.text)
            if fault or text is None:
                faults[fault or "mark"] += 1
                continue
            sources = tuple(self._messages[id_].source for id_ in said.messages)
            quotes = tuple(self._shown(quote) for quote in said.quotes)
            kept.append(Paragraph(text, quotes, sources))
        return Checked(tuple(kept), dict(faults))

    def fault(self, said: Said) -> str:
        """The first check that ``said`` does not pass; empty where it passes all of them.

        ``length``, ``message`` (none named, or one that is not there), ``mark`` (one that we never
        set), ``quote``, those of ``Facts.fault``, and ``word`` for anything else that is new.
        """
        text = said.text
        if not 0 < len(text) <= LONGEST_PARAGRAPH or text != clean(text) or "\n" in text:
            return "length"
        if not said.messages or not set(said.messages) <= set(self._messages):
            return "message"
        if self._material.hiding.show(text) is None:
            return "mark"
        inside = [match[1] for match in _QUOTED.finditer(text)]
        if not all(self._is_verbatim(quote, said.messages) for quote in (*said.quotes, *inside)):
            return "quote"
        fault = self._facts.fault(text)
        if fault:
            return fault
        return "word" if self._vocabulary.stranger(without_marks(text), self._facts.said) else ""

    def _is_verbatim(self, quote: str, messages: tuple[str, ...]) -> bool:
        """Whether it stands in one of the named messages as it was written."""
        words = self._material.hiding.show(quote)
        if words is None or len(words.strip()) < _SHORTEST_QUOTE:
            return False
        return any(words in self._messages[id_].text for id_ in messages)

    def _shown(self, quote: str) -> str:
        return self._material.hiding.show(quote) or ""
