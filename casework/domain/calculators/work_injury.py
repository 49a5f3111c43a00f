"""Benefits for an injury at work (工伤待遇): lump sums by grade, and those for a death.

工伤保险条例 35-37 (months of one's own wage by grade), 39 (death: twenty times the national urban
disposable income of the year before), 64 (the wage between 60 and 300 per cent of the local average).
The two grants on leaving are set by each province: only provinces in the table are worked out.
"""

from __future__ import annotations

from decimal import Decimal

from casework.domain.calculators.result import Citation, Result
from casework.domain.calculators.sheet import Sheet, fen
from casework.domain.calculators.spec import table

NAME = "work_injury"
_TIMES_INCOME = 20
_SPOUSE, _OTHER, _ORPHAN = 40, 30, 10  # per cent of the wage a month (工伤保险条例 39)


def calculate(sheet: Sheet) -> Result:
    """The sums for a grade, or for a death. Raises ``MissingInput`` where neither is known."""
    if sheet.get("death"):
        return _death(sheet)
    sheet.need("grade")
    sheet.need("wage")
    grade: int = sheet.get("grade")
    standards = table("work_injury")
    sheet.uses(standards)
    base = _own_wage(sheet)
    months = standards.content["grant_months"][grade]
    total = fen(base * months)
    sheet.line("grant", grade=grade, base=base, months=months, amount=total)
    sheet.item("item_grant", total)
    sheet.cite("grade_high" if grade <= 4 else "grade_middle" if grade <= 6 else "grade_low")
    monthly = _monthly(sheet, grade, base)
    if grade >= 5:
        total += _on_leaving(sheet, grade)
    for key in ("uninsured", "other", "first"):
        sheet.caveat(key)
    sheet.cite("report", "uninsured")
    if monthly is not None and grade <= 4:
        return sheet.result("due_monthly", total, monthly=monthly)
    return sheet.result("due", total)


def _own_wage(sheet: Sheet) -> Decimal:
    """本人工资, between 60 and 300 per cent of the local average where that is known."""
    wage: Decimal = sheet.get("wage")
    local: Decimal | None = sheet.get("local_wage")
    sheet.line("own", wage=wage)
    sheet.cite("wage")
    if local is None:
        sheet.caveat("bounds")
        return wage
    low, high = fen(local * Decimal("0.6")), local * 3
    if wage < low:
        sheet.line("low", base=low)
    elif wage > high:
        sheet.line("high", base=high)
    return min(max(wage, low), high)


def _monthly(sheet: Sheet, grade: int, base: Decimal) -> Decimal | None:
    percent = table("work_injury").content["monthly_percent"].get(grade)
    if percent is None:
        return None
    amount = fen(base * percent / 100)
    key = "monthly_fund" if grade <= 4 else "monthly_employer"
    sheet.line(key, grade=grade, base=base, percent=percent, amount=amount)
    sheet.item("item_monthly", amount)
    return amount


def _on_leaving(sheet: Sheet, grade: int) -> Decimal:
    """The two grants of the province where the contract ends; 0 where they cannot be worked out."""
    if sheet.get("leaving") is False:
        sheet.caveat("stay")
        return Decimal(0)
    row = table("work_injury").content["provinces"].get(sheet.get("province"))
    if row is None or sheet.get("leaving") is None:
        sheet.caveat("ask_local")
        return Decimal(0)
    local: Decimal | None = sheet.get("local_wage")
    if local is None:
        sheet.caveat("ask_wage")
        return Decimal(0)
    total = Decimal(0)
    for key in ("medical", "employment"):
        months = row[f"{key}_months"][grade]
        amount = fen(local * months)
        sheet.line(key, local=local, months=months, amount=amount)
        sheet.item(f"item_{key}", amount)
        total += amount
    sheet.add_citations((Citation(row["law"], row["article"]),))
    for note in row["notes"]:
        sheet.add_caveat(note)
    return total


def _death(sheet: Sheet) -> Result:
    total = _death_grant(sheet)
    sheet.cite("death")
    local: Decimal | None = sheet.get("local_wage")
    if local is None:
        sheet.caveat("funeral_ask")
    else:
        funeral = fen(local * 6)
        total += funeral
        sheet.line("funeral", local=local, amount=funeral)
        sheet.item("item_funeral", funeral)
    monthly = _pension(sheet)
    for key in ("uninsured", "first"):
        sheet.caveat(key)
    sheet.cite("report", "uninsured")
    if monthly is None:
        return sheet.result("due_death", total)
    return sheet.result("due_pension", total, monthly=monthly)


def _death_grant(sheet: Sheet) -> Decimal:
    income: Decimal | None = sheet.get("income")
    if income is not None:
        amount = fen(income * _TIMES_INCOME)
        sheet.line("death_given", income=income, amount=amount)
    else:
        standards = table("work_injury")
        sheet.uses(standards)
        by_year: dict[int, int] = standards.content["income"]
        year = sheet.get("year", sheet.today.year) - 1
        known = min(year, max(by_year))
        income = Decimal(by_year[max(known, min(by_year))])
        amount = fen(income * _TIMES_INCOME)
        sheet.line("death", year=known, income=income, amount=amount)
        if known != year:
            sheet.caveat("newest", year=year, known=known, income=income)
    sheet.item("item_death", amount)
    return amount


def _pension(sheet: Sheet) -> Decimal | None:
    others: int = sheet.get("others", 0)
    orphans: int = min(sheet.get("orphans", 0), others + bool(sheet.get("spouse")))
    percent = (_SPOUSE if sheet.get("spouse") else 0) + others * _OTHER + orphans * _ORPHAN
    if not percent or sheet.get("wage") is None:
        sheet.caveat("pension_ask")
        return None
    base = _own_wage(sheet)
    amount = fen(base * percent / 100)
    sheet.line("pension", base=base, percent=percent, amount=amount)
    if amount > base:
        amount = fen(base)
        sheet.line("pension_capped", amount=amount)
    sheet.item("item_pension", amount)
    return amount
