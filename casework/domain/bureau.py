"""The bureau that runs the service: its name, places, telephone, hours and duty roster."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")

# How far ahead the next duty hours are looked for; longer than the longest public holiday.
_LOOK_AHEAD_DAYS = 21


@dataclass(frozen=True)
class Place:
    """An administrative division with its code (GB/T 2260 and its nine-digit extension)."""

    code: str
    name: str
    inside: tuple[Place, ...] = ()

    def find(self, text: str) -> tuple[Place, ...]:
        """The path of divisions that ``text`` names, from the widest to the narrowest."""
        for child in self.inside:
            below = child.find(text)
            if below:
                return (self, *below)
        return (self,) if self.name in text else ()


@dataclass(frozen=True)
class Shift:
    """Duty hours within one day, in local time; ``end`` is the first minute off duty."""

    start: time
    end: time


@dataclass(frozen=True)
class Bureau:
    """One judicial bureau. Times of the roster are Chinese local time."""

    name: str
    place: Place
    shifts: tuple[Shift, ...]
    roster: Mapping[int, Sequence[str]]  # weekday (Monday is 0) -> who is on duty
    is_workday: Callable[[date], bool]
    phone: str = ""  # the bureau's own line; empty where it has none to publish
    address: str = ""
    extra_days: Mapping[date, bool] = field(default_factory=dict)  # on duty or not, by decision

    def duty_on(self, day: date) -> tuple[str, ...]:
        """Who is on duty on ``day``; empty on a day off.

        A working Saturday or Sunday without a roster of its own (调休) takes Monday's.
        """
        works = self.extra_days.get(day, self.is_workday(day))
        if not works:
            return ()
        names = self.roster.get(day.weekday())
        if names is None and day.weekday() >= 5:
            names = self.roster.get(0)
        return tuple(names or ())

    def on_duty(self, now: datetime) -> tuple[str, ...]:
        """Who is on duty at this moment; empty outside duty hours."""
        local = now.astimezone(CHINA)
        if any(shift.start <= local.time() < shift.end for shift in self.shifts):
            return self.duty_on(local.date())
        return ()

    def next_opening(self, now: datetime) -> datetime | None:
        """When somebody is next on duty, in local time; None when no day ahead has a roster."""
        local = now.astimezone(CHINA)
        for ahead in range(_LOOK_AHEAD_DAYS):
            day = local.date() + timedelta(days=ahead)
            if not self.duty_on(day):
                continue
            for shift in self.shifts:
                opening = datetime.combine(day, shift.start, CHINA)
                if opening > local:
                    return opening
        return None
