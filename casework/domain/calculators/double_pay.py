"""Double pay without a written contract (二倍工资).

劳动合同法 82, 14; 劳动合同法实施条例 6, 7 (from the day after the first month to the day before the
first year is full); 劳动争议解释（二） 6 (part of a month by its working days), 9; limitation by
劳动争议调解仲裁法 27, whose start courts read differently, so both figures are given.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from casework.domain.calculators import deadlines, workdays
from casework.domain.calculators.periods import add_months, after_months, full_months
from casework.domain.calculators.result import Result
from casework.domain.calculators.sheet import Sheet, fen

NAME = "double_pay"
_PAID_DAYS = Decimal("21.75")
_DAY = timedelta(days=1)


def calculate(sheet: Sheet) -> Result:
    """The second wage for the months without a contract, and what of it lies within a year."""
    sheet.in_order("start", "signed")
    sheet.in_order("start", "end")
    start: date = sheet.get("start")
    first, full = after_months(start, 1), after_months(start, 12) - _DAY
    last = _last(sheet, full)
    sheet.cite("base")
    if first > last:
        signed = sheet.get("signed")
        return sheet.result("none_signed" if signed else "none_month", Decimal(0))

    sheet.line("window", first=first, full=full)
    sheet.line("until", last=last)
    amount = _pay(sheet, first, last, shown=True)
    sheet.line("total", amount=amount)
    sheet.item("item", amount)
    _limitation(sheet, first, last)
    if last == full:
        sheet.caveat("open_ended")
        sheet.cite("year")
    sheet.caveat("exceptions")
    sheet.caveat("proof")
    sheet.cite("except")
    return sheet.result("due", amount)


def _last(sheet: Sheet, full: date) -> date:
    """The last day that counts: before signing, the end of work, today, or before a full year."""
    end: date = sheet.get("end", sheet.today)
    signed: date | None = sheet.get("signed")
    last = min(full, end, sheet.today)
    return last if signed is None else min(last, signed - _DAY)


def _pay(sheet: Sheet, first: date, last: date, shown: bool = False) -> Decimal:
    wage: Decimal = sheet.get("wage")
    months = full_months(first, last + _DAY)
    amount = fen(wage * months)
    if months and shown:
        sheet.line("months", months=months, wage=wage, amount=amount)
    rest = after_months(first, months)
    if rest <= last:
        days = sum(workdays.is_workday(rest + _DAY * n) for n in range((last - rest).days + 1))
        part = min(fen(wage / _PAID_DAYS * days), wage)
        amount += part
        if shown:
            sheet.line("days", first=rest, last=last, days=days, wage=wage, amount=part)
            sheet.cite("days")
    return amount


def _limitation(sheet: Sheet, first: date, last: date) -> None:
    claimed: date = sheet.get("claimed", sheet.today)
    back = add_months(claimed, -12)
    left = Decimal(0) if back > last else _pay(sheet, max(first, back), last)
    sheet.item("item_year", left)
    by = deadlines.due("labour_arbitration", last).last_day
    sheet.item("item_by", day=by)
    sheet.caveat("limitation", claimed=claimed, left=left)
    sheet.cite("limitation")
