"""What a calculator gives back: the figure, how it came about, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Citation:
    """An article of a law; ``article`` is its number: ``47``, ``26之一``."""

    law: str
    article: str


@dataclass(frozen=True)
class Item:
    """One line of a result: a sum in yuan, or a day."""

    name: str
    amount: Decimal | None = None
    day: date | None = None
    note: str = ""


@dataclass(frozen=True)
class TableUse:
    """A table a figure was read from: which region and time it holds for, and who says so."""

    name: str
    holds_for: str
    source: str
    review_by: date


@dataclass(frozen=True)
class Result:
    """A calculated answer. Money is in yuan with two decimals; sentences are plain Chinese.

    ``amount`` and ``day`` are the main figure where there is a single one; ``items`` holds all
    figures; ``conclusion`` says the outcome in one sentence.
    """

    calculator: str
    title: str
    inputs: Mapping[str, Any]
    conclusion: str
    working: tuple[str, ...]
    citations: tuple[Citation, ...]
    amount: Decimal | None = None
    day: date | None = None
    items: tuple[Item, ...] = ()
    caveats: tuple[str, ...] = ()
    tables: tuple[TableUse, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The result as plain JSON values: sums as numbers, days as ISO 8601."""
        return {
            "calculator": self.calculator,
            "title": self.title,
            "inputs": {name: _plain(value) for name, value in self.inputs.items()},
            "conclusion": self.conclusion,
            "amount": _plain(self.amount),
            "date": _plain(self.day),
            "items": [
                {"name": i.name, "amount": _plain(i.amount), "date": _plain(i.day), "note": i.note}
                for i in self.items
            ],
            "working": list(self.working),
            "citations": [{"law": c.law, "article": c.article} for c in self.citations],
            "caveats": list(self.caveats),
            "tables": [
                {
                    "name": t.name,
                    "holds_for": t.holds_for,
                    "source": t.source,
                    "review_by": t.review_by.isoformat(),
                }
                for t in self.tables
            ],
        }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
