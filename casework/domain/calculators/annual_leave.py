"""Pay for annual leave not taken (未休年休假工资): 300 per cent of the daily wage.

职工带薪年休假条例 3, 5; 企业职工带薪年休假实施办法 5 and 12 (a part of the year), 10 (the 300 per cent
hold the wage that was paid anyway), 11 (21.75 days a month).
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, Decimal

from casework.domain.calculators.result import Result
from casework.domain.calculators.sheet import Sheet, fen

NAME = "annual_leave"
_PAID_DAYS = Decimal("21.75")


def calculate(sheet: Sheet) -> Result:
    """What is due beside the normal wage. Raises ``MissingInput`` where no days can be known."""
    wage: Decimal = sheet.get("wage")
    sheet.cite("base")
    days: Decimal | None = sheet.get("days")
    if days is None:
        if sheet.get("career") is None:
            raise sheet.missing("days", "career")
        if sheet.get("career") < 1:
            sheet.cite("lost")
            return sheet.result("not_yet", Decimal(0))
        days = _unused(sheet)
    for key in ("own_wish", "lost", "twelve"):
        sheet.caveat(key)
    sheet.cite("lost")
    if days <= 0:
        return sheet.result("none", Decimal(0))
    daily = wage / _PAID_DAYS
    total, amount = fen(daily * days * 3), fen(daily * days * 2)
    sheet.line("daily", wage=wage, daily=fen(daily))
    sheet.line("total", days=days, total=total, amount=amount, normal=total - amount)
    sheet.item("item_total", total)
    sheet.item("item_more", amount)
    return sheet.result("due", amount, days=days)


def entitlement(career: Decimal) -> int:
    """Days of leave a year by all years worked (职工带薪年休假条例 3)."""
    if career < 1:
        return 0
    return 5 if career < 10 else 10 if career < 20 else 15


def _unused(sheet: Sheet) -> Decimal:
    year = entitlement(sheet.get("career"))
    sheet.line("entitled", career=sheet.get("career"), days=year)
    sheet.cite("days")
    due = Decimal(year)
    joined: date | None = sheet.get("joined")
    left: date | None = sheet.get("left")
    if joined or left:
        due = _part_of_year(sheet, joined, left, year)
    taken: Decimal = sheet.get("taken", Decimal(0))
    days = max(due - taken, Decimal(0))
    sheet.line("unused", due=due, taken=taken, days=days)
    return days


def _part_of_year(sheet: Sheet, joined: date | None, left: date | None, year: int) -> Decimal:
    sheet.in_order("joined", "left")
    if joined and left and joined.year != left.year:
        joined = None  # who joined in an earlier year has been there since January
    last = left or date((joined or sheet.today).year, 12, 31)
    first = joined or date(last.year, 1, 1)
    calendar_days = (last - first).days + 1
    due = (Decimal(calendar_days) * year / 365).quantize(Decimal(1), ROUND_DOWN)
    key = "both" if joined and left else "joined" if joined else "left"
    sheet.line(key, joined=joined, left=left, calendar=calendar_days, year=year, days=due)
    sheet.cite(*(("joined",) if joined else ()), *(("left",) if left else ()))
    return min(due, Decimal(year))
