"""Places told in a story, beside their words: today's divisions, and the bureau's own tree."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import intakes
from casework.adapters.bureau_file import DEMO, load_bureau, standing_values
from casework.adapters.directory_file import load_directory
from casework.adapters.divisions import around, locator
from casework.adapters.work_calendar import WorkCalendar
from casework.counselling import Counselling
from casework.domain import summary
from casework.domain.addresses.home import locate
from casework.domain.bureau import Place
from casework.domain.draft import Draft
from casework.domain.extraction import extract
from casework.domain.intake.said import Heard
from casework.domain.matter import MatterKind
from casework.first_reading import FirstReading
from casework.intake_words import IntakeWords
from casework.settings import load
from casework.texts import Texts
from tests.unit.casework.intake.test_summary import SCHEMA, obeys

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
BUREAU = load_bureau(DEMO, WorkCalendar().is_workday)
LOCATE = locator(BUREAU.place)
TEXTS = Texts(values=standing_values(BUREAU, load_directory(load().directory_file)))


@pytest.mark.parametrize(
    ("said", "code", "official"),
    [
        ("柳河镇石桥村", "419900101203", "河南省示例县柳河镇石桥村"),
        ("在柳河镇石桥村", "419900101203", "河南省示例县柳河镇石桥村"),
        ("柳河镇 石桥", "419900101203", "河南省示例县柳河镇石桥村"),
        ("石桥村", "419900101203", "河南省示例县柳河镇石桥村"),
        ("张庄村三组", "419900101202", "河南省示例县柳河镇张庄村"),
        ("我家在柳河镇张庄村，路边第三家", "419900101202", "河南省示例县柳河镇张庄村"),
        ("王家沟", "419900102202", "河南省示例县青石镇王家沟村"),
        ("文峰社区", "419900001002", "河南省示例县东城街道文峰社区"),
        ("柳河", "419900101", "河南省示例县柳河镇"),
        ("城关镇人民路1号", "419900100", "河南省示例县城关镇"),
        ("许昌市建安区五女店镇", "411003101", "河南省许昌市建安区五女店镇"),
        ("四川成都双流区", "510116", "四川省成都市双流区"),
        ("长沙市岳麓区石桥村", "430104", "湖南省长沙市岳麓区"),
    ],
)
def test_a_place_is_resolved_by_the_bureaus_tree_and_the_table_of_the_country(
    said: str, code: str, official: str
) -> None:
    found = LOCATE(said)
    assert (found.code, found.official) == (code, official)


@pytest.mark.parametrize(
    "said", ["县城", "我们镇上", "不记得了", "工地", "老家", "人民路", "小李家门口"]
)
def test_words_that_name_no_place_of_the_county_stay_open(said: str) -> None:
    found = LOCATE(said)
    assert (found.code, found.named, found.rest) == (None, 0, said)


def test_a_village_that_no_tree_has_is_kept_as_it_was_told() -> None:
    found = LOCATE("柳河镇李家庄三组")
    assert (found.street, found.village, found.rest) == ("柳河镇", "李家庄", "三组")
    assert found.code == "419900101"


def test_a_name_that_two_villages_bear_is_taken_no_further_than_what_they_share() -> None:
    towns = tuple(
        Place(f"41990010{n}", name, (Place(f"41990010{n}201", "石桥村"),))
        for n, name in enumerate(("甲河镇", "乙河镇"))
    )
    county = Place("419900", "示例县", towns)
    divisions = around(county)
    found = locate("石桥村的事", divisions, divisions.get("419900"))
    assert (found.code, found.street, found.village) == ("419900", None, "石桥村")


def _where(story: str) -> dict[str, Any]:
    reading = FirstReading(TEXTS, intakes.load(), locate=LOCATE)
    made = reading.read(story, NOW)["summary"]
    obeys(made, SCHEMA)
    return next(field for field in made["fields"] if field["id"] == "where")


def test_the_field_keeps_the_words_and_the_place_stands_beside_them() -> None:
    where = _where("我家在张庄村三组，邻居盖房占了我家的宅基地，村里不管")
    assert where["text"] == "张庄村三组"
    assert where["place"] == {
        "province": "河南省",
        "city": None,
        "county": "示例县",
        "town": "柳河镇",
        "village": "张庄村",
        "rest": "三组",
        "official": "河南省示例县柳河镇张庄村",
        "code": "419900101202",
    }


def test_a_place_that_was_not_told_has_none_beside_it() -> None:
    assert "place" not in _where("老板拖欠我三个月工资不给")


@pytest.mark.parametrize("sealed", [False, True])
def test_what_a_conversation_told_is_located_when_it_is_handed_over_unless_it_is_sealed(
    sealed: bool,
) -> None:
    loaded = intakes.load()
    interview = loaded.interview(MatterKind.PETITION, lambda said: extract(said, NOW.date()))
    draft = Draft("c1", "d1", MatterKind.PETITION, NOW, NOW)
    interview.start(draft, [Heard("m1", "柳河镇张庄村的路三年没修，我们要求把路修好")])
    draft.notes["sealed"] = sealed
    words = IntakeWords(TEXTS, interview.topic, interview.agenda)
    made = summary.build(draft, interview.topic, words.labels())
    added = Counselling(TEXTS, loaded, locate=LOCATE).add(draft, made, NOW)
    where = next(field for field in added["fields"] if field["id"] == "where")
    assert where["text"] == "柳河镇张庄村"
    assert where.get("place", {}).get("code") == (None if sealed else "419900101202")


@given(st.text("柳河镇石桥张庄村李家沟三组在我们县省市，。 1号abc", max_size=20))
def test_any_words_can_be_looked_up(said: str) -> None:
    found = LOCATE(said)
    assert found.code is None or found.code.isdigit()
    assert found.named or found.code is None
