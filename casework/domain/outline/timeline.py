"""The days a story names, in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casework.domain.calculators.deadlines import earliest
from casework.domain.extraction.entity import DATE, Entity
from casework.domain.topics.story import Story

_MOST = 30
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Event:
    """``day`` is EDTF (``2024-05``, ``2026-01~``); ``said`` the clause it stands in."""

    day: str
    said: str
    sources: tuple[str, ...]


def timeline(story: Story, entities: Sequence[Entity]) -> list[Event]:
    """What happened when. A date whose year was not said is left out: it cannot be put in order."""
    events: dict[str, Event] = {}
    for entity in entities:
        if entity.kind != DATE or not _YEAR.match(str(entity.value)):
            continue
        said = story.clause(entity.start, entity.end)
        events.setdefault(said, Event(str(entity.value), said, story.sources(entity.start)))
    return sorted(list(events.values())[:_MOST], key=lambda event: _first_day(event.day))


def _first_day(edtf: str) -> date:
    try:
        return earliest(edtf)
    except ValueError:
        return date.max
