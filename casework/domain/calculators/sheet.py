"""The sheet a calculator writes on: working, items, articles and tables, in the order they come up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from casework.domain.calculators.deadlines import said
from casework.domain.calculators.inputs import BadInput, MissingInput, missing_of, say
from casework.domain.calculators.result import Citation, Item, Result, TableUse
from casework.domain.calculators.spec import Spec, Table

_FEN = Decimal("0.01")


def fen(value: Decimal) -> Decimal:
    """A sum rounded to the fen (分), half up."""
    return value.quantize(_FEN, ROUND_HALF_UP)


def plain(value: Any) -> str:
    """A value as people write it: ``12,345.6``, ``2026年3月1日``."""
    if isinstance(value, Decimal):
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, date):
        return said(value)
    return str(value)


class Sheet:
    """One calculation. Sentences are looked up in the calculator's file by key and filled in."""

    def __init__(self, spec: Spec, values: Mapping[str, Any], today: date) -> None:
        self.spec = spec
        self.today = today
        self._values = values
        self._lines: list[str] = []
        self._items: list[Item] = []
        self._caveats: list[str] = []
        self._citations: list[Citation] = []
        self._tables: list[TableUse] = []

    def get(self, name: str, default: Any = None) -> Any:
        """The value of an input, or ``default`` where it was not given."""
        if name not in self.spec.inputs:
            raise KeyError(name)
        return self._values.get(name, default)

    def need(self, *names: str) -> None:
        """Raise ``MissingInput`` unless all of these were given."""
        missing = [name for name in names if name not in self._values]
        if missing:
            raise self.missing(*missing)

    def missing(self, *names: str) -> MissingInput:
        return missing_of(self.spec, names)

    def in_order(self, first: str, second: str, default: date | None = None) -> None:
        """Raise ``BadInput`` where the day ``first`` lies after the day ``second``.

        ``default`` stands in for a ``second`` that was not given.
        """
        one, two = self.get(first), self.get(second, default)
        if one is not None and two is not None and one > two:
            labels = {name: self.spec.inputs[name].label for name in (first, second)}
            raise BadInput(
                say(
                    "order",
                    first=labels[first],
                    first_name=first,
                    second=labels[second],
                    second_name=second,
                )
            )

    def words(self, key: str, **values: Any) -> str:
        """A sentence of this calculator."""
        return self.spec.words[key].format(**{name: plain(v) for name, v in values.items()})

    def line(self, key: str, **values: Any) -> None:
        """A line of the working."""
        self._lines.append(self.words(key, **values))

    def add_line(self, text: str) -> None:
        """A line of the working that is already a sentence."""
        self._lines.append(text)

    def item(self, key: str, amount: Decimal | None = None, day: date | None = None) -> None:
        """A figure of the result, named by a word of the calculator."""
        self.add_item(self.words(key), amount, day)

    def add_item(self, name: str, amount: Decimal | None = None, day: date | None = None) -> None:
        self._items.append(Item(name, None if amount is None else fen(amount), day))

    def caveat(self, key: str, **values: Any) -> None:
        self.add_caveat(self.words(key, **values))

    def add_caveat(self, text: str) -> None:
        if text not in self._caveats:
            self._caveats.append(text)

    def cite(self, *keys: str) -> None:
        """Name the articles that carry a step, each once."""
        for key in keys:
            self.add_citations(self.spec.cites[key])

    def add_citations(self, citations: tuple[Citation, ...]) -> None:
        self._citations.extend(one for one in citations if one not in self._citations)

    def uses(self, table: Table) -> None:
        """Say that a figure was read from a table, and whether it is due for review."""
        use = TableUse(table.name, table.holds_for, table.source, table.review_by)
        if use not in self._tables:
            self._tables.append(use)
            if table.review_by < self.today:
                self.add_caveat(say("stale", name=table.name, day=said(table.review_by)))

    def result(
        self, conclusion: str, amount: Decimal | None = None, day: date | None = None, **values: Any
    ) -> Result:
        """The finished sheet; ``conclusion`` is the key of the sentence that says the outcome.

        ``amount`` and ``day`` are filled into it beside ``values``.
        """
        if amount is not None:
            values["amount"] = amount = fen(amount)
        if day is not None:
            values["day"] = day
        return Result(
            calculator=self.spec.name,
            title=self.spec.title,
            inputs=dict(self._values),
            conclusion=self.words(conclusion, **values),
            working=tuple(self._lines),
            citations=tuple(self._citations),
            amount=amount,
            day=day,
            items=tuple(self._items),
            caveats=tuple(self._caveats),
            tables=tuple(self._tables),
        )
