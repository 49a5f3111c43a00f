"""Overtime pay (加班工资): 150, 200 and 300 per cent of the hourly wage.

劳动法 44; 工资支付暂行规定 13; 劳社部发〔2008〕3号: a month has 21.75 paid days of eight hours.
"""

from __future__ import annotations

from decimal import Decimal

from casework.domain.calculators.result import Result
from casework.domain.calculators.sheet import Sheet, fen

NAME = "overtime"
_PAID_HOURS = Decimal("21.75") * 8
_DAY = Decimal(8)
_MOST_A_MONTH = Decimal(36)  # 劳动法 41
_RATES = {"weekday": Decimal("1.5"), "restday": Decimal(2), "holiday": Decimal(3)}


def calculate(sheet: Sheet) -> Result:
    """The overtime pay of a month, or of many like it. Raises ``MissingInput`` without hours."""
    hourly = _hourly(sheet)
    hours = {kind: _hours(sheet, kind) for kind in _RATES}
    if not any(hours.values()):
        raise sheet.missing("weekday_hours", "restday_days", "holiday_days")
    months: Decimal = sheet.get("months", Decimal(1))
    each = Decimal(0)
    for kind, rate in _RATES.items():
        if hours[kind]:
            amount = fen(hourly * hours[kind] * rate)
            each += amount
            sheet.line(kind, hours=hours[kind], amount=amount)
            sheet.item(f"item_{kind}", amount * months)
    total = each * months
    if months != 1:
        sheet.line("times", each=each, months=months, amount=fen(total))
    paid: Decimal | None = sheet.get("paid")
    if paid is not None:
        sheet.line("paid", paid=paid)
        total = max(total - paid, Decimal(0))
    sheet.cite("base", "contract", "proof")
    if hours["restday"]:
        sheet.caveat("restday_rest")
    if hours["weekday"] + hours["restday"] > _MOST_A_MONTH:
        sheet.caveat("too_long")
        sheet.cite("limit")
    for key in ("base", "proof", "other_hours"):
        sheet.caveat(key)
    return sheet.result("due", total)


def _hourly(sheet: Sheet) -> Decimal:
    given: Decimal | None = sheet.get("hourly")
    if given is not None:
        sheet.line("given", hourly=given)
        return given
    sheet.need("wage")
    wage: Decimal = sheet.get("wage")
    sheet.line("hourly", wage=wage, hourly=fen(wage / _PAID_HOURS))
    return wage / _PAID_HOURS


def _hours(sheet: Sheet, kind: str) -> Decimal:
    hours: Decimal = sheet.get(f"{kind}_hours", Decimal(0))
    if kind == "weekday":
        return hours
    days: Decimal = sheet.get(f"{kind}_days", Decimal(0))
    return hours + days * _DAY
