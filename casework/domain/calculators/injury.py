"""Damages for personal injury and road accidents (人身损害赔偿), item by item.

人身损害赔偿解释 6-17, 22; 民法典 1179, 1173, 1213; the compulsory motor insurance pays first.
Statistics of the province are given by the user: they change every year and differ by court.
"""

from __future__ import annotations

from decimal import Decimal

from casework.domain.calculators.result import Result
from casework.domain.calculators.sheet import Sheet, fen
from casework.domain.calculators.spec import table

NAME = "injury"
_CAVEAT_BY_ITEM = {
    "lost": ("lost_term",),
    "nursing": ("nursing_term",),
    "disability": ("percent", "income_where", "adjust"),
    "death": ("income_where",),
    "funeral": ("income_where",),
    "dependants": ("income_where",),
}
# Which limit of the compulsory insurance an item falls under; all others count as 死亡伤残.
_MEDICAL = ("medical", "later_medical", "food", "nutrition")


def calculate(sheet: Sheet) -> Result:
    """Every item that was given, their sum, and the share of the other side."""
    losses: dict[str, Decimal] = {}
    _treatment(sheet, losses)
    _disability_or_death(sheet, losses)
    for name in ("device", "distress", "property_loss"):
        _as_given(sheet, losses, name)
    if not losses:
        raise sheet.missing("medical", "lost_days", "grade")
    total = sum(losses.values(), Decimal(0))
    sheet.line("total", amount=total)
    for name, amount in losses.items():
        sheet.item(f"item_{name}", amount)
        for key in _CAVEAT_BY_ITEM.get(name, ()):
            sheet.caveat(key)
    sheet.cite("base", "limit")
    for key in ("evidence", "limit"):
        sheet.caveat(key)
    if not sheet.get("motor") and sheet.get("share") is None:
        return sheet.result("due", total)
    sheet.item("item_total", total)
    return sheet.result("due_share", _shared(sheet, losses, total), total=total)


def years_for(age: int) -> int:
    """Years of 残疾赔偿金 or 死亡赔偿金 by age (人身损害赔偿解释 12, 15)."""
    if age >= 75:
        return 5
    return 20 if age <= 60 else 20 - (age - 60)


def _treatment(sheet: Sheet, losses: dict[str, Decimal]) -> None:
    for name in ("medical", "later_medical"):
        _as_given(sheet, losses, name, "medical")
    _daily(sheet, losses, "food", "hospital_days", "food_daily")
    _as_given(sheet, losses, "nutrition")
    _as_given(sheet, losses, "transport")
    _daily(sheet, losses, "lost", "lost_days", "daily_income")
    _daily(sheet, losses, "nursing", "nursing_days", "nursing_daily", sheet.get("nurses", 1))


def _as_given(sheet: Sheet, losses: dict[str, Decimal], name: str, cite: str = "") -> None:
    amount: Decimal | None = sheet.get(name)
    if amount:
        losses[name] = fen(amount)
        sheet.line(name, amount=losses[name])
        sheet.cite(cite or name.removesuffix("_loss"))


def _daily(
    sheet: Sheet, losses: dict[str, Decimal], name: str, days_of: str, rate_of: str, people: int = 1
) -> None:
    days: Decimal | None = sheet.get(days_of)
    daily: Decimal | None = sheet.get(rate_of)
    if days is None and (daily is None or name == "food"):
        return
    if daily is None and name == "food":
        return  # days in hospital alone are no mistake
    sheet.need(days_of, rate_of)
    assert days is not None and daily is not None  # noqa: S101, PT018 - asked for above
    losses[name] = fen(days * daily * people)
    sheet.line(name, daily=daily, days=days, nurses=people, amount=losses[name])
    sheet.cite(name)


def _disability_or_death(sheet: Sheet, losses: dict[str, Decimal]) -> None:
    grade: int | None = sheet.get("grade")
    died = bool(sheet.get("death"))
    percent = 100 if died else (11 - grade) * 10 if grade is not None else 0
    if not percent:
        return
    sheet.need("age", "yearly_income")
    age: int = sheet.get("age")
    income: Decimal = sheet.get("yearly_income")
    years = years_for(age)
    sheet.line("years", age=age, years=years)
    name = "death" if died else "disability"
    losses[name] = fen(income * years * percent / 100)
    sheet.line(name, grade=grade, percent=percent, income=income, years=years, amount=losses[name])
    sheet.cite(name)
    wage: Decimal | None = sheet.get("average_wage")
    if died and wage is not None:
        losses["funeral"] = fen(wage * 6)
        sheet.line("funeral", wage=wage, amount=losses["funeral"])
        sheet.cite("funeral")
    if sheet.get("dependants"):
        losses["dependants"] = _dependants(sheet, percent)


def _dependants(sheet: Sheet, percent: int) -> Decimal:
    """被扶养人生活费, year by year: together never more than a year's spending (解释 17)."""
    sheet.need("yearly_spending")
    spending: Decimal = sheet.get("yearly_spending")
    parts: list[tuple[int, Decimal]] = []
    for age, supporters in sheet.get("dependants"):
        years = 18 - age if age < 18 else years_for(age)
        yearly = spending * percent / 100 / supporters
        parts.append((years, yearly))
        sheet.line(
            "dependant", age=age, supporters=supporters, years=years, percent=percent,
            spending=spending, yearly=fen(yearly),
        )  # fmt: skip
    amount = Decimal(0)
    for year in range(max(years for years, _ in parts)):
        together = sum((yearly for years, yearly in parts if year < years), Decimal(0))
        amount += min(together, spending)
    amount = fen(amount)
    sheet.line("dependants", amount=amount, spending=spending)
    sheet.cite("dependants")
    return amount


def _shared(sheet: Sheet, losses: dict[str, Decimal], total: Decimal) -> Decimal:
    share: Decimal = sheet.get("share", Decimal(100))
    first = _insured(sheet, losses) if sheet.get("motor") else Decimal(0)
    rest = total - first
    amount = fen(rest * share / 100)
    sheet.line("share", rest=rest, share=share, amount=amount)
    sheet.item("item_share", amount)
    sheet.cite("share")
    return first + amount


def _insured(sheet: Sheet, losses: dict[str, Decimal]) -> Decimal:
    """What the compulsory insurance of a motor vehicle at fault pays first."""
    rules = table("motor_insurance")
    limits = {name: Decimal(limit) for name, limit in rules.content["at_fault"].items()}
    sums = dict.fromkeys(limits, Decimal(0))
    for name, amount in losses.items():
        group = (
            "medical" if name in _MEDICAL else "property" if name == "property_loss" else "death"
        )
        sums[group] += amount
    paid = {name: min(amount, limits[name]) for name, amount in sums.items()}
    total = sum(paid.values(), Decimal(0))
    sheet.uses(rules)
    sheet.line(
        "insurance", amount=total, **paid, **{f"{name}_limit": v for name, v in limits.items()}
    )
    sheet.item("item_insurance", total)
    for key in ("insurance_limits", "share_pedestrian"):
        sheet.caveat(key)
    sheet.cite("insurance")
    return total
