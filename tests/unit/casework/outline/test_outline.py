"""What a story comes to: days, gaps, ways and clocks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.domain.topics.legal_topic import Way
from tests.unit.casework.outline.parts import OUTLINER, TODAY, outline

LOAN = "2023年5月1日我借给同学四万，他写了借条，说好2024年5月1日还，到期他就是不还，最近电话也不接"
LEFT = "公司拖欠我三个月工资，我2026年3月10日辞职了，没签劳动合同"


def _kinds(text: str) -> list[str]:
    return [gap.kind for gap in outline(text).gaps]


# ── days ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_month_without_a_year_is_of_the_year_of_the_story() -> None:
    found = outline("2018年6月他找我借钱，7月4日我转账给他五万，写了借条，说9月4日还")
    assert [event.day for event in found.events] == ["2018-06", "2018-07-04", "2018-09-04"]


def test_a_month_before_the_last_one_told_is_of_the_next_year_and_not_certain() -> None:
    found = outline("2018年11月他打了借条，2月3日答应还我")
    assert found.events[-1].day == "2019-02-03~"


def test_last_month_does_not_change_the_year_of_the_story() -> None:
    found = outline("2018年6月借的钱，上个月我才知道他搬家了，当时说9月4日还，有借条")
    assert "2018-09-04" in [event.day for event in found.events]


def test_an_age_is_no_day() -> None:
    assert not outline("我今年58，老伴说了算").events


# ── clocks ───────────────────────────────────────────────────────────────────────────────────────


def test_a_clock_runs_from_the_day_that_was_told() -> None:
    clock = next(c for c in outline(LEFT).clocks if c.rule.id == "labour_arbitration")
    assert clock.deadline is not None
    assert clock.deadline.last_day == date(2027, 3, 10)
    assert clock.start is not None
    assert "辞职" in clock.start.said
    assert clock.start.sources == ("m1",)


def test_a_clock_whose_day_was_not_told_is_named_without_a_date() -> None:
    clock = next(
        c for c in outline("公司拖欠我工资，我已经辞职").clocks if c.rule.id == "labour_arbitration"
    )
    assert clock.deadline is None
    assert clock.nearness(TODAY) == "unknown"


def test_a_clock_is_not_counted_from_a_day_of_another_sentence() -> None:
    text = "他2020年1月1日打伤了我。说好借的钱到期还，有借条，钱还没还"
    clock = next(c for c in outline(text).clocks if c.rule.id == "civil_claim")
    assert clock.start is None


def test_a_clock_is_not_counted_from_the_day_of_the_loan_where_a_term_was_agreed() -> None:
    text = "2023年5月1日借给他四万，约定还款期一年，他写了借条，到现在没还"
    clock = next(c for c in outline(text).clocks if c.rule.id == "civil_claim")
    assert clock.start is None


# ── ways ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "way"),
    [
        (LEFT, Way.ARBITRATION),
        ("工头欠我工钱两万，给我打了欠条，一直不给", Way.LITIGATION),
        (LOAN, Way.LITIGATION),
        ("我们都同意离婚，孩子归我，房子归他，怎么办手续", Way.MEDIATION),
        ("老婆要离婚，孩子才两岁，我不同意", Way.LITIGATION),
        ("我骑车被撞骨折，司机肇事逃逸，还没抓到", Way.POLICE),
        ("村支书贪污扶贫款二十万，我要举报", Way.SUPERVISION),
        ("借条的官司一审判决我输了，不服", Way.LITIGATION),
    ],
)
def test_the_main_way_of_a_story(text: str, way: Way) -> None:
    assert outline(text).routes[0].way is way


def test_every_story_has_a_way() -> None:
    for text in ("", "你好", "我心里难受", "不知道怎么说"):
        assert outline(text).routes


# ── gaps ─────────────────────────────────────────────────────────────────────────────────────────


def test_days_out_of_order_are_asked_about() -> None:
    text = "我2025年6月1日入职，公司拖欠工资，2025年3月1日离职"
    assert "order" in _kinds(text)
    assert "order" not in _kinds("我2025年3月1日入职，公司拖欠工资，2025年6月1日离职")


def test_sums_that_do_not_add_up_are_asked_about() -> None:
    assert "product" in _kinds("每月工资4500元，欠我3个月，一共欠我18000元")
    assert "product" not in _kinds("每月工资4500元，欠我3个月，一共欠我13500元")


def test_two_totals_of_one_thing_are_asked_about() -> None:
    assert "totals" in _kinds("他一共欠我30000元，有借条。前后总共欠我52000元")
    assert "totals" not in _kinds("他一共借走30000元，有借条。前后总共还了12000元")


def test_two_versions_of_one_thing_are_asked_about() -> None:
    assert "versions" in _kinds("我和公司签了劳动合同，公司拖欠工资，人事又说没签合同")
    assert "versions" not in _kinds("公司拖欠工资，一直没签劳动合同")


def test_a_day_that_has_not_come_yet_cannot_have_happened() -> None:
    assert "future" in _kinds("我2027年3月5日借给了他三万，他打了借条")
    assert "future" not in _kinds("他打了借条，约定2027年3月5日还钱")


def test_a_limitation_that_is_over_is_asked_about_with_what_restarts_it() -> None:
    found = outline("他写了借条，说好2021年5月1日还，到现在没还")
    gap = next(gap for gap in found.gaps if gap.kind == "near")
    assert "2024年5月" in gap.text
    assert "讨要" in gap.text


def test_evidence_that_was_mentioned_is_held_and_the_rest_is_missing() -> None:
    found = outline("他欠我三万不还，我有借条，没有转账记录")
    assert any("借条" in label for label in found.held)
    assert any("转账" in label for label in found.missing)


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="我他借钱条签了合同没不说打离婚工资欠一共每月个车撞房到期还辞职入元万{}“，。0123456789年月日\n ",
        max_size=300,
    )
)
def test_any_story_has_an_outline(text: str) -> None:
    found = outline(text)
    assert len(found.questions) <= 30
    assert OUTLINER.topic("loans") is not None
