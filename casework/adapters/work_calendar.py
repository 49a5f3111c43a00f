"""Chinese working days: public holidays and the weekends worked in exchange (调休)."""

from __future__ import annotations

from datetime import date

import chinese_calendar


class WorkCalendar:
    """The State Council's holiday notices, as the package ``chinesecalendar`` carries them.

    A year whose notice the installed package does not know yet counts Monday to Friday as
    working days: duty hours are then right except on the holidays themselves, and an operator
    can name those in the bureau file.
    """

    def is_workday(self, day: date) -> bool:
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return day.weekday() < 5
