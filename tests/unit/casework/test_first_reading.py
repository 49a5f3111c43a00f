"""A narrative read at once: a summary that keeps its schema, and questions in order."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from casework import intakes
from casework.adapters.bureau_file import load_bureau, standing_values
from casework.adapters.directory_file import load_directory
from casework.adapters.work_calendar import WorkCalendar
from casework.first_reading import FirstReading
from casework.settings import load
from casework.texts import Texts
from tests.unit.casework.intake.test_summary import SCHEMA, obeys

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SETTINGS = load()
BUREAU = load_bureau(SETTINGS.bureau_file, WorkCalendar().is_workday)
DIRECTORY = load_directory(SETTINGS.directory_file)
READING = FirstReading(Texts(values=standing_values(BUREAU, DIRECTORY)), intakes.load())
STORY = (
    "我叫赵文秀，电话13655557777。2024年3月2日我在柳河镇的恒丰家具厂上班，公司拖欠我四个月工资一共两万四千元，"
    "没签劳动合同，2026年6月10日我辞职了。我要求把工资给我，我有微信聊天记录。"
)


def _read(text: str) -> dict[str, Any]:
    return READING.read(text, NOW)


def test_the_summary_keeps_its_schema() -> None:
    obeys(_read(STORY)["summary"], SCHEMA)
    obeys(_read("你好")["summary"], SCHEMA)


def test_what_was_told_stands_in_the_summary_and_is_not_asked_for() -> None:
    found = _read(STORY)
    fields = {field["id"]: field for field in found["summary"]["fields"]}
    assert fields["name"]["value"] == "赵文秀"
    assert fields["amount"]["value"] == 24000
    assert "工资给我" in fields["wanted"]["text"]
    assert not any("姓名是什么" in question for question in found["follow_ups"])
    assert found["summary"]["topics"][0]["id"] == "wages"


def test_the_way_and_the_clock_are_named_with_their_articles() -> None:
    route = _read(STORY)["route"]
    assert route["main"]["way"] == "arbitration"
    assert "第五条" in route["main"]["cite"]
    clock = next(c for c in route["clocks"] if c["rule"] == "labour_arbitration")
    assert clock["last_day"] == "2027-06-10"
    assert clock["cites"]
    assert "信访" in route["petition"]


def test_the_questions_are_many_whole_and_quote_the_story() -> None:
    asked = _read(STORY)["follow_ups"]
    assert 15 <= len(asked) <= 32
    assert all(question.endswith(("？", "。")) for question in asked)
    assert any("2026年6月10日我辞职了" in question for question in asked)


def test_everything_in_the_summary_names_the_message_it_came_from() -> None:
    summary = _read(STORY)["summary"]
    assert all(event["sources"] == ["narrative"] for event in summary["timeline"])
    assert summary["quotes"][0]["text"] == STORY


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    found = _read(text)
    assert found["follow_ups"]
    obeys(found["summary"], SCHEMA)
