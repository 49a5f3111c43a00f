"""Reads a bureau from its YAML file, and the sentences' standing values from both files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import yaml

from casework.domain.bureau import Bureau, Place, Shift
from casework.domain.directory import Directory

DEMO = Path(__file__).parents[1] / "data" / "bureau.yml"

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# The national legal-service line, named wherever a person can be reached by telephone.
LEGAL_SERVICE = "12348"


def load_bureau(path: Path, is_workday: Callable[[date], bool]) -> Bureau:
    """The bureau in ``path``. Raises ``ValueError`` with a sentence where something is missing."""
    loaded: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        roster = loaded["duty"]["roster"]
        unknown = set(roster) - set(_WEEKDAYS)
        if unknown:
            raise ValueError(f"{path}: no such weekday: {', '.join(sorted(unknown))}")
        return Bureau(
            name=loaded["name"],
            place=_place(loaded["place"]),
            shifts=tuple(
                Shift(time.fromisoformat(start), time.fromisoformat(end))
                for start, end in loaded["duty"]["hours"]
            ),
            roster={_WEEKDAYS.index(day): tuple(names or ()) for day, names in roster.items()},
            is_workday=is_workday,
            phone=str(loaded.get("phone") or ""),
            address=str(loaded.get("address") or ""),
            extra_days=dict(loaded["duty"].get("days") or {}),
        )
    except (KeyError, TypeError) as missing:
        raise ValueError(f"{path} is not a bureau file: {missing} is missing") from missing


def _place(loaded: Any) -> Place:
    if isinstance(loaded, str):
        return Place(code="", name=loaded)
    return Place(
        code=str(loaded["code"]),
        name=loaded["name"],
        inside=tuple(_place(inner) for inner in loaded.get("inside") or ()),
    )


def standing_values(bureau: Bureau, directory: Directory) -> dict[str, object]:
    """What every text may name: ``{bureau}``, ``{county}``, ``{address}``, ``{call}``, ``{tel[…]}``.

    ``{call}`` is the number to ring for a person: the bureau's own line where it has one, else
    the national legal-service line.
    """
    national = directory[LEGAL_SERVICE]
    return {
        "bureau": bureau.name,
        "county": bureau.place.name,
        "address": bureau.address,
        "call": f"{bureau.phone} / {national}" if bureau.phone else national,
        "tel": directory,
    }
