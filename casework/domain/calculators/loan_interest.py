"""Interest on a private loan (民间借贷) against four times the one-year LPR.

民间借贷规定 25 (the cap, at the LPR of the day the contract was made), 26 (interest taken off in
advance), 28 (after the due day), 31 (loans made before 20 August 2020: the old 24 per cent until
19 August 2020, then the LPR of the day of filing); 民法典 680 (nothing agreed means no interest).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from casework.domain.calculators import lpr
from casework.domain.calculators.result import Result
from casework.domain.calculators.sheet import Sheet, fen
from casework.domain.calculators.spec import table

NAME = "loan_interest"
_NEW_RULE = date(2020, 8, 20)
_OLD_RULE = date(2015, 9, 1)
_YEAR = 365


@dataclass
class _Sum:
    agreed: Decimal = Decimal(0)
    used: Decimal = Decimal(0)


def calculate(sheet: Sheet) -> Result:
    """How much interest a court supports, and whether what was agreed goes beyond it."""
    for second in ("end", "due", "filed"):
        sheet.in_order("start", second, None if second == "due" else sheet.today)
    principal = _principal(sheet)
    rate = _rate(sheet)
    start: date | None = sheet.get("start")
    if rate is None and sheet.get("overdue_rate") is None:
        return _nothing_agreed(sheet, principal)
    cap = _cap(sheet, start)
    sheet.cite("cap", "total", "bank")
    for key in ("compound", "bank"):
        sheet.caveat(key)
    shown = max(rate or Decimal(0), sheet.get("overdue_rate", Decimal(0)))
    over = shown > cap
    if start is None:
        used = min(shown, cap)
        amount, agreed = fen(principal * used / 100), fen(principal * shown / 100)
        sheet.line("year", principal=principal, agreed=agreed, used=used, amount=amount)
        sheet.item("item_agreed", agreed)
        sheet.item("item_year", amount)
        return sheet.result("over_year" if over else "within_year", amount, rate=shown, cap=cap)

    sums = _segments(sheet, principal, rate, start, cap)
    sheet.item("item_agreed", sums.agreed)
    sheet.item("item", sums.used)
    if sums.agreed > sums.used:
        sheet.item("item_cap", sums.agreed - sums.used)
    sheet.caveat("basis")
    key = "within" if not over else "over" if start >= _NEW_RULE else "over_old"
    return sheet.result(key, sums.used, rate=shown, cap=cap)


def _principal(sheet: Sheet) -> Decimal:
    principal: Decimal = sheet.get("principal")
    received: Decimal | None = sheet.get("received")
    if received is not None and received < principal:
        sheet.line("received", principal=received)
        sheet.cite("received")
        return received
    return principal


def _rate(sheet: Sheet) -> Decimal | None:
    """The agreed rate, per cent a year."""
    rate: Decimal | None = sheet.get("rate")
    monthly: Decimal | None = sheet.get("monthly_rate")
    if rate is None and monthly is not None:
        rate = monthly * 12
        sheet.line("monthly", monthly=monthly, rate=rate)
    elif rate is not None:
        sheet.line("yearly", rate=rate)
    return rate


def _cap(sheet: Sheet, start: date | None) -> Decimal:
    """Four times the LPR that counts now; the old rule is applied segment by segment."""
    given: Decimal | None = sheet.get("lpr")
    if given is not None:
        sheet.line("lpr_given", lpr=given, cap=given * 4)
        return given * 4
    day = start or sheet.today
    if start is None:
        sheet.caveat("no_day", day=day)
    elif start < _NEW_RULE:
        day = _filed(sheet)
    return _lpr(sheet, day) * 4


def _filed(sheet: Sheet) -> date:
    """The day of filing, whose LPR counts for what fell due under the new rule (规定 31)."""
    sheet.caveat("filed")
    filed: date = sheet.get("filed", sheet.today)
    return max(filed, _NEW_RULE)


def _lpr(sheet: Sheet, day: date, key: str = "lpr") -> Decimal:
    """The LPR of a day from 2019-08-20 on, written on the sheet."""
    rates = table(lpr.TABLE)
    found = lpr.rate_on(max(day, min(rates.content["rows"])))
    assert found is not None  # noqa: S101 - the day is not before the table begins
    sheet.uses(rates)
    until = rates.content["known_until"]
    if not found.sure:
        key = "lpr_newest"
        sheet.caveat("newest", until=until, day=day, lpr=found.percent)
    sheet.line(key, day=day, until=until, lpr=found.percent, cap=found.percent * 4)
    return found.percent


def _segments(
    sheet: Sheet, principal: Decimal, rate: Decimal | None, start: date, cap: Decimal
) -> _Sum:
    """Interest from ``start`` to the end, cut where the rule or the agreed rate changes."""
    end: date = sheet.get("end", sheet.today)
    due: date | None = sheet.get("due")
    overdue: Decimal | None = sheet.get("overdue_rate")
    old_cap = Decimal(table(lpr.TABLE).content["before"]["cap"])
    if start < _NEW_RULE:
        sheet.line("old")
        sheet.cite("old")
        if start < _OLD_RULE:
            sheet.caveat("very_old")
    if due is not None and due < end:
        sheet.cite("overdue")
    sums = _Sum()
    for first, last in _cut(start, end, due, _NEW_RULE):
        late = due is not None and first >= due and overdue is not None
        agreed = overdue if late and overdue is not None else (rate or Decimal(0))
        used = min(agreed, old_cap if first < _NEW_RULE else cap)
        days = (last - first).days
        amount = _interest(principal, used, days)
        sums.agreed += _interest(principal, agreed, days)
        sums.used += amount
        sheet.line(
            "overdue_segment" if late else "segment",
            start=first, end=last, days=days, rate=agreed, used=used, principal=principal,
            amount=amount,
        )  # fmt: skip
    return sums


def _nothing_agreed(sheet: Sheet, principal: Decimal) -> Result:
    """No interest before the due day; after it the LPR of that time (民间借贷规定 28)."""
    sheet.cite("none")
    due: date | None = sheet.get("due")
    end: date = sheet.get("end", sheet.today)
    if due is None or due >= end:
        sheet.caveat("no_start")
        return sheet.result("none", Decimal(0))
    sheet.cite("overdue")
    total = Decimal(0)
    for first, last in _cut(due, end, None, _NEW_RULE):
        if first < _NEW_RULE:
            used = Decimal(table(lpr.TABLE).content["before"]["overdue"])
            sheet.line("old_overdue")
            sheet.cite("old")
        else:
            day = due if due >= _NEW_RULE else _filed(sheet)
            used = sheet.get("lpr") or _lpr(sheet, day, "lpr_plain")
        days = (last - first).days
        amount = _interest(principal, used, days)
        total += amount
        sheet.line(
            "lpr_segment",
            start=first, end=last, days=days, used=used, principal=principal, amount=amount,
        )  # fmt: skip
    sheet.item("item", total)
    sheet.caveat("basis")
    return sheet.result("overdue", total)


def _cut(start: date, end: date, *cuts: date | None) -> list[tuple[date, date]]:
    """The stretches between ``start`` and ``end``, cut at the days that lie between them."""
    days = sorted({start, end, *(cut for cut in cuts if cut is not None and start < cut < end)})
    return list(pairwise(days))


def _interest(principal: Decimal, percent: Decimal, days: int) -> Decimal:
    return fen(principal * percent * days / (100 * _YEAR))
