"""The words of this channel, from ``texts.yml`` beside this module."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def words() -> dict[str, Any]:
    """The whole file; ``choose`` and ``placeholders``."""
    loaded = yaml.safe_load((Path(__file__).parent / "texts.yml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)  # noqa: S101 - ships with the code
    return loaded
