"""Shorthands for the tests of calculators."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from casework.domain.calculators import Result, calculate

TODAY = date(2026, 11, 22)


def work(name: str, today: date = TODAY, **given: Any) -> Result:
    """The result of a calculator on a fixed day; ``from_`` stands for the input ``from``."""
    return calculate(name, {key.rstrip("_"): value for key, value in given.items()}, today)


def amount(name: str, **given: Any) -> Decimal | None:
    return work(name, **given).amount


def items(result: Result) -> dict[str, Any]:
    """Every figure of a result by its name: a sum as a number, a day as a day."""
    return {item.name: item.day if item.amount is None else item.amount for item in result.items}


def articles(result: Result) -> set[tuple[str, str]]:
    return {(one.law, one.article) for one in result.citations}
