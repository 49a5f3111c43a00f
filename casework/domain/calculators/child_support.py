"""Roughly what child support comes to (抚养费): 婚姻家庭编解释（一）49, until 18 (53); 民法典 1085."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from casework.domain.calculators.periods import after_months, full_months
from casework.domain.calculators.result import Result
from casework.domain.calculators.sheet import Sheet, fen

NAME = "child_support"
_LOW, _HIGH, _MOST = Decimal("0.2"), Decimal("0.3"), Decimal("0.5")
_OF_AGE_MONTHS = 18 * 12


def calculate(sheet: Sheet) -> Result:
    """The range a month for all children together."""
    income: Decimal = sheet.get("income")
    children: int = sheet.get("children", 1)
    low = fen(income * _LOW)
    high = fen(income * (_HIGH if children == 1 else _MOST))
    sheet.cite("base")
    key = "one" if children == 1 else "more"
    sheet.line(key, income=income, children=children, low=low, high=high)
    sheet.item("item_low", low)
    sheet.item("item_high", high)
    born: date | None = sheet.get("born")
    if born is not None:
        of_age = after_months(born, _OF_AGE_MONTHS)
        if of_age > sheet.today:
            sheet.line("until", day=of_age, months=full_months(sheet.today, of_age))
            sheet.item("item_until", day=of_age)
            sheet.caveat("early")
            sheet.cite("until")
        else:
            sheet.caveat("grown")
            sheet.cite("grown")
    sheet.caveat("needs")
    if sheet.get("fixed") is not True:
        sheet.caveat("no_fixed")
    sheet.caveat("no_limit")
    sheet.cite("no_limit")
    return sheet.result("due", low=low, high=high)
