"""Loans, judgments and court fees, against sums worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from casework.domain.calculators import BadInput, MissingInput, lpr
from tests.unit.casework.calculators.worked import amount, articles, items, work


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        ("2019-08-20", "4.25"), ("2019-09-19", "4.25"), ("2019-09-20", "4.20"),
        ("2020-04-19", "4.05"), ("2020-04-20", "3.85"), ("2021-12-19", "3.85"),
        ("2021-12-20", "3.80"), ("2022-08-22", "3.65"), ("2023-08-20", "3.55"),
        ("2024-10-21", "3.10"), ("2025-05-20", "3.00"),
    ],
)  # fmt: skip
def test_the_rate_of_a_day_is_the_one_last_published(day: str, rate: str) -> None:
    found = lpr.rate_on(date.fromisoformat(day))
    assert found is not None
    assert (found.percent, found.sure) == (Decimal(rate), True)


def test_there_is_no_rate_before_the_first_publication() -> None:
    assert lpr.rate_on(date(2019, 8, 19)) is None


def test_a_rate_after_the_last_known_publication_is_not_sure() -> None:
    found = lpr.rate_on(date(2027, 1, 1))
    assert found is not None
    assert not found.sure
    result = work("loan_interest", principal=100_000, rate=10, start="2026-11-01")
    assert any("LPR表只录到" in caveat for caveat in result.caveats)


def test_what_goes_beyond_four_times_the_rate_is_cut() -> None:
    """A loan of May 2024: LPR 3.45, four times 13.8."""
    result = work(
        "loan_interest", principal=100_000, monthly_rate=2, start="2024-05-01", end="2025-05-01"
    )
    assert result.amount == 13_800
    assert items(result)["按约定算的利息"] == 24_000
    assert "超过了 13.8%" in result.conclusion
    assert ("最高人民法院关于审理民间借贷案件适用法律若干问题的规定", "25") in articles(result)


def test_exactly_four_times_is_within() -> None:
    given = {"principal": 100_000, "start": "2024-05-01", "end": "2025-05-01"}
    assert "没有超过" in work("loan_interest", rate="13.8", **given).conclusion
    assert "超过了" in work("loan_interest", rate="13.81", **given).conclusion


def test_the_rate_of_the_day_of_the_contract_counts_for_the_whole_loan() -> None:
    """Four times 3.85 of August 2020, though the rate fell twice before the end of 2022."""
    assert (
        amount("loan_interest", principal=100_000, rate=36, start="2020-08-20", end="2022-08-20")
        == 100_000 * Decimal("15.4") / 100 * 2
    )


def test_an_old_loan_is_cut_where_the_rule_changed() -> None:
    """597 days at the old 24 %, then 134 at four times the rate of the day of filing (3.00)."""
    result = work(
        "loan_interest", principal=100_000, rate=36, start="2019-01-01", end="2021-01-01",
        filed="2025-06-01",
    )  # fmt: skip
    old = Decimal(100_000) * 24 * 597 / 36_500
    new = Decimal(100_000) * 12 * 134 / 36_500
    assert result.amount == round(old, 2) + round(new, 2)
    before = work("loan_interest", principal=100_000, rate=24, start="2019-01-01", end="2020-08-20")
    assert before.amount == round(old, 2)


def test_interest_taken_off_in_advance_is_no_principal() -> None:
    assert amount(
        "loan_interest", principal=100_000, received=90_000, rate=10, start="2024-05-01",
        end="2025-05-01",
    ) == 9000  # fmt: skip


def test_after_the_due_day_the_rate_for_lateness_counts_within_the_cap() -> None:
    result = work(
        "loan_interest", principal=100_000, rate=10, overdue_rate=24, start="2024-05-01",
        due="2025-05-01", end="2026-05-01",
    )  # fmt: skip
    assert result.amount == 10_000 + 13_800


def test_without_an_agreement_there_is_no_interest_until_the_debt_is_late() -> None:
    assert amount("loan_interest", principal=100_000) == 0
    assert amount("loan_interest", principal=100_000, start="2024-01-01", due="2027-01-01") == 0
    late = work("loan_interest", principal=100_000, due="2024-05-01", end="2025-05-01")
    assert late.amount == 3450


def test_a_missing_day_still_tells_whether_the_rate_is_too_high() -> None:
    result = work("loan_interest", principal=100_000, monthly_rate=3)
    assert result.amount == 12_000
    assert "超过" in result.conclusion
    assert any("没有说借款日期" in caveat for caveat in result.caveats)


def test_lateness_with_a_judgment_costs_a_fixed_part_a_day() -> None:
    """100000 × 0.000175 × 365 = 6387.50."""
    result = work("late_interest", principal=100_000, due="2025-05-01", end="2026-05-01", rate=12)
    assert items(result) == {"加倍部分债务利息": Decimal("6387.50"), "一般债务利息": 12_000}
    assert amount("late_interest", principal=100_000, due="2026-12-01") == 0


@pytest.mark.parametrize(
    ("claim", "fee"),
    [
        (0, 50), (10_000, 50), (10_001, "50.03"), (100_000, 2300), (200_000, 4300),
        (500_000, 8800), (1_000_000, 13_800), (2_000_000, 22_800), (5_000_000, 46_800),
        (10_000_000, 81_800), (20_000_000, 141_800), (30_000_000, 191_800),
    ],
)  # fmt: skip
def test_the_fee_of_a_claim_grows_by_its_bands(claim: int, fee: object) -> None:
    assert amount("litigation_fee", amount=claim) == Decimal(str(fee))


def test_the_fee_is_halved_once() -> None:
    assert amount("litigation_fee", amount=200_000, half="simple") == 2150
    assert amount("litigation_fee", amount=200_000, half="mediated") == 2150
    assert amount("litigation_fee", kind="labour", half="withdrawn") == 5
    assert amount("litigation_fee", amount=200_000, half="none") == 4300
    assert amount("litigation_fee", kind="enforcement", amount=9000, half="simple") == 50


@pytest.mark.parametrize(
    ("kind", "claim", "fee"),
    [
        ("labour", 100_000, 10), ("administrative", None, 50), ("administrative_ip", None, 100),
        ("enforcement", 10_000, 50), ("enforcement", 600_000, 8400),
        ("enforcement", 5_000_000, 52_400), ("enforcement", 10_000_000, 77_400),
        ("enforcement", 20_000_000, 87_400),
        ("preservation", 500, 30), ("preservation", None, 30), ("preservation", 100_000, 1020),
        ("preservation", 500_000, 3020), ("preservation", 10_000_000, 5000),
        ("payment_order", 200_000, "1433.33"), ("intellectual", 200_000, 4300),
    ],
)  # fmt: skip
def test_other_fees(kind: str, claim: int | None, fee: object) -> None:
    assert amount("litigation_fee", kind=kind, amount=claim) == Decimal(str(fee))


@pytest.mark.parametrize(
    ("kind", "claim", "low", "high"),
    [
        ("divorce", None, 50, 300), ("divorce", 200_000, 50, 300), ("divorce", 500_000, 1550, 1800),
        ("personality", 50_000, 100, 500), ("personality", 200_000, 1100, 1500),
        ("other", None, 50, 100), ("objection", None, 50, 100), ("intellectual", None, 500, 1000),
        ("enforcement", None, 50, 500),
    ],
)  # fmt: skip
def test_a_fee_that_each_province_sets_is_a_range(
    kind: str, claim: int | None, low: int, high: int
) -> None:
    result = work("litigation_fee", kind=kind, amount=claim)
    assert result.amount is None
    assert list(items(result).values())[:2] == [low, high]


def test_a_claim_for_money_needs_its_sum() -> None:
    with pytest.raises(MissingInput):
        work("litigation_fee")


def test_days_out_of_order_are_refused() -> None:
    with pytest.raises(BadInput, match="不能晚于"):
        work("loan_interest", principal=1, rate=1, start="2025-01-01", end="2024-01-01")
    with pytest.raises(BadInput, match="不能晚于"):
        work("loan_interest", principal=1, rate=1, start="2027-01-01")
