"""The reports stand alone, show what was measured, and draw it where it belongs."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from knowledge_base.entries import Entry
from knowledge_base.report import charts
from knowledge_base.report.guidance import guidance_report
from knowledge_base.report.page import figure, percent
from knowledge_base.sources import Sources

DAY = date(2026, 11, 22)


def outcomes(**shares: float) -> dict[str, Any]:
    names = ("answered_right", "answered_wrong", "choices_right", "choices_wrong", "no_match", "out_of_scope")  # fmt: skip
    return {"questions": 100, **dict.fromkeys(names, 0.0), **shares}


def figures() -> dict[str, Any]:
    ranking = {"top_1": 0.6, "top_3": 0.8, "mrr": 0.7}
    return {
        "entries": 2,
        "questions": 40,
        **ranking,
        "answered": 0.4,
        "wrong": 0.05,
        "choices": 0.5,
        "abstained": 0.05,
        "held_out": ranking | outcomes(answered_right=0.4, choices_right=0.5, no_match=0.1),
        "unknown": outcomes(no_match=1.0),
        "not_covered": outcomes(answered_wrong=0.25, no_match=0.75),
        "out_of_scope": outcomes(out_of_scope=1.0),
        "by_topic": {
            "labour": ranking | outcomes(answered_right=0.4),
            "loan": {**ranking, "top_1": 0.3} | outcomes(answered_wrong=0.125),
        },
        "thresholds": {"answer": 0.41, "something_new": 0.2},
        "reliability": [
            {"from": 0.1, "questions": 5, "said": 0.15, "right": 0.2},
            {"from": 0.9, "questions": 80, "said": 0.95, "right": 0.9},
        ],
        "confusions": [{"right": "wages", "taken": "gone-by-now", "questions": 3, "of": 12}],
    }


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    entry = Entry.model_validate(
        {
            "id": "wages",
            "question": "工资<被拖欠>怎么办",
            "answer": {"conclusion": "可以要。"},
            "reviewed": DAY,
            "review_by": date(2027, 11, 22),
        }
    )
    return Sources(tmp_path, entries=[entry], topics={"labour": "劳动", "loan": "借贷"})


def drawings(page: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", page, re.S)]


def test_the_page_loads_nothing_and_runs_nothing(sources: Sources) -> None:
    page = guidance_report(figures(), sources, DAY)
    assert not re.search(
        r"https?:|//[a-z]|<script|<link|<img|<iframe|url\(|@import|src=|onload", page
    )
    assert page.startswith("<!doctype html>")
    assert 'lang="zh-CN"' in page


def test_it_shows_what_was_measured_the_weakest_topic_first(sources: Sources) -> None:
    page = guidance_report(figures(), sources, DAY)
    assert "2 个条目，40 种问法，100 个拿掉的问法" in page
    assert page.index("借贷") < page.index("劳动")
    assert "2026年11月22日生成" in page
    assert "something_new" in page
    assert "3 / 12" in page


def test_titles_are_text_and_never_markup(sources: Sources) -> None:
    page = guidance_report(figures(), sources, DAY)
    assert "工资&lt;被拖欠&gt;怎么办" in page
    assert "gone-by-now" in page


def test_the_bars_are_as_long_as_their_shares(sources: Sources) -> None:
    first = drawings(guidance_report(figures(), sources, DAY))[0]
    parts = [(r.get("class"), r.get("x"), r.get("width")) for r in first]
    assert parts == [
        ("answered_right", "0.0", "40.0"),
        ("choices_right", "40.0", "50.0"),
        ("no_match", "90.0", "10.0"),
    ]
    assert first.get("aria-label") == "直接答对 40%，给出选择，里面有对的 50%，说没有把握 10%"


def test_every_drawing_says_what_it_is_or_that_it_is_decoration(sources: Sources) -> None:
    for drawing in drawings(guidance_report(figures(), sources, DAY)):
        assert drawing.get("aria-label") or drawing.get("aria-hidden") == "true"


def test_a_guidance_without_confusions_says_so(sources: Sources) -> None:
    page = guidance_report({**figures(), "confusions": [], "reliability": []}, sources, DAY)
    assert "没有。" in page


def test_a_curve_stands_where_its_points_are() -> None:
    line = charts.curve([(0, 0, 3), (1, 1, 3)])
    assert line.path == f"M{charts.LEFT} {charts.BOTTOM} L{charts.RIGHT} {charts.TOP}"
    assert charts.depth(1, 100) == 0
    assert charts.depth(10, 100) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0%"), (0.004, "0.4%"), (0.056, "5.6%"), (0.0949, "9.5%"), (0.634, "63%"), (1, "100%")]
)  # fmt: skip
def test_shares_are_written_as_people_read_them(share: float, text: str) -> None:
    assert percent(share) == text


def test_measures_keep_three_digits_and_milliseconds_one() -> None:
    assert figure(0.5261, "mrr_at_10") == "0.526"
    assert figure(-0.01, "mrr_at_10", signed=True) == "-0.010"
    assert figure(22.19, "median_ms") == "22.2"
