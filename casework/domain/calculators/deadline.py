"""The last day of one clock, with the counting shown (``deadlines`` holds the rules)."""

from __future__ import annotations

from datetime import date

from casework.domain.calculators import deadlines
from casework.domain.calculators.deadlines import Deadline
from casework.domain.calculators.periods import Length, add
from casework.domain.calculators.result import Result
from casework.domain.calculators.sheet import Sheet

NAME = "deadline"


def calculate(sheet: Sheet) -> Result:
    """When the clock ends; a demand within the time starts it anew where the law says so."""
    rule = deadlines.rule(sheet.get("kind"))
    sheet.add_citations(rule.citations)
    for note in rule.notes:
        sheet.add_caveat(note)
    if rule.length.never:
        return sheet.result("never", name=rule.name)
    sheet.need("from")
    length = _said(sheet, rule.length)
    sheet.line("rule", length=length, start_words=rule.starts)
    deadline = _restarted(sheet, deadlines.due(rule.id, sheet.get("from")))
    _write(sheet, deadline)
    last = _outer(sheet, deadline)
    sheet.item("item", day=last)
    if rule.restarts:
        sheet.caveat("restarts", how=rule.restarts)
    if rule.after:
        sheet.caveat("after", after=rule.after)
    _remarks(sheet, deadline)
    final = Deadline(rule, deadline.start, last, last)
    return sheet.result("due", day=last, sentence=deadlines.sentence(final, sheet.today))


def _restarted(sheet: Sheet, first: Deadline) -> Deadline:
    """The clock from the last demand, where that came in time and the clock can start anew."""
    demand: date | None = sheet.get("last_demand")
    if demand is None or not first.rule.restarts or demand <= first.start:
        return first
    assert first.last_day is not None  # noqa: S101 - a clock without an end was answered before
    if demand > first.last_day:
        sheet.caveat("late_demand", day=demand, last=first.last_day)
        return first
    sheet.line("restarted", day=demand)
    return deadlines.due(first.rule.id, demand)


def _write(sheet: Sheet, deadline: Deadline) -> None:
    sheet.line("start", start=deadline.start)
    sheet.line("counted", day=deadline.counted_to)
    if deadline.rolled:
        sheet.line("rolled", day=deadline.last_day)
    sheet.cite("counting")


def _outer(sheet: Sheet, deadline: Deadline) -> date:
    """The last day, or the end of the outer limit where that comes first."""
    rule = deadline.rule
    last = deadline.last_day
    assert last is not None  # noqa: S101 - a clock without an end was answered before
    outer: date | None = sheet.get("outer")
    if rule.most is None or outer is None:
        return last
    end = add(outer, rule.most)
    sheet.line("outer", length=_said(sheet, rule.most), start_words=rule.most_starts, day=end)
    if end < last:
        sheet.line("outer_first")
        return end
    return last


def _remarks(sheet: Sheet, deadline: Deadline) -> None:
    if not deadline.calendar_known and deadline.last_day is not None:
        sheet.caveat("calendar", year=deadline.last_day.year)
    elif not deadline.rule.rolls and not deadline.rule.length.workdays:
        sheet.caveat("no_roll")
    if deadline.rule.of == "citizen":
        sheet.caveat("safe")


def _said(sheet: Sheet, length: Length) -> str:
    for unit in ("years", "months", "days", "workdays"):
        count = getattr(length, unit)
        if count:
            return sheet.words(unit, n=count)
    raise ValueError("a length without a unit")
