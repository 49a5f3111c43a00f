"""A second reader beside the lexicon: how much a message sounds like one of somebody in danger.

The lexicon (``casework.domain.risk``) hears the words it knows. Despair is often said without them:
好累，天亮之前就放手吧. The second reader weighs groups of characters and of meanings
(``casework/data/risk_concepts.yml``) by weights learnt from the examples in
``casework/data/risk_examples``. What learns them is an adapter; reading with them needs no library.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casework.domain.text import fold

#: Groups of one to three characters: two or three hold a word, one holds the tone.
_LENGTHS = (1, 2, 3)
#: How far apart two meanings of one sentence may stand and still be read together.
_REACH = 3
_SENTENCE = re.compile(r"[,。!?;…、\n]+")
_BLANK = re.compile(r"\s+")
#: Longer texts are read in pieces: one sentence of despair must not drown in a long story.
_PIECE = 120
_MAX_CHARS = 20_000

Terms = Mapping[str, int]


def plain(text: str) -> str:
    """The text as the second reader sees it: half width, lower case, single blanks."""
    return _BLANK.sub(" ", fold(text[:_MAX_CHARS]).lower()).strip()


@dataclass(frozen=True)
class Sure:
    """How sure the reader must be, 0 to 1, where danger is named outright or hinted at."""

    outright: float
    hinting: float


@dataclass(frozen=True)
class Kind:
    """One kind of danger: the signal that staff see, and when the reader may name it."""

    name: str
    signal: str
    outright: frozenset[str]
    hinting: frozenset[str]
    sure: Sure
    sure_in_a_case: Sure


class Concepts:
    """Groups of words of one meaning, as data (``risk_concepts.yml``).

    Raises ``ValueError`` naming what is wrong if the data is not well formed.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        groups: Mapping[str, str] = data["concepts"]
        try:
            self._groups = re.compile("|".join(f"(?P<{n}>{p})" for n, p in groups.items()))
            self._published = re.compile(data["published"])
            self._cheerful = re.compile(data["cheerful"])
        except re.error as wrong:
            raise ValueError(f"risk_concepts.yml: {wrong}") from wrong
        self._case = frozenset(data["case"])
        self._long: int = data["long"]["characters"]
        self._surer_by: float = data["long"]["surer_by"]
        self.kinds = [self._kind(name, entry, groups) for name, entry in data["kinds"].items()]

    def published(self, text: str) -> bool:
        """Whether ``text`` (plain) carries the marks of something passed on, not said."""
        return self._published.search(text) is not None

    def said(self, text: str) -> list[list[str]]:
        """The groups met in ``text`` (plain), sentence by sentence, in order."""
        return [
            [str(match.lastgroup) for match in self._groups.finditer(sentence)]
            for sentence in _SENTENCE.split(text)
        ]

    def needed(self, kind: Kind, text: str, said: Iterable[list[str]]) -> float | None:
        """How sure the reader must be of ``kind`` in this text; None: it stays silent."""
        groups = {group for sentence in said for group in sentence}
        sure = kind.sure_in_a_case if groups & self._case else kind.sure
        more = self._surer_by if len(text) > self._long else 0.0
        if groups & kind.outright:
            return sure.outright + more
        if groups & kind.hinting and not self._cheerful.search(text):
            return sure.hinting + more
        return None

    @staticmethod
    def _kind(name: str, entry: Mapping[str, Any], groups: Mapping[str, str]) -> Kind:
        outright, hinting = frozenset(entry["outright"]), frozenset(entry["hinting"])
        unknown = (outright | hinting) - groups.keys()
        if unknown:
            raise ValueError(f"risk_concepts.yml: {name} names no group of words: {min(unknown)}")
        sure, in_a_case = Sure(**entry["sure"]), Sure(**entry["sure_in_a_case"])
        return Kind(name, entry["signal"], outright, hinting, sure, in_a_case)


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
        for piece in pieces(whole):
            said = self._concepts.said(piece)
            for kind, sure in zip(self._concepts.kinds, self._sure(piece, said), strict=True):
                needed = self._concepts.needed(kind, piece, said)
                if needed is not None and sure >= needed:
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


def pieces(text: str) -> list[str]:
    """``text`` whole where it is short, else sentences put together to pieces of like length."""
    if len(text) <= _PIECE * 3 // 2:
        return [text]
    found: list[str] = []
    current = ""
    for sentence in re.findall(r"[^。!?;…\n]*[。!?;…\n]*", text):
        while len(sentence) > _PIECE:
            sentence, rest = sentence[:_PIECE], sentence[_PIECE:]  # noqa: PLW2901
            found.append(current + sentence)
            current, sentence = "", rest  # noqa: PLW2901
        if current and len(current) + len(sentence) > _PIECE:
            found.append(current)
            current = ""
        current += sentence
    return [*found, current] if current else found
