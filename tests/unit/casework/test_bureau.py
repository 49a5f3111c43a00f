"""The bureau file, duty hours and holidays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from casework.adapters.bureau_file import DEMO, load_bureau, standing_values
from casework.adapters.directory_file import load_directory
from casework.adapters.work_calendar import WorkCalendar
from casework.domain.bureau import CHINA, Bureau
from casework.domain.directory import Directory, Hotline

CALENDAR = WorkCalendar()


@pytest.fixture
def bureau() -> Bureau:
    return load_bureau(DEMO, CALENDAR.is_workday)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        ("2026-11-23T08:59", False),  # Monday
        ("2026-11-23T09:00", True),
        ("2026-11-23T11:59", True),
        ("2026-11-23T12:00", False),
        ("2026-11-23T14:30", True),
        ("2026-11-23T17:30", False),
        ("2026-11-22T10:00", False),  # Sunday
        ("2026-10-01T10:00", False),  # National Day
        ("2026-10-10T10:00", True),  # a Saturday worked in exchange
        ("2026-02-17T10:00", False),  # Spring Festival
    ],
)
def test_somebody_is_on_duty_in_duty_hours_of_working_days(
    bureau: Bureau, moment: str, open_: bool
) -> None:
    assert bool(bureau.on_duty(_at(moment))) is open_


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-23T08:00", "2026-11-23T09:00"),
        ("2026-11-23T12:30", "2026-11-23T14:30"),
        ("2026-11-23T18:00", "2026-11-24T09:00"),
        ("2026-11-27T18:00", "2026-11-30T09:00"),
        ("2026-09-30T18:00", "2026-10-08T09:00"),
        ("2026-02-14T18:00", "2026-02-24T09:00"),
    ],
)
def test_the_next_duty_skips_nights_weekends_and_holidays(
    bureau: Bureau, moment: str, opening: str
) -> None:
    assert bureau.next_opening(_at(moment)) == _at(opening)


def test_days_decided_otherwise_win_over_the_calendar(bureau: Bureau) -> None:
    changed = replace(bureau, extra_days={date(2026, 11, 22): True, date(2026, 11, 23): False})
    assert changed.duty_on(date(2026, 11, 22)) == ("值班律师",)
    assert changed.duty_on(date(2026, 11, 23)) == ()


def test_a_bureau_without_a_roster_is_never_open(bureau: Bureau) -> None:
    empty = replace(bureau, roster={})
    assert empty.next_opening(_at("2026-11-23T08:00")) is None
    assert empty.on_duty(_at("2026-11-23T10:00")) == ()


def test_a_year_without_a_holiday_notice_counts_monday_to_friday() -> None:
    assert CALENDAR.is_workday(date(2098, 11, 24))  # a Monday
    assert not CALENDAR.is_workday(date(2098, 11, 23))


def test_places_are_found_from_the_widest_to_the_narrowest(bureau: Bureau) -> None:
    assert [p.name for p in bureau.place.find("我住柳河镇张庄村")] == ["示例县", "柳河镇", "张庄村"]
    assert [p.name for p in bureau.place.find("示例县的")] == ["示例县"]
    assert bureau.place.find("别的地方") == ()


@pytest.mark.parametrize(
    ("content", "named"),
    [("[]", "list"), ("name: x", "duty"), ("name: x\nplace: y\nduty: {roster: {}}", "hours")],
)
def test_a_file_that_is_no_bureau_is_refused_with_a_sentence(
    tmp_path: Path, content: str, named: str
) -> None:
    path = tmp_path / "bureau.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=named):
        load_bureau(path, CALENDAR.is_workday)


def test_a_weekday_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bureau.yml"
    path.write_text(DEMO.read_text(encoding="utf-8").replace("monday", "mnoday"), encoding="utf-8")
    with pytest.raises(ValueError, match="mnoday"):
        load_bureau(path, CALENDAR.is_workday)


def test_people_are_given_the_bureaus_own_line_first(bureau: Bureau) -> None:
    directory = Directory([Hotline("12348", "公共法律服务热线")])
    assert standing_values(bureau, directory)["call"] == "12348"
    own = replace(bureau, phone="0000-1234567")
    assert standing_values(own, directory)["call"] == "0000-1234567 / 12348"


def test_a_directory_knows_its_numbers_and_no_others(tmp_path: Path) -> None:
    path = tmp_path / "hotlines.yml"
    path.write_text(
        'hotlines:\n- {number: "110", name: 报警, reviewed: 2026-11-22}\n', encoding="utf-8"
    )
    directory = load_directory(path)
    assert (directory[110], directory["110"], len(directory)) == ("110", "110", 1)
    assert directory.hotline("110").reviewed == date(2026, 11, 22)
    with pytest.raises(KeyError):
        directory[120]
    path.write_text("hotlines:\n- {name: 报警}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="number"):
        load_directory(path)
