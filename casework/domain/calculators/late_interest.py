"""Interest for being late with a judgment (迟延履行期间的债务利息).

民事诉讼法 264; 执行程序中计算迟延履行期间的债务利息的解释 1-4: on top of what the judgment itself
says, 0.0175 per cent a day of the money owed, from the end of the term for performance.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from casework.domain.calculators.result import Result
from casework.domain.calculators.sheet import Sheet, fen

NAME = "late_interest"
_DAILY = Decimal("0.000175")
_YEAR = 365


def calculate(sheet: Sheet) -> Result:
    """The doubled part, and the general interest where the judgment names a rate."""
    principal: Decimal = sheet.get("principal")
    due: date = sheet.get("due")
    end: date = sheet.get("end", sheet.today)
    days = (end - due).days
    sheet.cite("base", "order")
    if days <= 0:
        return sheet.result("none", Decimal(0))
    sheet.line("days", due=due, end=end, days=days)
    double = fen(principal * _DAILY * days)
    sheet.line("double", principal=principal, days=days, amount=double)
    sheet.item("item_double", double)
    total = double
    rate: Decimal | None = sheet.get("rate")
    if rate is not None:
        general = fen(principal * rate * days / (100 * _YEAR))
        sheet.line("general", principal=principal, rate=rate, days=days, amount=general)
        sheet.item("item_general", general)
        total += general
    for key in ("excluded", "paid", "order", "enforce"):
        sheet.caveat(key)
    return sheet.result("due", total)
