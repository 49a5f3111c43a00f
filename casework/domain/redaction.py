"""Personal data masked in any text: the marks of a conversation, for a file of texts.

A conversation's text is cleaned when it is received; a file's is not, so characters that nobody
sees (zero-width space, soft hyphen) are read past here: ``138<ZWSP>12345678`` is a phone number.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from casework.domain.extraction import extract
from casework.domain.marking import MARKS, mark
from casework.domain.text import visible


@dataclass(frozen=True)
class Span:
    """Personal data at ``text[start:end]`` of the text as given; ``kind`` as of an entity."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Redacted:
    """The text with marks, and where in the original each mark's words stood."""

    text: str
    spans: tuple[Span, ...]


def redact(text: str, today: date, known_places: Collection[str] = ()) -> Redacted:
    """``text`` with personal data replaced by the marks of ``casework.domain.marking``.

    ``today`` is the day that relative dates count from; ``known_places`` are names of townships
    and villages that need no suffix.
    """
    at = visible(text)
    plain = text if len(at) == len(text) else "".join(text[i] for i in at)
    found = [
        replace(entity, start=at[entity.start], end=at[entity.end - 1] + 1)
        for entity in extract(plain, today, known_places)
        if entity.kind in MARKS
    ]
    spans = tuple(Span(entity.start, entity.end, entity.kind) for entity in found)
    return Redacted(mark(text, found).text, spans)
