"""Counting periods as the law counts them (民法典 200-203; 民事诉讼法 85).

The day of the event is not counted; a period of months or years ends on the day with the same number,
or on the last day of a shorter month.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from casework.domain.calculators import workdays


@dataclass(frozen=True)
class Length:
    """How long a period is: one of the units, or ``never`` for a claim that no clock ends."""

    years: int = 0
    months: int = 0
    days: int = 0
    workdays: int = 0
    never: bool = False

    @classmethod
    def of(cls, loaded: Mapping[str, int | bool]) -> Length:
        """From a data file. Raises ``ValueError`` where it is not exactly one unit."""
        if len(loaded) != 1 or not set(loaded) <= set(cls.__dataclass_fields__):
            raise ValueError(f"a length is one of years, months, days, workdays, never: {loaded}")
        return cls(**loaded)  # type: ignore[arg-type]


def add(start: date, length: Length) -> date:
    """The last day of ``length`` after ``start``, before any holiday is looked at.

    Raises ``ValueError`` where the calendar ends (year 9999) or the length never ends.
    """
    if length.never:
        raise ValueError("this period never ends")
    try:
        if length.workdays:
            return _workdays(start, length.workdays)
        if length.days:
            return start + timedelta(days=length.days)
        return add_months(start, length.years * 12 + length.months)
    except OverflowError as error:
        raise ValueError("the calendar ends before this period does") from error


def add_months(start: date, months: int) -> date:
    """The same day ``months`` later (or earlier), or the last day of a shorter month (民法典 202)."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise ValueError("the calendar ends before this period does")
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def after_months(first: date, months: int) -> date:
    """The day after ``months`` full months of which ``first`` is the first day.

    Three months from 31 August are full on 30 November; the day after is 1 December.
    """
    day = add_months(first, months)
    return day if day.day == first.day else day + timedelta(days=1)


def full_months(first: date, after: date) -> int:
    """How many full months lie from the day ``first`` up to the day before ``after``."""
    months = max((after.year - first.year) * 12 + after.month - first.month, 0)
    return months - 1 if months and after_months(first, months) > after else months


def _workdays(start: date, count: int) -> date:
    day = start
    for _ in range(count):
        day = workdays.next_after(day)
    return day
