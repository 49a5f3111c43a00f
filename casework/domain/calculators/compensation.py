"""Economic compensation (经济补偿) N, N+1 and 2N when a labour contract ends.

劳动合同法 46 (when), 47 (how much), 40 (one month in place of notice), 87 (twice for an unlawful
dismissal); 劳动合同法实施条例 20, 25, 27.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from casework.domain.calculators.periods import after_months, full_months
from casework.domain.calculators.result import Result
from casework.domain.calculators.sheet import Sheet, fen

NAME = "compensation"
_LAW_IN_FORCE = date(2008, 1, 1)
_HALF, _TENTH = Decimal("0.5"), Decimal("0.1")
_MOST_YEARS = Decimal(12)  # for those whose wage is capped (劳动合同法 47)
_UNPAID = ("resigned", "asked", "fault")
_ARTICLE_BY_REASON = {
    "forced": "forced",
    "layoff": "layoff",
    "agreed": "agreed",
    "expired": "ended",
    "closed": "ended",
}


def calculate(sheet: Sheet) -> Result:
    """N, N+1 and 2N, and the one that the reason given leads to.

    Raises ``MissingInput`` where neither the years nor both days are known.
    """
    reason = sheet.get("reason", "unknown")
    sheet.cite("n")
    if reason in _UNPAID:
        sheet.cite(*(("fault", "n2") if reason == "fault" else ("forced",)))
        return sheet.result(f"none_{reason}", Decimal(0))
    units = _units(sheet, from_2008=reason != "unlawful")
    base, units = _base(sheet, units)
    n = fen(base * units)
    sheet.cite("month_wage")
    sheet.caveat("wage_hint")
    sheet.line("n", base=base, units=units, amount=n)
    sheet.item("item_n", n)
    if reason in _ARTICLE_BY_REASON:
        sheet.cite(_ARTICLE_BY_REASON[reason])
    n1 = _with_notice(sheet, n, reason)
    n2 = _double(sheet, n, reason)
    sheet.caveat("proof")
    sheet.cite("proof")
    if reason == "unlawful":
        return sheet.result("due_2n", n2)
    if n1 is not None and reason == "no_fault":
        return sheet.result("due_n1", n1)
    if reason == "unknown":
        sheet.caveat("reasons_hint")
        return sheet.result("open", n=n, n2=n2)
    return sheet.result("due_n", n)


def _units(sheet: Sheet, from_2008: bool) -> Decimal:
    """How many monthly wages the years of work are worth: whole, half or none for the rest."""
    years, rest = _service(sheet, from_2008)
    rest_said = max(rest.quantize(_TENTH, ROUND_DOWN), _TENTH)
    sheet.line("years_months" if rest else "years", years=years, months=rest_said)
    units = Decimal(years)
    if rest >= 6:
        units += 1
        sheet.line("more", months=rest_said)
    elif rest > 0:
        units += _HALF
        sheet.line("less")
    sheet.line("units", units=units)
    return units


def _service(sheet: Sheet, from_2008: bool) -> tuple[int, Decimal]:
    """Whole years of work, and the months beyond them; a part of a month is a part of one."""
    sheet.in_order("start", "end", sheet.today)
    start: date | None = sheet.get("start")
    years: Decimal | None = sheet.get("years")
    months: Decimal | None = sheet.get("months")
    if years is None and months is None:
        if start is None:
            raise sheet.missing("years")
        end: date = sheet.get("end", sheet.today)
        if from_2008 and start < _LAW_IN_FORCE <= end:
            sheet.line("before")
            sheet.cite("before")
            start = _LAW_IN_FORCE
        after = end + timedelta(days=1)  # the last day was worked
        whole = full_months(start, after)
        days = (after - after_months(start, whole)).days
        return whole // 12, Decimal(whole % 12) + (Decimal(days) / 31 if days else 0)
    total = (years or Decimal(0)) * 12 + (months or Decimal(0))
    return int(total // 12), total % 12


def _base(sheet: Sheet, units: Decimal) -> tuple[Decimal, Decimal]:
    """The monthly wage that counts, and the units after the cap of twelve years."""
    wage: Decimal = sheet.get("wage")
    local: Decimal | None = sheet.get("local_wage")
    least: Decimal | None = sheet.get("min_wage")
    if local is not None and wage > local * 3:
        cap = local * 3
        sheet.line("capped", wage=wage, local=local, cap=cap)
        return cap, min(units, _MOST_YEARS)
    if local is None:
        sheet.caveat("cap_hint")
    if least is not None and wage < least:
        sheet.line("floor", base=least)
        return least, units
    sheet.line("base", base=wage)
    return wage, units


def _with_notice(sheet: Sheet, n: Decimal, reason: str) -> Decimal | None:
    if reason not in ("unknown", "no_fault") or sheet.get("notice") is True:
        return None
    last: Decimal = sheet.get("last_wage", sheet.get("wage"))
    n1 = n + last
    sheet.line("n1", last=last, amount=fen(n1))
    sheet.item("item_n1", n1)
    sheet.cite("n1")
    return n1


def _double(sheet: Sheet, n: Decimal, reason: str) -> Decimal:
    n2 = n * 2
    if reason in ("unknown", "unlawful", "no_fault", "layoff"):
        sheet.line("n2", n=n, amount=n2)
        sheet.item("item_2n", n2)
        sheet.cite("n2")
    return n2
