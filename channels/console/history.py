"""The history of a matter in words: what happened, and apart from it who has looked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.domain.matter import MatterEvent
from casework.domain.people import Staff
from channels.parts import container, words
from channels.staff_names import staff_by_id


@dataclass(frozen=True)
class Line:
    at: datetime
    what: str
    by: str
    note: str
    public: bool


def of(events: Sequence[MatterEvent]) -> tuple[list[Line], list[Line]]:
    """(what happened, who looked), newest first."""
    people = staff_by_id(event.by for event in events)
    lines = [(event.what, _line(event, people)) for event in events]
    lines.reverse()
    return (
        [line for what, line in lines if what != "viewed"],
        [line for what, line in lines if what == "viewed"],
    )


def _line(event: MatterEvent, people: dict[str, Staff]) -> Line:
    texts = container().texts
    what = event.note if event.what in ("delivered", "undeliverable") else ""
    if event.status:
        what = texts.say(f"progress.status.{event.status}")
    if not what:
        key = f"staff.event.{event.what}"
        what = texts.say(key) if texts.has(key) else event.what
    return Line(
        at=event.at,
        what=what,
        by=_by(event.by, people),
        note="" if event.note == what else event.note,
        public=event.public,
    )


def _by(who: str, people: dict[str, Staff]) -> str:
    if who in people:
        return people[who].name
    key = f"console.by.{who}"
    return words().say(key if words().has(key) else "console.by.unknown")
