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
    ACCOUNT,
    ADDRESS,
    AMOUNT,
    BANK_CARD,
    CASE_NUMBER,
    DATE,
    DRAFT_CODE,
    DURATION,
    EMAIL,
    ID_NUMBER,
    MATTER_NUMBER,
    NAME,
    ORGANISATION,
    PEOPLE,
    PHONE,
    PLACE,
    PLATE,
    QUERY_CODE,
    Entity,
)
from casework.domain.extraction.typos import mend
from casework.domain.text import fold, narrow

__all__ = ["Entity", "extract"]

# Where two findings overlap, the surer kind wins; within a kind the longer one.
_ORDER = (
    MATTER_NUMBER,
    CASE_NUMBER,
    ID_NUMBER,
    EMAIL,
    DRAFT_CODE,
    QUERY_CODE,
    PHONE,
    BANK_CARD,
    PLATE,
    ACCOUNT,
    DATE,
    AMOUNT,
    PEOPLE,
    ADDRESS,
    ORGANISATION,
    NAME,
    PLACE,
    DURATION,
)


def extract(
    text: str, today: date, known_places: Collection[str] = (), asking: str | None = None
) -> list[Entity]:
    """The entities of ``text`` in the order they stand in it; none overlaps another.

    ``today`` is the day relative dates count from; ``known_places`` are names of townships and
    villages that need no suffix; ``asking`` is the kind of answer that was asked for: after "what is
    your name?" a bare 王建国 is a name. Spans refer to ``text`` as given.
    """
    folded = mend(fold(text))
    found = [entity for finder in _SURE for entity in finder.find(folded)]
    found.extend(dates.find(folded, today))
    # 去年柳河镇 is a date and a place: what reads to the left must not read into a number or a date.
    rest = _without(folded, found)
    found.extend(organisations.find(rest))
    found.extend(places.find(rest, known_places))
    found.extend(entity for finder in (names, durations) for entity in finder.find(folded))
    if asking == "name":
        found = [*names.in_answer(folded), *found]  # of two equal spans the first counts
    elif asking == "phone":
        found.extend(phones.in_answer(folded))
    return [_as_written(entity, text) for entity in _without_overlaps(found)]


# What is kept in the characters it was written in, 張建國 as much as 张建国.
_WORDS = frozenset({NAME, ORGANISATION})
_SURE = (references, identity, emails, phones, amounts, people)


def _without(text: str, found: Iterable[Entity]) -> str:
    """``text`` with line breaks in place of what was found, as long as before."""
    characters = list(text)
    for entity in found:
        if entity.kind not in (PEOPLE, BANK_CARD):
            characters[entity.start : entity.end] = "\n" * (entity.end - entity.start)
    return "".join(characters)


def _as_written(entity: Entity, text: str) -> Entity:
    said = text[entity.start : entity.end]
    if said == entity.text:
        return entity
    value = entity.value
    if entity.kind in _WORDS and value == entity.text:
        value = narrow(said)
    return Entity(entity.kind, entity.start, entity.end, said, value, entity.detail)


def _without_overlaps(found: Iterable[Entity]) -> list[Entity]:
    ranked = sorted(found, key=lambda e: (_ORDER.index(e.kind), e.start - e.end, e.start))
    kept: list[Entity] = []
    claimed = Claims(max((entity.end for entity in ranked), default=0))
    for entity in ranked:
        if claimed.take(entity.start, entity.end):
            kept.append(entity)
    return sorted(kept, key=lambda e: e.start)
