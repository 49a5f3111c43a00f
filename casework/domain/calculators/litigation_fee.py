"""Court fees (诉讼费用): 诉讼费用交纳办法 13-16; halved once only (民诉法解释 206)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from casework.domain.calculators.result import Result
from casework.domain.calculators.sheet import Sheet, fen
from casework.domain.calculators.spec import table

NAME = "litigation_fee"
_APPLICATIONS = ("enforcement", "preservation", "payment_order")


def calculate(sheet: Sheet) -> Result:
    """The fee, or its range where each province sets it. Raises ``MissingInput`` without a sum
    where the fee follows from it.
    """
    kind: str = sheet.get("kind", "property")
    amount: Decimal | None = sheet.get("amount")
    fees = table("litigation_fees")
    sheet.uses(fees)
    if kind in ("property", "payment_order") and amount is None:
        raise sheet.missing("amount")
    low, high = _fee(sheet, fees.content, kind, amount)
    applied = kind in _APPLICATIONS
    sheet.cite("apply" if applied else "case")
    half: str = sheet.get("half", "")
    halved = half not in ("", "none") and not applied and kind != "objection"
    if halved:
        sheet.cite("half")
        why = sheet.words(f"half_{half}")
        sheet.line("half", why=why, full=_span(low, high), fee=_span(low / 2, high / 2))
        low, high = low / 2, high / 2
    _remarks(sheet, kind)
    if low != high:
        sheet.item("item_low", low)
        sheet.item("item_high", high)
        return sheet.result("due_range", low=fen(low), high=fen(high))
    sheet.item("item", low)
    if half or applied or kind == "objection":
        return sheet.result("due", low)
    sheet.cite("half")
    sheet.item("item_half", low / 2)
    return sheet.result("due_half", low, half=fen(low / 2))


def _fee(
    sheet: Sheet, fees: Mapping[str, Any], kind: str, amount: Decimal | None
) -> tuple[Decimal, Decimal]:
    """The lowest and the highest fee, which mostly are the same."""
    if kind == "payment_order":
        assert amount is not None  # noqa: S101 - asked for above
        full = _banded(sheet, fees["property"], amount)
        third = fen(full / 3)
        sheet.line("third", full=full, fee=third)
        return third, third
    if kind == "intellectual" and amount is not None:
        kind = "property"
    if kind == "enforcement" and amount is None:
        kind = "enforcement_none"
    rule = fees[kind]
    if "fixed" in rule:
        fixed = Decimal(rule["fixed"])
        sheet.line("fixed", fee=fixed)
        return fixed, fixed
    if "range" in rule:
        low, high = (Decimal(limit) for limit in rule["range"])
        sheet.line("range", low=low, high=high)
        more = _above(sheet, rule, amount) if amount is not None and "bands" in rule else Decimal(0)
        return low + more, high + more
    fee = _banded(sheet, rule, amount or Decimal(0))
    return fee, fee


def _banded(sheet: Sheet, rule: Mapping[str, Any], amount: Decimal) -> Decimal:
    flat, limit = Decimal(rule["flat"]), Decimal(rule["flat_to"])
    sheet.line("flat", limit=limit, fee=flat)
    fee = flat + _bands(sheet, rule["bands"], limit, amount)
    most = rule.get("most")
    if most is not None and fee > most:
        sheet.line("most", most=Decimal(most))
        fee = Decimal(most)
    return fen(fee)


def _above(sheet: Sheet, rule: Mapping[str, Any], amount: Decimal) -> Decimal:
    limit = Decimal(rule["free_to"])
    sheet.line("free", limit=limit)
    return fen(_bands(sheet, rule["bands"], limit, amount))


def _bands(sheet: Sheet, bands: list[Any], low: Decimal, amount: Decimal) -> Decimal:
    """The sum over the bands above ``low``."""
    fee = Decimal(0)
    for limit, percent in bands:
        if amount <= low:
            break
        high = amount if limit is None else min(amount, Decimal(limit))
        part, share = high - low, Decimal(str(percent))
        one = part * share / 100
        key = "band_open" if limit is None else "band"
        sheet.line(key, low=low, high=limit and Decimal(limit), part=part, percent=share, fee=one)
        fee += one
        low = high
    return fee


def _remarks(sheet: Sheet, kind: str) -> None:
    if kind in _APPLICATIONS:
        caveat, cite = {
            "enforcement": ("later", "enforcing"),
            "preservation": ("preserved", "preserving"),
            "payment_order": ("ordered", "ordering"),
        }[kind]
        sheet.caveat(caveat)
        sheet.cite(cite)
        return
    if kind == "labour":
        sheet.caveat("wages")
        sheet.caveat("arbitration")
        sheet.cite("arbitration")
    if kind in ("divorce", "personality", "other"):
        sheet.caveat("both")
    sheet.caveat("prepaid")
    sheet.caveat("relief")
    sheet.cite("paying", "relief")


def _span(low: Decimal, high: Decimal) -> str:
    one, two = (f"{fen(value):,f}".removesuffix(".00") for value in (low, high))
    return one if one == two else f"{one}–{two}"
