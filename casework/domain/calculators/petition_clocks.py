"""The clocks of a petition (信访工作条例 22, 23, 34-36), for the steps whose days are known."""

from __future__ import annotations

from datetime import date

from casework.domain.calculators import deadlines
from casework.domain.calculators.result import Result
from casework.domain.calculators.sheet import Sheet

NAME = "petition_clocks"
# The step that was taken -> the clock it started, in the order of the procedure.
_CLOCKS = {
    "received": "petition_told",
    "accepted": "petition_decided",
    "opinion": "petition_review",
    "review_asked": "petition_review_due",
    "review_opinion": "petition_recheck",
    "recheck_asked": "petition_review_due",
}


def calculate(sheet: Sheet) -> Result:
    """Every clock that runs from the days given. Raises ``MissingInput`` where none was."""
    running = []
    for step, clock in _CLOCKS.items():
        start: date | None = sheet.get(step)
        if start is None:
            continue
        if step == "accepted" and sheet.get("extended"):
            clock = "petition_decided_extended"  # noqa: PLW2901 - the same clock, drawn out
        deadline = deadlines.due(clock, start)
        running.append(deadline)
        sheet.line("from", start=start, sentence=deadlines.sentence(deadline, sheet.today))
        sheet.add_item(deadline.rule.name, day=deadline.last_day)
        sheet.add_citations(deadline.rule.citations)
        for note in deadline.rule.notes:
            sheet.add_caveat(note)
    if not running:
        raise sheet.missing(*_CLOCKS)
    sheet.cite("base")
    for key in ("calendar", "other_clocks", "class"):
        sheet.caveat(key)
    ahead = [one for one in running if one.nearness(sheet.today) != "passed"]
    if not ahead:
        return sheet.result("all_passed")
    nearest = min(ahead, key=lambda one: one.last_day or date.max)
    sentence = deadlines.sentence(nearest, sheet.today)
    return sheet.result("due", day=nearest.last_day, sentence=sentence)
