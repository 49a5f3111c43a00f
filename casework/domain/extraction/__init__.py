"""What a text names: people, numbers, dates, sums, places and bodies, by rule.

Every pattern is bounded, so that 100 KB of anything takes milliseconds. No machine learning and no
I/O: the same text on the same day gives the same entities.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from casework.domain.extraction import (
    amounts,
    dates,
    durations,
    emails,
    identity,
    names,
    organisations,
    people,
    phones,
    places,
    references,
)
from casework.domain.extraction.claims import Claims
from casework.domain.extraction.entity import (
    ADDRESS,
    AMOUNT,
    BANK_CARD,
    DATE,
    DURATION,
    EMAIL,
    ID_NUMBER,
    MATTER_NUMBER,
    NAME,
    ORGANISATION,
    PEOPLE,
    PHONE,
    PLACE,
    QUERY_CODE,
    Entity,
)
from casework.domain.text import fold

__all__ = ["Entity", "extract"]

# Where two findings overlap, the surer kind wins; within a kind the longer one.
_ORDER = (
    MATTER_NUMBER,
    ID_NUMBER,
    EMAIL,
    QUERY_CODE,
    PHONE,
    BANK_CARD,
    DATE,
    AMOUNT,
    PEOPLE,
    ADDRESS,
    ORGANISATION,
    NAME,
    PLACE,
    DURATION,
)


def extract(text: str, today: date, known_places: Collection[str] = ()) -> list[Entity]:
    """The entities of ``text`` in the order they stand in it; none overlaps another.

    ``today`` is the day relative dates count from; ``known_places`` are names of townships and
    villages that need no suffix. Spans refer to ``text`` as given.
    """
    folded = fold(text)
    found: list[Entity] = []
    for finder in (
        references,
        identity,
        emails,
        phones,
        amounts,
        people,
        organisations,
        names,
        durations,
    ):
        found.extend(finder.find(folded))
    found.extend(dates.find(folded, today))
    found.extend(places.find(folded, known_places))
    return [_as_written(entity, text) for entity in _without_overlaps(found)]


def _as_written(entity: Entity, text: str) -> Entity:
    said = text[entity.start : entity.end]
    if said == entity.text:
        return entity
    return Entity(entity.kind, entity.start, entity.end, said, entity.value, entity.detail)


def _without_overlaps(found: Iterable[Entity]) -> list[Entity]:
    ranked = sorted(found, key=lambda e: (_ORDER.index(e.kind), e.start - e.end, e.start))
    kept: list[Entity] = []
    claimed = Claims(max((entity.end for entity in ranked), default=0))
    for entity in ranked:
        if claimed.take(entity.start, entity.end):
            kept.append(entity)
    return sorted(kept, key=lambda e: e.start)
