"""What holds whatever somebody gives a calculator."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.calculations import as_said
from casework.domain.calculators import CALCULATORS, BadInput, Result, calculate, spec
from casework.domain.calculators.spec import InputSpec
from casework.texts import Texts
from tests.unit.casework.calculators.worked import TODAY, amount, work

TEXTS = Texts()
SUMS = st.integers(1, 10_000_000)
DAYS = st.dates(date(2009, 1, 1), TODAY)
ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=1),
    st.sampled_from(["", " ", "1e9999", "-0", "١٢", "0x10", "2024-02-29", "9999-12-31", "\ud800"]),
)


def value_of(one: InputSpec) -> st.SearchStrategy[Any]:
    """Values that an input takes, or nearly."""
    if one.kind == "choice":
        return st.sampled_from(sorted(one.choices))
    if one.kind == "yes":
        return st.booleans()
    if one.kind == "date":
        return st.dates(date(1949, 1, 1), date(2100, 12, 31)).map(date.isoformat)
    if one.kind == "ages":
        return st.lists(st.tuples(st.integers(0, 150), st.integers(1, 20)), min_size=1, max_size=9)
    most = int(one.most or 10**9)
    if one.kind == "whole":
        return st.integers(int(one.least), most)
    return st.decimals(one.least, most, allow_nan=False, places=2)


def inputs_of(name: str) -> st.SearchStrategy[dict[str, Any]]:
    found = spec(name).inputs
    return st.fixed_dictionaries({}, optional={key: value_of(one) for key, one in found.items()})


@pytest.mark.parametrize("name", sorted(CALCULATORS))
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_calculator_gives_a_whole_result_or_one_sentence(name: str, data: st.DataObject) -> None:
    inputs = data.draw(inputs_of(name))
    assert_whole_or_a_sentence(name, inputs)


@pytest.mark.parametrize("name", sorted(CALCULATORS))
@settings(max_examples=100, deadline=None)
@given(st.data())
def test_nothing_that_is_given_crashes_a_calculator(name: str, data: st.DataObject) -> None:
    known = data.draw(inputs_of(name))
    odd = data.draw(st.dictionaries(st.sampled_from(sorted(spec(name).inputs)), ODD, max_size=3))
    assert_whole_or_a_sentence(name, {**known, **odd})


def assert_whole_or_a_sentence(name: str, inputs: dict[str, Any]) -> None:
    said = ""
    try:
        assert_whole(calculate(name, inputs, TODAY))
    except BadInput as bad:
        said = str(bad)
        said.encode("utf-8")
    assert "\n" not in said


def assert_whole(result: Result) -> None:
    assert result.conclusion
    assert result.citations
    sums = [result.amount, *(item.amount for item in result.items)]
    assert all(one is None or one >= 0 for one in sums)
    assert all(one is None or one == one.quantize(Decimal("0.01")) for one in sums)
    said = as_said(result, TEXTS)
    assert "{" not in said
    assert "None" not in said
    json.dumps(result.as_json(), ensure_ascii=False)


@given(SUMS, st.integers(0, 500), st.integers(0, 60))
def test_longer_work_is_never_worth_less(wage: int, months: int, more: int) -> None:
    fixed = {"wage": wage, "reason": "agreed", "local_wage": 8000}
    first = amount("compensation", months=months, **fixed)
    longer = amount("compensation", months=months + more, **fixed)
    assert first is not None
    assert longer is not None
    assert first <= longer


@given(SUMS, SUMS, st.integers(0, 144))
def test_a_higher_wage_is_never_worth_less_within_twelve_years(
    one: int, two: int, months: int
) -> None:
    fixed = {"months": months, "reason": "agreed", "local_wage": 8000}
    low, high = (amount("compensation", wage=wage, **fixed) for wage in sorted((one, two)))
    assert low is not None
    assert high is not None
    assert low <= high


@given(SUMS, SUMS)
def test_a_higher_claim_never_costs_a_lower_fee(one: int, two: int) -> None:
    low, high = sorted((one, two))
    for kind in ("property", "enforcement", "preservation"):
        assert (amount("litigation_fee", kind=kind, amount=low) or 0) <= (
            amount("litigation_fee", kind=kind, amount=high) or 0
        )


@given(SUMS, st.integers(0, 60), DAYS, st.integers(0, 1000))
def test_interest_is_never_more_than_agreed_and_grows_with_time(
    principal: int, rate: int, start: date, days: int
) -> None:
    end = start + timedelta(days=days)
    given_ = {"principal": principal, "rate": rate, "start": start, "filed": TODAY}
    result = work("loan_interest", end=end, **given_)
    agreed = Decimal(principal) * rate * days / 36_500
    assert result.amount is not None
    assert result.amount <= agreed + Decimal("0.02")
    later = work("loan_interest", end=end + timedelta(days=30), **given_)
    assert later.amount is not None
    assert result.amount <= later.amount + Decimal("0.02")


@given(SUMS, DAYS, DAYS)
def test_double_pay_is_never_more_than_eleven_months(wage: int, start: date, end: date) -> None:
    first, last = sorted((start, end))
    got = amount("double_pay", wage=wage, start=first, end=last)
    assert got is not None
    assert 0 <= got <= wage * 11


@given(st.integers(0, 120))
def test_an_older_person_never_has_more_years(age: int) -> None:
    given_ = {"grade": 5, "yearly_income": 40_000}
    younger = amount("injury", age=age, **given_)
    older = amount("injury", age=age + 1, **given_)
    assert younger is not None
    assert older is not None
    assert younger >= older


@given(st.sampled_from(sorted(CALCULATORS)), st.text(max_size=30))
def test_a_name_that_no_calculator_has_is_refused(name: str, tail: str) -> None:
    if (name + tail).strip().replace("-", "_") in CALCULATORS:
        return
    with pytest.raises(BadInput):
        calculate(name + tail, {}, TODAY)
