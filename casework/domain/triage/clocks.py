"""Which clocks run, and to which day where the day they count from was told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.domain.calculators import deadlines
from casework.domain.calculators.deadlines import Deadline, Rule
from casework.domain.extraction.entity import Entity
from casework.domain.topics.legal_topic import Clock, LegalTopic
from casework.domain.topics.questions import applies, told_facts
from casework.domain.topics.story import Story


@dataclass(frozen=True)
class Start:
    """The day a clock counts from: EDTF, the words it was told in, and their messages."""

    value: str
    said: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Running:
    """A clock; without ``deadline`` the day it counts from is not known."""

    rule: Rule
    note: str = ""
    start: Start | None = None
    deadline: Deadline | None = None

    def nearness(self, today: date) -> str:
        return self.deadline.nearness(today) if self.deadline else "unknown"


def clocks(
    files: Sequence[LegalTopic],
    story: Story,
    entities: Sequence[Entity],
    answered: Mapping[str, Start],
) -> list[Running]:
    """The clocks of a story, those whose end is known first, the nearest before all.

    ``files`` are the topics of the story and the common ones; ``answered`` are the days that were
    given in answer to a question, by ``topic.fact`` or the id of a base fact.
    """
    found: dict[str, Running] = {}
    for file in files:
        told = told_facts(file, story)
        for clock in file.clocks:
            if applies(clock.condition, story, told) and clock.rule not in found:
                found[clock.rule] = _running(file, clock, story, entities, answered)
    return sorted(found.values(), key=_order)


def _running(
    file: LegalTopic,
    clock: Clock,
    story: Story,
    entities: Sequence[Entity],
    answered: Mapping[str, Start],
) -> Running:
    rule = deadlines.rule(clock.rule)
    for start in _starts(file, clock, story, entities, answered):
        try:
            return Running(rule, clock.note, start, deadlines.due(clock.rule, start.value))
        except ValueError:
            continue  # a date without a year, or outside the calendar
    return Running(rule, clock.note)


def _starts(
    file: LegalTopic,
    clock: Clock,
    story: Story,
    entities: Sequence[Entity],
    answered: Mapping[str, Start],
) -> Iterator[Start]:
    for fact_id in (f"{file.id}.{clock.start}", clock.start):
        if fact_id in answered:
            yield answered[fact_id]
    wanted = file.wanted(clock.start)
    if wanted is None:
        return
    if wanted.base and wanted.base in answered:
        yield answered[wanted.base]
    if wanted.told is None:
        return
    for found in story.each(wanted.told):
        day = story.day_of(found, entities)
        if day is not None and isinstance(day.value, str):
            said = story.clause(min(day.start, found.start), max(day.end, found.end))
            yield Start(day.value, said, story.sources(day.start))
            return


def _order(running: Running) -> tuple[int, str]:
    if running.deadline is None:
        return (2, "")
    last = running.deadline.last_day
    return (1, "") if last is None else (0, last.isoformat())
