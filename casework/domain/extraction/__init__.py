"""What a text names: people, numbers, dates, sums, places and bodies, by rule.

Every pattern is bounded, so that 100 KB of anything takes milliseconds. No machine learning and no
I/O: the same text on the same day gives the same entities.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
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
    role_names,
)
from casework.domain.extraction.claims import Claims
from casework.domain.extraction.entity import (
    ACCOUNT,
    ADDRESS,
    ALIAS,
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
    ALIAS,
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
    found.extend(durations.find(folded))
    found.extend(_names(folded))
    if asking == "name":
        found = [*names.in_answer(folded), *found]  # of two equal spans the first counts
    elif asking == "phone":
        found.extend(phones.in_answer(folded))
    kept = [_with_role(folded, entity) for entity in _without_overlaps(found)]
    return [_as_written(entity, text) for entity in kept]


# What is kept in the characters it was written in, 張建國 as much as 张建国.
_WORDS = frozenset({NAME, ALIAS, ORGANISATION})
_SURE = (references, identity, emails, phones, amounts, people)


def _without(text: str, found: Iterable[Entity]) -> str:
    """``text`` with line breaks in place of what was found, as long as before."""
    characters = list(text)
    for entity in found:
        if entity.kind not in (PEOPLE, BANK_CARD):
            characters[entity.start : entity.end] = "\n" * (entity.end - entity.start)
    return "".join(characters)


def _names(text: str) -> list[Entity]:
    """Names and aliases. What follows a role is read by the finder that knows roles."""
    by_role = {entity.start: entity for entity in role_names.find(text)}
    found = [*by_role.values(), *_again(text, by_role.values())]
    for entity in names.find(text):
        decided = entity.detail != "self" and entity.start in by_role
        word = entity.detail == "other" and role_names.is_word(text, entity.start, entity.end)
        if not decided and not word:
            found.append(entity)
    return found


def _again(text: str, found: Iterable[Entity]) -> Iterator[Entity]:
    """A name that followed a role, wherever it stands without one."""
    for said in {entity.text for entity in found if entity.kind == NAME}:
        at = text.find(said)
        while at >= 0:
            yield Entity(NAME, at, at + len(said), said, said, "other")
            at = text.find(said, at + len(said))


def _with_role(text: str, entity: Entity) -> Entity:
    if entity.kind not in (NAME, ALIAS) or entity.detail == "self":
        return entity
    return replace(entity, role=role_names.role_of(text, entity.start))


def _as_written(entity: Entity, text: str) -> Entity:
    said = text[entity.start : entity.end]
    if said == entity.text:
        return entity
    value = entity.value
    if entity.kind in _WORDS and value == entity.text:
        value = narrow(said)
    return replace(entity, text=said, value=value)


def _without_overlaps(found: Iterable[Entity]) -> list[Entity]:
    ranked = sorted(found, key=lambda e: (_ORDER.index(e.kind), e.start - e.end, e.start))
    kept: list[Entity] = []
    claimed = Claims(max((entity.end for entity in ranked), default=0))
    for entity in ranked:
        if claimed.take(entity.start, entity.end):
            kept.append(entity)
    return sorted(kept, key=lambda e: e.start)
