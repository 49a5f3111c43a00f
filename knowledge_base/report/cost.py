"""What the search over the statutes costs as the library grows, as a page (``suqiu bench
statutes --report``)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from knowledge_base.report import charts
from knowledge_base.report.page import page, words

_LINES = ("ranking", "bm25")
_MEASURES = ("median_ms", "prepare_s", "peak_mb")
Costs = Sequence[Mapping[str, Any]]


def cost_report(costs: Costs, questions: int, day: date) -> str:
    """The page for the figures of ``statutes.cost.measure_costs``."""
    say = words()["cost"]
    return page(
        "cost",
        day,
        lead=say["lead"].format(questions=questions),
        costs=costs,
        plots={name: _chart(costs, name) for name in _MEASURES},
    )


def _chart(costs: Costs, measure: str) -> charts.Chart:
    """Both axes by powers of ten: a straight line is a cost that grows as the library does."""
    say = words()["cost"]["plots"][measure]
    values = [max(float(cost[name][measure]), 1e-3) for cost in costs for name in _LINES]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high = max(high, low + 1)
    sizes = [math.log10(cost["articles"]) for cost in costs]
    first, last = min(sizes), max(*sizes, min(sizes) + 1)

    def across(size: float) -> float:
        return (size - first) / (last - first)

    def up(value: float) -> float:
        return (math.log10(max(value, 1e-3)) - low) / (high - low)

    return charts.Chart(
        alt=say["alt"],
        x=words()["cost"]["x"],
        y=say["y"],
        rows=charts.rows_at([(up(10.0**n), f"{10.0**n:g}") for n in range(low, high + 1)]),
        columns=charts.columns_at(
            [(across(math.log10(cost["articles"])), _short(cost["articles"])) for cost in costs]
        ),
        lines=[
            charts.curve(
                [
                    (across(math.log10(cost["articles"])), up(float(cost[name][measure])), 3)
                    for cost in costs
                ],
                "" if name == "ranking" else "second",
                texts=[f"{cost['articles']:,}: {cost[name][measure]:g}" for cost in costs],
            )
            for name in reversed(_LINES)
        ],
    )


def _short(count: int) -> str:
    """60,000 as 6万, 1,000 as 1000."""
    return f"{count / 10_000:g}万" if count >= 10_000 else str(count)
