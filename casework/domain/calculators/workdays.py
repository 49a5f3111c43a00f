"""Which days are working days (工作日) in China.

The State Council's yearly holiday notices come with the package ``chinesecalendar``. For a year
without a notice only what the law itself fixes is known: weekends, and the public holidays on fixed
dates (全国年节及纪念日放假办法 2).
"""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar

_FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


def is_known(day: date) -> bool:
    """Whether the holiday notice of that year is known."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


def is_workday(day: date) -> bool:
    """Whether ``day`` is a working day, exchanged weekends (调休) included."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5 and (day.month, day.day) not in _FIXED_HOLIDAYS


def next_after(day: date) -> date:
    """The first working day after ``day``."""
    day += timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def moved_past_holidays(day: date) -> date:
    """``day``, or the first working day after it where it is a holiday (民法典 203).

    In a year without a holiday notice the day stays: its weekends may yet be exchanged for working
    days, and a deadline named too late does harm.
    """
    while is_known(day) and not is_workday(day):
        day += timedelta(days=1)
    return day
