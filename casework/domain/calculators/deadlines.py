"""The clocks of the law: the last day of a limitation or a procedural deadline.

``due("labour_arbitration", date(2026, 3, 14)).last_day`` is 2027-03-14.
The rules, their articles and the words about them are data (``casework/data/deadlines.yml``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from casework.domain.calculators import data, workdays
from casework.domain.calculators.periods import Length, add
from casework.domain.calculators.result import Citation

Nearness = Literal["none", "passed", "week", "month", "later"]


@dataclass(frozen=True)
class Rule:
    """One clock. The sentences are plain Chinese, for citizens.

    ``of`` says whose clock it is: ``citizen`` (not to be missed) or ``authority`` (to be waited for).
    ``restarts`` says what makes it start anew, empty where nothing does.
    """

    id: str
    name: str
    about: str
    of: str
    length: Length
    starts: str
    rolls: bool
    citations: tuple[Citation, ...]
    restarts: str = ""
    after: str = ""
    notes: tuple[str, ...] = ()
    most: Length | None = None
    most_starts: str = ""


@dataclass(frozen=True)
class Deadline:
    """A clock that runs from a known day.

    ``last_day`` is None for a claim that no clock ends. ``counted_to`` is the day before holidays
    are looked at; ``about`` says that the start is not known to the day, and the earliest possible
    one was taken; ``calendar_known`` is False where the holidays of that year are not published yet.
    """

    rule: Rule
    start: date
    last_day: date | None
    counted_to: date | None
    about: bool = False
    calendar_known: bool = True

    @property
    def rolled(self) -> bool:
        """Whether the last day was moved past a holiday."""
        return self.last_day != self.counted_to

    def days_left(self, today: date) -> int | None:
        """Days from ``today`` to the last day: 0 on it, negative after it, None without one."""
        return None if self.last_day is None else (self.last_day - today).days

    def nearness(self, today: date) -> Nearness:
        """How near the end is: passed, within 7 days, within 30 days, later; none without an end."""
        left = self.days_left(today)
        if left is None:
            return "none"
        if left < 0:
            return "passed"
        return "week" if left <= 7 else "month" if left <= 30 else "later"


class UnknownRule(ValueError):
    """No clock has this id."""


def rules() -> Mapping[str, Rule]:
    """Every clock by its id."""
    return _rules()


def rule(rule_id: str) -> Rule:
    """The clock with this id. Raises ``UnknownRule``."""
    try:
        return _rules()[rule_id]
    except KeyError:
        raise UnknownRule(rule_id) from None


def due(rule_id: str, start: date | str) -> Deadline:
    """When the clock ``rule_id`` that runs from ``start`` ends.

    ``start`` is a day, or EDTF as the extraction gives it (``2024-05``, ``2026-01~``, ``a/b``): of
    a day not known exactly the earliest possible one counts, because a deadline named too early
    does no harm. Raises ``UnknownRule``; ``ValueError`` for a start that is no date.
    """
    found = rule(rule_id)
    exact = isinstance(start, date)
    day = start if isinstance(start, date) else earliest(start)
    about = not exact and day.isoformat() != start
    if found.length.never:
        return Deadline(found, day, None, None, about)
    counted = add(day, found.length)
    last = workdays.moved_past_holidays(counted) if found.rolls else counted
    asked = found.rolls or bool(found.length.workdays)
    known = workdays.is_known(last) or not asked
    return Deadline(found, day, last, counted, about, known)


_EDTF = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_SEASON_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}


def earliest(edtf: str) -> date:
    """The first day an EDTF date can stand for. Raises ``ValueError`` for what is no such date."""
    match = _EDTF.match(edtf)
    if match is None:
        raise ValueError(f"not a date: {edtf[:40]!r}")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    return date(year, _SEASON_MONTHS.get(month, month), day)


def sentence(deadline: Deadline, today: date) -> str:
    """The clock in one plain sentence: ``劳动仲裁时效：最后一天是2027年3月14日，还有112天。``"""
    words: dict[str, str] = data.load("deadlines")["words"]
    left = deadline.days_left(today)
    if left is None or deadline.last_day is None:
        return words["never"].format(name=deadline.rule.name)
    key = "passed" if left < 0 else "today" if left == 0 else "left"
    if key == "passed" and deadline.rule.restarts:
        key = "passed_restarts"
    elif deadline.rule.of == "authority":
        key = f"authority_{key}"
    about = words["about"] if deadline.about else ""
    return words[key].format(
        name=deadline.rule.name, day=said(deadline.last_day), left=abs(left), about=about
    )


def said(day: date) -> str:
    """``2027年3月14日``."""
    words: dict[str, str] = data.load("deadlines")["words"]
    return words["day"].format(year=day.year, month=day.month, day=day.day)


@lru_cache(maxsize=1)
def _rules() -> dict[str, Rule]:
    found = [_read(loaded) for loaded in data.load("deadlines")["rules"]]
    return {made.id: made for made in found}


def _read(loaded: Mapping[str, Any]) -> Rule:
    most = loaded.get("most")
    return Rule(
        id=loaded["id"],
        name=loaded["name"],
        about=loaded["about"],
        of=loaded["of"],
        length=Length.of(loaded["length"]),
        starts=loaded["from"],
        rolls=loaded["rolls"],
        citations=tuple(Citation(law, article) for law, article in loaded["cites"]),
        restarts=loaded.get("restarts", ""),
        after=loaded.get("after", ""),
        notes=tuple(loaded.get("notes", ())),
        most=Length.of(most["length"]) if most else None,
        most_starts=most["from"] if most else "",
    )
