"""The clocks of the law against days counted by hand, on the holidays of 2024 to 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.calculators import deadlines
from casework.domain.calculators.periods import Length, add, add_months, after_months, full_months

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
RULES = st.sampled_from(sorted(deadlines.rules()))


@pytest.mark.parametrize(
    ("rule", "start", "last"),
    [
        # Three years, the same day; 14 March 2024 + 3 years falls in a year without a holiday notice.
        ("civil_claim", "2024-03-14", "2027-03-14"),
        ("civil_claim", "2022-06-15", "2025-06-16"),  # 15 June 2025 is a Sunday
        ("civil_claim", "2021-10-01", "2024-10-08"),  # National Day: 1 to 7 October 2024
        ("labour_arbitration", "2026-03-14", "2027-03-14"),
        ("labour_arbitration", "2024-02-29", "2025-02-28"),  # no 29 February in 2025
        ("reconsideration", "2026-09-01", "2026-11-02"),  # day 60 is Saturday, 31 October
        ("administrative_suit", "2025-08-31", "2026-02-28"),  # no 31 February; a Saturday worked
        ("suit_after_labour_award", "2026-09-20", "2026-10-08"),  # day 15 is in the October holiday
        # Three working days from Friday 25 September 2026: Mid-Autumn until the 27th, then 28, 29, 30.
        ("traffic_review", "2026-09-25", "2026-09-30"),
        ("traffic_review", "2026-11-20", "2026-11-25"),  # a Friday: Mon, Tue, Wed
        ("traffic_mediation", "2026-11-20", "2026-12-04"),
        ("injury_report_worker", "2025-11-22", "2026-11-22"),  # a Sunday: no article moves it
        ("enforcement", "2024-11-30", "2026-11-30"),
        ("petition_decided", "2026-11-01", "2026-12-31"),
        ("petition_review", "2026-11-22", "2026-12-22"),
        ("bequest", "2026-11-01", "2026-12-31"),
        ("online_return", "2026-11-15", "2026-11-23"),  # day 7 is Sunday
        ("information_due", "2026-11-02", "2026-11-30"),
    ],
)  # fmt: skip
def test_the_last_day_is_the_one_counted_by_hand(rule: str, start: str, last: str) -> None:
    assert deadlines.due(rule, date.fromisoformat(start)).last_day == date.fromisoformat(last)


def test_an_exchanged_weekend_is_a_working_day() -> None:
    """Sunday, 20 September 2026 is worked in exchange for the October holiday."""
    assert deadlines.due("online_return", date(2026, 9, 13)).last_day == date(2026, 9, 20)
    assert not deadlines.due("online_return", date(2026, 9, 13)).rolled


def test_a_claim_that_no_clock_ends_has_no_last_day() -> None:
    for rule in ("no_limitation", "labour_pay_employed"):
        deadline = deadlines.due(rule, TODAY)
        assert (deadline.last_day, deadline.nearness(TODAY)) == (None, "none")
        assert "没有截止日期" in deadlines.sentence(deadline, TODAY)


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2024-05", "2025-05-01"),
        ("2024-05~", "2025-05-01"),
        ("2024", "2025-01-01"),
        ("2024-21", "2025-03-01"),
        ("2024-01/2024-06", "2025-01-01"),
    ],
)
def test_of_a_day_not_known_exactly_the_earliest_counts(start: str, last: str) -> None:
    deadline = deadlines.due("injury_report_worker", start)
    assert deadline.last_day == date.fromisoformat(last)
    assert deadline.about
    assert "大约" in deadlines.sentence(deadline, TODAY)


def test_a_day_told_as_text_is_as_exact_as_a_day() -> None:
    assert deadlines.due("civil_claim", "2024-05-20") == deadlines.due(
        "civil_claim", date(2024, 5, 20)
    )


@pytest.mark.parametrize("start", ["", "去年", "2024-13", "2024-02-30", "0000"])
def test_what_is_no_day_is_refused(start: str) -> None:
    with pytest.raises(ValueError):
        deadlines.due("civil_claim", start)


def test_an_unknown_clock_is_refused() -> None:
    with pytest.raises(deadlines.UnknownRule):
        deadlines.due("nonsense", TODAY)


@pytest.mark.parametrize(
    ("left", "nearness"),
    [(-1, "passed"), (0, "week"), (7, "week"), (8, "month"), (30, "month"), (31, "later")],
)
def test_how_near_an_end_is(left: int, nearness: str) -> None:
    deadline = deadlines.due("injury_report_worker", date(2026, 1, 5))
    assert deadline.last_day is not None
    assert deadline.nearness(deadline.last_day - timedelta(days=left)) == nearness


def test_the_sentence_says_the_day_and_how_many_are_left() -> None:
    deadline = deadlines.due("labour_arbitration", date(2026, 3, 14))
    said = deadlines.sentence(deadline, TODAY)
    assert said == "劳动仲裁时效：最后一天是2027年3月14日，还有112天。"
    assert "今天" in deadlines.sentence(deadline, date(2027, 3, 14))
    assert "已经过去1天" in deadlines.sentence(deadline, date(2027, 3, 15))


def test_a_year_without_a_holiday_notice_is_marked() -> None:
    assert deadlines.due("civil_claim", date(2025, 3, 3)).calendar_known is False
    assert deadlines.due("civil_claim", date(2022, 3, 3)).calendar_known is True


def test_every_clock_says_when_it_starts_and_cites_its_article() -> None:
    for rule in deadlines.rules().values():
        assert rule.citations, rule.id
        assert rule.length.never or rule.starts, rule.id
        assert rule.of in ("citizen", "authority"), rule.id
        if rule.of == "citizen" and not rule.length.never:
            assert rule.after, rule.id


@given(RULES, DAYS)
def test_a_clock_never_ends_before_it_is_counted_nor_far_after(rule: str, start: date) -> None:
    deadline = deadlines.due(rule, start)
    if deadline.last_day is None or deadline.counted_to is None:
        return
    assert start < deadline.counted_to <= deadline.last_day
    assert (deadline.last_day - deadline.counted_to).days <= 9
    assert deadlines.sentence(deadline, TODAY)


@given(RULES, DAYS, st.integers(1, 400))
def test_a_later_start_never_ends_earlier(rule: str, start: date, later: int) -> None:
    first = deadlines.due(rule, start).last_day
    second = deadlines.due(rule, start + timedelta(days=later)).last_day
    assert first is None or second is None or first <= second


@given(DAYS, st.integers(0, 600))
def test_months_are_counted_forth_and_back(start: date, months: int) -> None:
    end = add_months(start, months)
    assert end.month == (start.month - 1 + months) % 12 + 1
    assert end.day <= start.day
    assert full_months(start, after_months(start, months)) == months


@given(DAYS, st.integers(0, 5000))
def test_full_months_are_the_most_that_fit(first: date, days: int) -> None:
    after = first + timedelta(days=days)
    months = full_months(first, after)
    assert after_months(first, months) <= after < after_months(first, months + 1)


@pytest.mark.parametrize("length", [Length(years=3), Length(days=60), Length(workdays=30)])
def test_where_the_calendar_ends_is_said(length: Length) -> None:
    assert add(date(9990, 1, 1), length) > date(9990, 1, 1)
    with pytest.raises(ValueError, match="calendar ends"):
        add(date(9999, 12, 1), length)
