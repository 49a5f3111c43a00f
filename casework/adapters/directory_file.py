"""Reads the telephone directory from its YAML file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from casework.domain.directory import Directory, Hotline


def load_directory(path: Path) -> Directory:
    """The directory in ``path``: a list of entries, alone or under the key ``hotlines``.

    Raises ``ValueError`` with a sentence for a file that holds something else.
    """
    loaded: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    if isinstance(loaded, dict):
        loaded = loaded.get("hotlines")
    if not isinstance(loaded, list) or not loaded:
        raise ValueError(f"{path} holds no list of hotlines")
    return Directory(_hotline(entry, path) for entry in loaded)


def _hotline(entry: Any, path: Path) -> Hotline:
    if not isinstance(entry, dict) or not entry.get("number") or not entry.get("name"):
        raise ValueError(f"{path}: a hotline needs a name and a number, got {entry!r}")
    reviewed = entry.get("reviewed") or entry.get("review_date")
    return Hotline(
        number=str(entry["number"]),
        name=str(entry["name"]),
        purpose=str(entry.get("purpose", "")),
        hours=str(entry.get("hours", "")),
        reviewed=reviewed if isinstance(reviewed, date) else None,
    )
