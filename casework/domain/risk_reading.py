"""A second reader beside the lexicon: how much a message sounds like one of somebody in danger.

The lexicon (``casework.domain.risk``) hears the words it knows. Despair is often said without them:
活着只剩下疼，放我走吧. The second reader weighs groups of characters and of meanings
(``casework/data/risk_concepts.yml``) by weights learnt from the examples in
``casework/data/risk_examples``. What learns them is an adapter; reading with them needs no library.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casework.domain.risk_concepts import Concepts, plain

#: Groups of one to three characters: two or three hold a word, one holds the tone.
_LENGTHS = (1, 2, 3)
#: How far apart two meanings of one sentence may stand and still be read together.
_REACH = 3

Terms = Mapping[str, int]


def characters(text: str) -> Terms:
    """Groups of characters in ``text`` (plain), counted."""
    return Counter(text[i : i + n] for n in _LENGTHS for i in range(len(text) - n + 1))


def meanings(said: Iterable[list[str]]) -> Terms:
    """Single groups of meaning, pairs within reach and neighbours of three, counted."""
    terms: Counter[str] = Counter()
    for sentence in said:
        for i, first in enumerate(sentence):
            terms[first] += 1
            terms.update(f"{first}>{later}" for later in sentence[i + 1 : i + 1 + _REACH])
            if i + 2 < len(sentence):
                terms[">>".join(sentence[i : i + 3])] += 1
    return terms


@dataclass(frozen=True)
class View:
    """The weights of one way of looking: term -> (rarity, then one weight for each kind)."""

    terms: Mapping[str, tuple[float, ...]]
    unknown: float  # rarity of a term that was never met in learning
    share: float  # how much this view counts beside the other

    def vector(self, terms: Terms) -> dict[str, float]:
        """Tf-idf of length ``share``. Terms never met count in the length: they dilute."""
        known: dict[str, float] = {}
        total = 0.0
        for term, count in terms.items():
            entry = self.terms.get(term)
            weight = (1 + math.log(count)) * (entry[0] if entry else self.unknown)
            total += weight * weight
            if entry:
                known[term] = weight
        scale = self.share / math.sqrt(total) if total else 0.0
        return {term: weight * scale for term, weight in known.items()}


class Reader:
    """Reads a message with learnt weights. ``bias`` holds one number for each kind."""

    def __init__(self, concepts: Concepts, views: tuple[View, View], bias: tuple[float, ...]):
        self._concepts = concepts
        self._views = views
        self._bias = bias

    def signals(self, text: str) -> tuple[str, ...]:
        """The signals heard in ``text``, the surest first; none for what is only passed on."""
        whole = plain(text)
        if not whole or self._concepts.published(whole):
            return ()
        heard: dict[str, float] = {}
        pieces = self._concepts.pieces(whole)
        for piece in pieces:
            said = self._concepts.said(piece)
            for kind, sure in zip(self._concepts.kinds, self._sure(piece, said), strict=True):
                if sure >= self._concepts.needed(kind, piece, said, len(pieces) > 1):
                    heard[kind.signal] = max(sure, heard.get(kind.signal, 0.0))
        return tuple(sorted(heard, key=lambda signal: -heard[signal]))

    def sure(self, text: str) -> dict[str, float]:
        """How sure the reader is of each kind for ``text`` as a whole, 0 to 1."""
        whole = plain(text)
        sure = self._sure(whole, self._concepts.said(whole))
        return {kind.name: value for kind, value in zip(self._concepts.kinds, sure, strict=True)}

    def _sure(self, text: str, said: list[list[str]]) -> list[float]:
        sums = list(self._bias)
        for view, terms in zip(self._views, (characters(text), meanings(said)), strict=True):
            for term, value in view.vector(terms).items():
                for index, weight in enumerate(view.terms[term][1:]):
                    sums[index] += value * weight
        return [1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) for total in sums]
