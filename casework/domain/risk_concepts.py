"""What the second reader of risk listens for: groups of words of one meaning, and how sure to be.

All of it is data (``casework/data/risk_concepts.yml``); what is learnt from examples is in
``casework.domain.risk_reading``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casework.domain.text import fold

_SENTENCE = re.compile(r"[,。!?;…、\n]+")
_BLANK = re.compile(r"\s+")
_MAX_CHARS = 20_000
_SILENT = 2.0


def plain(text: str) -> str:
    """The text as the second reader sees it: half width, lower case, single blanks."""
    return _BLANK.sub(" ", fold(text[:_MAX_CHARS]).lower()).strip()


@dataclass(frozen=True)
class Sure:
    """How sure the reader must be, 0 to 1, by what is said; above 1: it stays silent.

    Danger is named outright, hinted at, something is said that often stands beside it, or none of
    these.
    """

    outright: float
    hinting: float
    beside: float = 2.0
    otherwise: float = 2.0


@dataclass(frozen=True)
class Kind:
    """One kind of danger: the signal that staff see, and when the reader may name it."""

    name: str
    signal: str
    outright: frozenset[str]
    hinting: frozenset[str]
    beside: frozenset[str]
    sure: Sure


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
        surer = {where: dict(entry) for where, entry in data["surer"].items()}
        self._case = frozenset(surer["case"].pop("groups"))
        self._long: int = surer["long"].pop("characters")
        self._surer = {where: Sure(**entry) for where, entry in surer.items()}
        self._pieces: Mapping[str, int] = data["pieces"]
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

    def pieces(self, text: str) -> list[str]:
        """``text`` (plain) whole where it is short, else its sentences put together to pieces."""
        if len(text) <= self._pieces["longer_than"]:
            return [text]
        return _pieces(text, self._pieces["characters"])

    def needed(
        self, kind: Kind, text: str, said: Iterable[list[str]], piece: bool = False
    ) -> float:
        """How sure the reader must be of ``kind`` in this text; above 1: it stays silent."""
        groups = {group for sentence in said for group in sentence}
        where = {"case": groups & self._case, "long": len(text) > self._long, "piece": piece}
        more = [self._surer[name] for name, holds in where.items() if holds]
        if groups & kind.outright:
            return kind.sure.outright + sum(sure.outright for sure in more)
        if self._cheerful.search(text):
            return _SILENT
        hint = sum(sure.hinting for sure in more)
        if groups & kind.hinting:
            return kind.sure.hinting + hint
        return hint + (kind.sure.beside if groups & kind.beside else kind.sure.otherwise)

    @staticmethod
    def _kind(name: str, entry: Mapping[str, Any], groups: Mapping[str, str]) -> Kind:
        outright, hinting = frozenset(entry["outright"]), frozenset(entry["hinting"])
        beside = frozenset(entry.get("beside", ()))
        unknown = (outright | hinting | beside) - groups.keys()
        if unknown:
            raise ValueError(f"risk_concepts.yml: {name} names no group of words: {min(unknown)}")
        return Kind(name, entry["signal"], outright, hinting, beside, Sure(**entry["sure"]))


def _pieces(text: str, size: int) -> list[str]:
    found: list[str] = []
    current = ""
    for sentence in re.findall(r"[^。!?;…\n]+[。!?;…\n]*|[。!?;…\n]+", text):
        for start in range(0, len(sentence), size):
            part = sentence[start : start + size]
            if current and len(current) + len(part) > size:
                found.append(current)
                current = ""
            current += part
    return [*found, current] if current else found
