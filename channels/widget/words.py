"""The words of the bureau's page and of the chat, from ``words.yml``, filled in for one bureau."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from casework.domain.bureau import Bureau

FILE = Path(__file__).with_name("words.yml")


def load(values: dict[str, str]) -> dict[str, Any]:
    """The file with ``{bureau}`` and ``{call}`` filled in; other names are left for later."""
    loaded: dict[str, Any] = _fill(yaml.safe_load(FILE.read_text(encoding="utf-8")), values)
    return loaded


def _fill(value: Any, values: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _fill(inner, values) for key, inner in value.items()}
    if isinstance(value, list):
        return [_fill(inner, values) for inner in value]
    if isinstance(value, str):
        for name, text in values.items():
            value = value.replace("{" + name + "}", text)
    return value


def hours(bureau: Bureau, site: dict[str, Any]) -> str:
    """``工作日 09:00–12:00、14:30–17:30``"""
    shifts = "、".join(f"{shift.start:%H:%M}–{shift.end:%H:%M}" for shift in bureau.shifts)
    return str(site["hours"]).format(hours=shifts)


def duty(bureau: Bureau, site: dict[str, Any], now: datetime) -> tuple[bool, str]:
    """Whether somebody is on duty at ``now``, and the words for it."""
    if bureau.on_duty(now):
        return True, site["on_duty"]
    opening = bureau.next_opening(now)
    if opening is None:
        return False, site["off_duty_unknown"]
    return False, str(site["off_duty"]).format(
        month=opening.month,
        day=opening.day,
        weekday=site["weekdays"][opening.weekday()],
        time=f"{opening:%H:%M}",
    )
