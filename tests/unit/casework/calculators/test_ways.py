"""One clock with its counting, the clocks of a petition, and the way to legal aid."""

from __future__ import annotations

from datetime import date

import pytest

from casework.domain.calculators import MissingInput, spec
from tests.unit.casework.calculators.worked import articles, items, work


def test_a_demand_in_time_starts_the_clock_anew_and_a_late_one_does_not() -> None:
    first = work("deadline", kind="civil_claim", from_="2022-06-15")
    assert first.day == date(2025, 6, 16)
    again = work("deadline", kind="civil_claim", from_="2022-06-15", last_demand="2024-12-02")
    assert again.day == date(2027, 12, 2)
    late = work("deadline", kind="civil_claim", from_="2020-06-15", last_demand="2024-12-02")
    assert late.day == date(2023, 6, 15)
    assert any("不会让它重新算起" in caveat for caveat in late.caveats)


def test_a_clock_that_nothing_restarts_is_not_moved_by_a_demand() -> None:
    result = work("deadline", kind="reconsideration", from_="2026-09-01", last_demand="2026-10-01")
    assert result.day == date(2026, 11, 2)


def test_the_outer_limit_ends_a_clock_that_began_late() -> None:
    result = work("deadline", kind="civil_claim", from_="2024-05-06", outer="2005-01-04")
    assert result.day == date(2025, 1, 4)
    assert any("最长期限先到" in line for line in result.working)


def test_the_counting_is_shown_with_the_holiday_it_moved_over() -> None:
    result = work("deadline", kind="suit_after_labour_award", from_="2026-09-20")
    assert result.day == date(2026, 10, 8)
    assert any("2026年10月5日" in line for line in result.working)
    assert any("顺延到2026年10月8日" in line for line in result.working)
    assert {("劳动争议调解仲裁法", "50"), ("民法典", "201")} <= articles(result)


def test_a_claim_without_a_clock_needs_no_day() -> None:
    result = work("deadline", kind="no_limitation")
    assert result.day is None
    assert "没有截止日期" in result.conclusion


@pytest.mark.parametrize("kind", sorted(spec("deadline").inputs["kind"].choices))
def test_every_clock_can_be_worked_out(kind: str) -> None:
    result = work("deadline", kind=kind, from_="2026-03-02")
    assert result.citations
    assert result.conclusion


def test_the_clocks_of_a_petition_run_from_the_steps_that_were_taken() -> None:
    result = work(
        "petition_clocks", received="2026-10-01", accepted="2026-10-10", opinion="2026-11-20"
    )
    assert items(result) == {
        "信访告知": date(2026, 10, 16),
        "信访事项办结": date(2026, 12, 9),
        "请求信访复查": date(2026, 12, 20),
    }
    assert result.day == date(2026, 12, 9)
    longer = work("petition_clocks", accepted="2026-10-10", extended="yes")
    assert longer.day == date(2027, 1, 8)


def test_clocks_that_are_over_are_said_to_be_over() -> None:
    result = work("petition_clocks", received="2026-01-01")
    assert result.day is None
    assert "已经过了" in result.conclusion


def test_a_petition_without_any_day_asks_for_one() -> None:
    with pytest.raises(MissingInput):
        work("petition_clocks")


@pytest.mark.parametrize(
    ("given", "says", "article"),
    [
        ({"matter": "violence"}, "不看经济困难", "32"),
        ({"matter": "brave", "hardship": "no"}, "不看经济困难", "32"),
        ({"matter": "wages", "who": "migrant"}, "免予核查", "42"),
        ({"matter": "support", "who": "migrant"}, "由法律援助机构", "31"),
        ({"matter": "support", "who": "no_income"}, "免予核查", "42"),
        ({"matter": "injury", "hardship": "yes"}, "说明经济困难", "41"),
        ({"matter": "injury", "hardship": "no"}, "可以去申请或者咨询", "31"),
        ({"matter": "criminal"}, "说明经济困难", "24"),
        ({"matter": "other"}, "可以去问问", "31"),
    ],
)
def test_legal_aid_is_never_refused_here(given: dict[str, str], says: str, article: str) -> None:
    result = work("legal_aid", **given)
    assert says in result.conclusion
    assert ("法律援助法", article) in articles(result)
    assert ("法律援助法", "38") in articles(result)
    assert any("法律援助机构申请" in line for line in result.working)


def test_a_limit_within_a_week_opens_aid_at_once() -> None:
    soon = work("legal_aid", matter="wages", limit="2026-11-28")
    assert ("法律援助法", "44") in articles(soon)
    for limit in ("2026-11-29", "2026-11-21"):
        assert ("法律援助法", "44") not in articles(work("legal_aid", matter="wages", limit=limit))
