"""What is owed at the end of a job and during it, against sums worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from casework.domain.calculators import BadInput, MissingInput
from tests.unit.casework.calculators.worked import amount, articles, items, work


@pytest.mark.parametrize(
    ("given", "n"),
    [
        ({"years": 3}, 18_000),
        ({"years": 3.5}, 24_000),  # exactly half a year counts as a whole one
        ({"years": 3, "months": 5}, 21_000),  # less than half a year counts as half
        ({"years": "3.49"}, 21_000),
        ({"months": 2}, 3_000),
        ({"months": 18}, 12_000),
        ({"years": 0}, 0),
        ({"start": "2021-03-01", "end": "2024-02-29"}, 18_000),  # three full years, leap day last
        ({"start": "2021-03-01", "end": "2024-03-01"}, 21_000),  # and one day
        ({"start": "2024-01-01", "end": "2024-06-30"}, 6_000),  # exactly six months
        ({"start": "2024-01-01", "end": "2024-06-29"}, 3_000),  # a day short of them
        ({"start": "2024-08-31", "end": "2025-02-27"}, 3_000),
        ({"start": "2024-08-31", "end": "2025-02-28"}, 6_000),
    ],
)
def test_every_full_year_is_a_month_and_half_a_year_counts_whole(
    given: dict[str, object], n: int
) -> None:
    assert amount("compensation", wage=6000, reason="agreed", **given) == n


def test_a_high_wage_is_capped_at_three_times_the_average_and_twelve_years() -> None:
    high = {"wage": 30000, "local_wage": 8000, "reason": "layoff"}
    assert amount("compensation", years=20, **high) == 24_000 * 12
    assert amount("compensation", years=5, **high) == 24_000 * 5
    # Exactly three times is not more than three times.
    at_cap = {**high, "wage": 24_000}
    assert amount("compensation", years=20, **at_cap) == 24_000 * 20


def test_a_wage_below_the_minimum_counts_as_the_minimum() -> None:
    assert amount("compensation", wage=1500, min_wage=2100, years=2, reason="closed") == 4_200


def test_an_unlawful_dismissal_is_twice_the_compensation() -> None:
    result = work("compensation", wage=6000, years=3.5, reason="unlawful")
    assert result.amount == 48_000
    assert ("劳动合同法", "87") in articles(result)


def test_without_notice_a_month_of_the_last_wage_is_added() -> None:
    fair = {"wage": 6000, "years": 2, "reason": "no_fault"}
    assert amount("compensation", **fair) == 18_000
    assert amount("compensation", last_wage=7000, **fair) == 19_000
    assert amount("compensation", notice="yes", **fair) == 12_000


def test_without_a_reason_all_figures_are_shown_and_none_is_chosen() -> None:
    result = work("compensation", wage=6000, years=3.5)
    assert result.amount is None
    assert list(items(result).values()) == [24_000, 30_000, 48_000]
    assert "24,000" in result.conclusion
    assert "48,000" in result.conclusion


@pytest.mark.parametrize("reason", ["resigned", "asked", "fault"])
def test_where_the_law_gives_nothing_it_says_so_and_what_would_change_it(reason: str) -> None:
    result = work("compensation", wage=6000, reason=reason)
    assert result.amount == 0
    assert "可以要求" in result.conclusion or "约定" in result.conclusion


def test_years_before_2008_count_for_an_unlawful_dismissal_alone() -> None:
    given = {"wage": 5000, "start": "2005-01-01", "end": "2009-12-31"}
    assert amount("compensation", reason="agreed", **given) == 5_000 * 2
    assert amount("compensation", reason="unlawful", **given) == 5_000 * 5 * 2


def test_double_pay_runs_from_the_second_month_to_the_end_of_the_first_year() -> None:
    result = work("double_pay", wage=5000, start="2024-03-01", claimed="2025-03-01")
    assert result.amount == 55_000  # 1 April 2024 to 28 February 2025: eleven months
    assert items(result)["申请仲裁最迟不要晚于"] == date(2026, 2, 28)


def test_double_pay_for_a_part_of_a_month_goes_by_its_working_days() -> None:
    """1 to 15 May 2025 has eight working days: 6 to 9 and 12 to 15."""
    result = work("double_pay", wage=4350, start="2025-03-01", signed="2025-05-16")
    assert result.amount == 4350 + 200 * 8


def test_double_pay_counts_back_a_year_from_the_claim() -> None:
    result = work("double_pay", wage=6000, start="2024-01-01", claimed="2025-07-01")
    assert result.amount == 66_000
    assert items(result)["从申请仲裁那天往回推一年以内的部分"] == 36_000  # July to December 2024


def test_no_double_pay_in_the_month_of_grace() -> None:
    assert amount("double_pay", wage=5000, start="2026-11-01") == 0
    assert amount("double_pay", wage=5000, start="2025-03-01", signed="2025-03-20") == 0
    assert amount("double_pay", wage=5000, start="2025-03-01", end="2025-03-31") == 0


def test_double_pay_stops_at_the_day_of_work_that_was_the_last() -> None:
    assert amount("double_pay", wage=5000, start="2025-01-01", end="2025-03-31") == 10_000


def test_overtime_is_paid_at_one_and_a_half_two_and_three_times() -> None:
    """4350 a month is 25 an hour."""
    result = work("overtime", wage=4350, weekday_hours=20, restday_days=2, holiday_days=1)
    assert list(items(result).values()) == [750, 800, 600]
    assert result.amount == 2150
    assert amount("overtime", hourly=25, holiday_hours=4, restday_hours=4) == 300 + 200
    assert amount("overtime", wage=4350, weekday_hours=20, months=12, paid=1000) == 8000


def test_overtime_is_rounded_to_the_fen_once() -> None:
    """3000 / 21.75 / 8 = 17.2413…; ten hours at 150 % are 258.62."""
    assert amount("overtime", wage=3000, weekday_hours=10) == Decimal("258.62")


def test_overtime_paid_in_full_leaves_nothing() -> None:
    assert amount("overtime", wage=4350, weekday_hours=1, paid=10_000) == 0


def test_overtime_without_hours_or_wage_asks_for_them() -> None:
    with pytest.raises(MissingInput) as missing:
        work("overtime", wage=4350)
    assert "weekday_hours" in missing.value.names
    with pytest.raises(MissingInput) as missing:
        work("overtime", weekday_hours=3)
    assert missing.value.names == ("wage",)


@pytest.mark.parametrize(
    ("given", "days", "more"),
    [
        ({"days": 5}, 5, 2000),
        ({"career": 1}, 5, 2000),
        ({"career": "9.9", "taken": 2}, 3, 1200),
        ({"career": 10}, 10, 4000),
        ({"career": 20, "taken": 15}, 0, 0),
        ({"career": 12, "left": "2026-09-30", "taken": 2}, 5, 2000),  # 273/365 of ten: seven days
        ({"career": 8, "joined": "2026-07-01"}, 2, 800),  # 184/365 of five: two whole days
        ({"career": 8, "joined": "2026-07-01", "left": "2026-08-01"}, 0, 0),
        ({"career": 8, "left": "2026-12-31"}, 5, 2000),
        ({"career": 12, "left": "2024-12-31"}, 10, 4000),  # 366 days of a leap year are one year
    ],
)
def test_leave_not_taken_is_paid_two_days_beside_the_normal_one(
    given: dict[str, object], days: int, more: int
) -> None:
    """4350 a month is 200 a day."""
    result = work("annual_leave", wage=4350, **given)
    assert result.amount == more
    if days:
        assert f"没休 {days} 天" in result.conclusion


def test_leave_before_the_first_year_is_none() -> None:
    assert amount("annual_leave", wage=4350, career="0.5") == 0


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("compensation", {"wage": 6000}, "工作年限"),
        ("compensation", {"wage": 6000, "start": "2026-01-01", "end": "2025-01-01"}, "不能晚于"),
        ("compensation", {"wage": 6000, "start": "2027-01-01"}, "不能晚于"),
        ("compensation", {"wage": 0, "years": 1}, "大于 0"),
        ("compensation", {"wage": "六千", "years": 1}, "应当是金额"),
        ("compensation", {"wage": "NaN", "years": 1}, "应当是金额"),
        ("compensation", {"wage": "1e999", "years": 1}, "应当是金额"),
        ("compensation", {"wage": True, "years": 1}, "应当是金额"),
        ("compensation", {"wage": [1], "years": 1}, "应当是金额"),
        ("compensation", {"wage": 6000, "years": -1}, "应当在 0 到 70 之间"),
        ("compensation", {"wage": 6000, "years": 1, "reason": "x"}, "请从这些里选"),
        ("compensation", {"wage": 6000, "salary": 1}, "没有“salary”这一项"),
        ("compensation", {"wage": 6000, "start": "2024-02-30"}, "应当是日期"),
        ("compensation", {"wage": 6000, "years": 1, "notice": "maybe"}, "yes"),
        ("annual_leave", {"wage": 4350, "career": 9, "joined": "2026-5-2", "left": "2026-5-1"}, "晚"),
        ("nonsense", {}, "没有叫“nonsense”的计算器"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_in_one_sentence(
    name: str, given: dict[str, object], says: str
) -> None:
    with pytest.raises(BadInput) as bad:
        work(name, **given)
    assert says in str(bad.value)
    assert "\n" not in str(bad.value)


def test_inputs_are_taken_as_people_write_them() -> None:
    assert amount("compensation", wage="6,000元", years=" 2 ", reason="经济性裁员") == 12_000
    assert (
        amount("compensation", wage=6000, start="2024/1/1", end="2024.12.31", reason="agreed")
        == 6000
    )
