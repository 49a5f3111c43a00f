"""Injuries at work and elsewhere, and child support, against sums worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from casework.domain.calculators import BadInput, MissingInput
from casework.domain.calculators.injury import years_for
from tests.unit.casework.calculators.worked import amount, articles, items, work


@pytest.mark.parametrize(
    ("grade", "months"),
    [(1, 27), (2, 25), (3, 23), (4, 21), (5, 18), (6, 16), (7, 13), (8, 11), (9, 9), (10, 7)],
)
def test_the_grant_is_months_of_ones_own_wage_by_grade(grade: int, months: int) -> None:
    result = work("work_injury", grade=grade, wage=5000)
    assert items(result)["一次性伤残补助金"] == 5000 * months
    article = "35" if grade <= 4 else "36" if grade <= 6 else "37"
    assert ("工伤保险条例", article) in articles(result)


def test_a_wage_far_from_the_average_counts_within_its_bounds() -> None:
    """60 % and 300 % of 7000 are 4200 and 21000."""
    assert amount("work_injury", grade=10, wage=3000, local_wage=7000) == 4200 * 7
    assert amount("work_injury", grade=10, wage=50000, local_wage=7000) == 21_000 * 7
    assert amount("work_injury", grade=10, wage=4200, local_wage=7000) == 4200 * 7


def test_grades_one_to_four_have_a_monthly_allowance_too() -> None:
    result = work("work_injury", grade=2, wage=6000)
    assert items(result)["伤残津贴（每月）"] == 5100
    assert result.amount == 150_000
    assert "5,100" in result.conclusion


def test_on_leaving_the_grants_of_a_known_province_are_added() -> None:
    """河南省工伤保险条例 27: nine: 8 and 16 months of the local average."""
    result = work(
        "work_injury", grade=9, wage=5000, local_wage=7000, province="河南", leaving="yes"
    )
    assert result.amount == 45_000 + 56_000 + 112_000
    assert ("河南省工伤保险条例", "27") in articles(result)


def test_where_the_province_is_not_in_the_table_it_says_whom_to_ask() -> None:
    result = work("work_injury", grade=9, wage=5000, local_wage=7000, province="其他", leaving=True)
    assert result.amount == 45_000
    assert any("各省" in caveat for caveat in result.caveats)


@pytest.mark.parametrize(("year", "grant"), [(2011, 382_180), (2024, 1_036_420), (2026, 1_130_040)])
def test_a_death_at_work_is_twenty_times_the_income_of_the_year_before(
    year: int, grant: int
) -> None:
    assert amount("work_injury", death="yes", year=year) == grant


def test_a_year_the_table_does_not_know_is_said_or_can_be_given() -> None:
    late = work("work_injury", death="yes", year=2030)
    assert any("2029年的数字还没有录入" in caveat for caveat in late.caveats)
    given = work("work_injury", death="yes", year=2030, income=60_000)
    assert given.amount == 1_200_000
    assert not given.tables


def test_the_family_has_a_funeral_grant_and_a_pension_up_to_the_wage() -> None:
    result = work(
        "work_injury", death=True, year=2026, local_wage=7000, wage=5000, spouse=True, others=1
    )
    assert items(result)["丧葬补助金"] == 42_000
    assert items(result)["供养亲属抚恤金（每月）"] == 3500
    many = work("work_injury", death=True, year=2026, wage=5000, spouse=True, others=3, orphans=2)
    assert items(many)["供养亲属抚恤金（每月）"] == 5000


@pytest.mark.parametrize(
    ("age", "years"), [(0, 20), (45, 20), (60, 20), (61, 19), (74, 6), (75, 5), (100, 5)]
)
def test_years_of_damages_shrink_with_age(age: int, years: int) -> None:
    assert years_for(age) == years


def test_damages_are_the_sum_of_their_items() -> None:
    result = work(
        "injury",
        medical=20_000, hospital_days=15, food_daily=50, lost_days=60, daily_income=150,
        nursing_days=30, nursing_daily=120, nurses=1, transport=300, nutrition=600,
        grade=10, age=45, yearly_income=45_000, distress=5000,
    )  # fmt: skip
    assert items(result) == {
        "医疗费": 20_000,
        "住院伙食补助费": 750,
        "营养费": 600,
        "交通费": 300,
        "误工费": 9000,
        "护理费": 3600,
        "残疾赔偿金": 90_000,
        "精神损害抚慰金": 5000,
    }
    assert result.amount == 129_250


def test_a_death_brings_twenty_years_and_a_funeral() -> None:
    result = work("injury", death="yes", age=70, yearly_income=45_000, average_wage=7000)
    assert items(result) == {"死亡赔偿金": 450_000, "丧葬费": 42_000}


def test_dependants_together_never_get_more_than_a_years_spending() -> None:
    """Two children of 8 and 16 whom both parents keep, and a mother of 70 with no other child.

    Years 1 and 2: 14000 + 14000 + 28000 is over 28000. Years 3 to 10: 14000 + 28000, again over.
    """
    result = work(
        "injury", death=True, age=40, yearly_income=45_000, yearly_spending=28_000,
        dependants="8:2,16:2,70:1",
    )  # fmt: skip
    assert items(result)["被扶养人生活费"] == 28_000 * 10
    one = work(
        "injury", grade=5, age=40, yearly_income=45_000, yearly_spending=28_000, dependants="8:2"
    )
    assert items(one)["被扶养人生活费"] == 28_000 * 60 // 100 // 2 * 10


def test_the_compulsory_insurance_pays_first_and_the_rest_by_share() -> None:
    """Medical 30000 of at most 18000; lost pay 9000; car 5000 of at most 2000. Rest 15000, at 70 %."""
    result = work(
        "injury", medical=30_000, lost_days=60, daily_income=150, property_loss=5000,
        motor="yes", share=70,
    )  # fmt: skip
    assert items(result)["交强险先赔"] == 18_000 + 9000 + 2000
    assert items(result)["其余按责任比例"] == 10_500
    assert result.amount == 39_500
    without = work("injury", medical=30_000, share=70)
    assert without.amount == 21_000


def test_what_a_sum_needs_is_asked_for() -> None:
    for given, name in (
        ({"grade": 10}, "age"),
        ({"lost_days": 10}, "daily_income"),
        ({"nursing_daily": 100}, "nursing_days"),
        ({"grade": 10, "age": 30, "yearly_income": 1, "dependants": "8"}, "yearly_spending"),
        ({}, "medical"),
    ):
        with pytest.raises(MissingInput) as missing:
            work("injury", **given)
        assert name in missing.value.names


@pytest.mark.parametrize(
    "dependants", ["8:0", "x", "200:1", "8:2:3", [], [[8]] * 11, 8, [["a", 1]]]
)
def test_dependants_that_make_no_sense_are_refused(dependants: object) -> None:
    with pytest.raises(BadInput):
        work("injury", grade=1, age=30, yearly_income=1, yearly_spending=1, dependants=dependants)


def test_child_support_is_a_fifth_to_three_tenths_and_half_for_several() -> None:
    one = work("child_support", income=6000, born="2018-05-01")
    assert items(one) == {
        "每月抚养费（低）": 1200,
        "每月抚养费（高）": 1800,
        "一般付到": date(2036, 5, 1),
    }
    more = work("child_support", income=6000, children=2)
    assert items(more)["每月抚养费（高）"] == 3000
    grown = work("child_support", income=Decimal("6000"), born="2008-11-22")
    assert "一般付到" not in items(grown)
