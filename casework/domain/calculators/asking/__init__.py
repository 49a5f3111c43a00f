"""Knowing when a message asks for a figure, and taking the figures it gives.

Only an explicit question with figures of its own counts: ``我工资6000干了3年半被辞退能赔多少``. A story
that holds the same figures without asking is left alone, and so is a question without any figure:
the reviewed guidance answers that one. The patterns are data (``casework/data/recognise.yml``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from casework.domain.calculators import data
from casework.domain.calculators.asking import labour, money
from casework.domain.calculators.asking.figures import Figures, first_day, is_exact
from casework.domain.calculators.spec import load

_LONGEST = 600


@dataclass(frozen=True)
class Request:
    """A figure that was asked for. ``missing`` names the inputs without which there is none."""

    calculator: str
    inputs: Mapping[str, Any]
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # what was assumed: about, about_day, to_today, principal


@dataclass(frozen=True)
class _Pattern:
    name: str
    topic: re.Pattern[str]
    ask: re.Pattern[str]
    unless: re.Pattern[str]
    facts: Mapping[str, Mapping[str, re.Pattern[str]]] = field(default_factory=dict)


_FILLERS: Mapping[str, Callable[[Figures], dict[str, Any]]] = {
    "compensation": labour.compensation,
    "double_pay": labour.double_pay,
    "overtime": labour.overtime,
    "annual_leave": labour.annual_leave,
    "work_injury": labour.work_injury,
    "loan_interest": money.loan_interest,
    "late_interest": money.late_interest,
    "litigation_fee": money.litigation_fee,
    "child_support": money.child_support,
    "injury": money.injury,
}
#: One input of each group is needed; the first is named where none was given.
_NEEDS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "compensation": (("wage",), ("years", "months", "start")),
    "double_pay": (("wage",), ("start",)),
    "overtime": (
        ("wage", "hourly"),
        ("weekday_hours", "restday_hours", "restday_days", "holiday_hours", "holiday_days"),
    ),
    "annual_leave": (("wage",), ("days", "career")),
    "work_injury": (("grade", "death"), ("wage", "death")),
    "loan_interest": (("principal",),),
    "late_interest": (("principal",), ("due",)),
    "litigation_fee": (("amount",),),
    "child_support": (("income",),),
    "injury": (("lost_days", "nursing_days", "grade"), ("daily_income", "nursing_daily", "grade")),
    "deadline": (("from",),),
    "petition_clocks": (("received", "accepted", "opinion", "review_opinion"),),
    "legal_aid": (("matter",),),
}
_FEES_WITHOUT_A_SUM = ("divorce", "labour", "personality", "administrative", "objection")


def recognise(text: str, today: date) -> Request | None:
    """The figure a message asks for, or None where it asks for none or gives nothing to go by."""
    if not text or len(text) > _LONGEST:
        return None
    said = Figures(text, today)
    for pattern in _patterns():
        if not (pattern.topic.search(said.text) and pattern.ask.search(said.text)):
            continue
        if pattern.unless.search(said.text):
            continue
        request = _request(pattern, said)
        if request is not None:
            return request
    return None


def _request(pattern: _Pattern, said: Figures) -> Request | None:
    facts = {
        name: found
        for name, choices in pattern.facts.items()
        for found in [next((v for v, known in choices.items() if known.search(said.text)), None)]
        if found is not None
    }
    found = _inputs(pattern.name, said, facts)
    figures = {name: value for name, value in found.items() if value is not None}
    if not figures and not facts:
        return None
    if pattern.name == "litigation_fee" and facts.get("kind") in _FEES_WITHOUT_A_SUM:
        return Request(pattern.name, {**facts, **figures})
    inputs = {**facts, **figures}
    missing = tuple(
        group[0] for group in _NEEDS[pattern.name] if not any(name in inputs for name in group)
    )
    # A figure was given and one more is needed: ask. Nothing was given: the guidance answers.
    if missing and not figures:
        return None
    return Request(pattern.name, inputs, missing, tuple(_notes(pattern.name, said, inputs)))


def _inputs(name: str, said: Figures, facts: Mapping[str, str]) -> dict[str, Any]:
    if name == "deadline":
        return _deadline(said, facts)
    if name == "petition_clocks":
        return _petition(said)
    filler = _FILLERS.get(name)
    return filler(said) if filler is not None else {}


def _deadline(said: Figures, facts: Mapping[str, str]) -> dict[str, Any]:
    if "kind" not in facts or not said.days:
        return {}
    begun = said.day_beside(
        before="收到|送达|受伤|离职|到期|还款日",
        after="收到|送达|签收|受伤|出(?:的)?事|离职|被?辞退|被?开除|到期|还|知道|生效|判|作出",
    )
    start = first_day(begun or said.days[0])
    return {"from": start} if start is not None else {}


def _petition(said: Figures) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, words in (
        ("opinion", "收到.{0,6}(?:处理意见|答复)"),
        ("accepted", "受理"),
        ("received", "交|提交|递|登记|反映|信访|上访|寄|去"),
    ):
        day = said.day_beside(before=words, after=words)
        if day is not None:
            return {name: first_day(day)}
    return found


def _notes(name: str, said: Figures, inputs: Mapping[str, Any]) -> Iterator[str]:
    """What was not said and had to be assumed, by the keys of the words about it."""
    if name in ("compensation", "double_pay", "annual_leave"):
        service = said.service()
        if service is not None and service.about:
            yield "about"
        if name != "annual_leave" and "start" in inputs and "end" not in inputs:
            yield "to_today"
    elif name in ("deadline", "petition_clocks") and not all(map(is_exact, said.days)):
        yield "about_day"
    elif name == "loan_interest" and inputs.get("principal") == money.ASSUMED:
        yield "principal"


@cache
def _patterns() -> tuple[_Pattern, ...]:
    loaded = data.load("recognise")
    return tuple(_read(one, loaded["ask"]) for one in loaded["calculators"])


def _read(loaded: Mapping[str, Any], asks: Mapping[str, str]) -> _Pattern:
    inputs = load(loaded["name"]).inputs
    facts = {
        name: {value: re.compile(pattern) for value, pattern in choices.items()}
        for name, choices in loaded.get("facts", {}).items()
    }
    for name, choices in facts.items():
        unknown = set(choices) - set(inputs[name].choices) - {"yes", "no"}
        if unknown:
            raise ValueError(f"{loaded['name']}.{name}: there is no choice {unknown}")
    return _Pattern(
        loaded["name"],
        re.compile(loaded["topic"]),
        re.compile(asks[loaded["ask"]]),
        re.compile(loaded.get("unless", r"(?!)")),
        facts,
    )
