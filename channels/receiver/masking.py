"""What of a matter may be shown in a list: no names, numbers or addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_DIGITS = re.compile(r"\d(?=\d{3})")
_SHOWN = 20


def masked(value: str) -> str:
    """The beginning of a text with longer numbers hidden but for their last three digits."""
    value = _DIGITS.sub("*", " ".join(value.split()))
    return value if len(value) <= _SHOWN else value[:_SHOWN] + "…"


def row(matter: Mapping[str, Any]) -> dict[str, str]:
    """Number, kind and the beginning of the title; of a sealed matter (检举控告) no title."""
    summary = matter.get("summary")
    sealed = bool(matter.get("sealed"))
    title = summary.get("title") if isinstance(summary, dict) and not sealed else ""
    return {
        "number": str(matter.get("number", "")),
        "kind": str(matter.get("kind", "")),
        "sealed": "sealed" if sealed else "",
        "title": masked(str(title or "")),
    }
