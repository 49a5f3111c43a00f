"""What a calculator asks for and says: read from ``casework/data/calculators/{name}.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from casework.domain.calculators import data, deadlines
from casework.domain.calculators.result import Citation

KINDS = ("money", "percent", "number", "whole", "date", "choice", "yes", "ages")
# A sum, a share or a count beyond these is a slip of the keyboard.
_MOST = {"money": "10000000000", "percent": "10000", "number": "100000", "whole": "100000"}


@dataclass(frozen=True)
class InputSpec:
    """One figure or fact a calculator takes. ``label`` and ``example`` are for people.

    ``short`` is the label as it is asked for in a chat.
    """

    name: str
    kind: str
    label: str
    short: str
    required: bool = False
    example: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    least: Decimal = Decimal(0)
    most: Decimal | None = None
    above: bool = False  # the least value itself is refused


@dataclass(frozen=True)
class Spec:
    """A calculator's title, inputs and sentences. ``cites`` holds articles by the step they carry."""

    name: str
    title: str
    about: str
    inputs: Mapping[str, InputSpec]
    words: Mapping[str, str]
    cites: Mapping[str, tuple[Citation, ...]]


@dataclass(frozen=True)
class Table:
    """A table of figures with where it comes from and until when it may be trusted."""

    name: str
    holds_for: str
    source: str
    review_by: date
    content: Mapping[str, Any]


@cache
def load(name: str) -> Spec:
    """The words and inputs of a calculator. Raises ``ValueError`` where its file is not well formed."""
    loaded = data.load(f"calculators/{name}")
    inputs = {key: _input(name, key, value) for key, value in (loaded.get("inputs") or {}).items()}
    return Spec(
        name=name,
        title=loaded["title"],
        about=loaded["about"],
        inputs=inputs,
        words=loaded["words"],
        cites={
            key: tuple(Citation(law, article) for law, article in articles)
            for key, articles in loaded["cites"].items()
        },
    )


@cache
def table(name: str) -> Table:
    """A table of ``casework/data``."""
    loaded = data.load(name)
    return Table(loaded["name"], loaded["holds_for"], loaded["source"], loaded["review_by"], loaded)


def _input(calculator: str, name: str, loaded: Mapping[str, Any]) -> InputSpec:
    kind = loaded["kind"]
    if kind not in KINDS:
        raise ValueError(f"{calculator}.{name}: there is no kind {kind!r}")
    most = loaded.get("most", _MOST.get(kind))
    return InputSpec(
        name=name,
        kind=kind,
        label=loaded["label"],
        short=loaded.get("short", loaded["label"]),
        required=loaded.get("required", False),
        example=str(loaded.get("example", "")),
        choices=_choices(loaded),
        least=Decimal(str(loaded.get("least", 0))),
        most=None if most is None else Decimal(str(most)),
        above=loaded.get("above", False),
    )


def _choices(loaded: Mapping[str, Any]) -> Mapping[str, str]:
    if loaded.get("choices_from") == "deadlines":
        return {rule.id: rule.name for rule in deadlines.rules().values()}
    choices: Mapping[str, str] = loaded.get("choices", {})
    return choices
