"""The words of the bureau's page: filled in, and true about who is on duty."""

from __future__ import annotations

from datetime import datetime

import pytest

from casework.adapters.bureau_file import DEMO, load_bureau
from casework.domain.bureau import CHINA, Bureau
from casework.hearing import EVENTS
from channels.widget import words
from channels.widget.messages import ACTIONS


@pytest.fixture
def bureau() -> Bureau:
    return load_bureau(DEMO, lambda day: day.weekday() < 5)


@pytest.fixture
def loaded() -> dict[str, dict[str, object]]:
    return words.load({"bureau": "青山县司法局", "call": "12348"})


def test_the_bureau_is_named(loaded: dict[str, dict[str, object]]) -> None:
    assert "青山县司法局" in str(loaded["chat"]["greeting"])
    assert "{bureau}" not in str(loaded)
    assert "{call}" not in str(loaded)


def test_the_greeting_says_that_nobody_human_is_speaking(
    loaded: dict[str, dict[str, object]],
) -> None:
    assert "自动" in str(loaded["chat"]["greeting"])
    assert "不是真人" in str(loaded["chat"]["greeting"])


def test_hours_are_told_as_they_stand_in_the_bureaus_file(bureau: Bureau) -> None:
    assert words.hours(bureau, {"hours": "工作日 {hours}"}) == "工作日 09:00–12:00、14:30–17:30"


@pytest.mark.parametrize(
    ("at", "on_duty", "said"),
    [
        ((2026, 11, 23, 9, 0), True, "现在有律师在岗"),
        ((2026, 11, 23, 12, 0), False, "下次值班：11月23日（周一）14:30"),
        ((2026, 11, 20, 17, 30), False, "下次值班：11月23日（周一）09:00"),
    ],
)
def test_duty_is_told_for_the_moment(
    bureau: Bureau,
    loaded: dict[str, dict[str, object]],
    at: tuple[int, ...],
    on_duty: bool,
    said: str,
) -> None:
    now = datetime(*at, tzinfo=CHINA)  # type: ignore[misc,arg-type]
    assert words.duty(bureau, loaded["site"], now) == (on_duty, said)


def test_every_quick_action_is_an_event_that_the_service_knows(
    loaded: dict[str, dict[str, object]],
) -> None:
    offered = {starter["action"] for starter in loaded["chat"]["starters"]}  # type: ignore[attr-defined]
    assert offered | {"person"} <= ACTIONS
    assert set(EVENTS) | {"menu"} >= ACTIONS
