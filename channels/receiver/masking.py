"""What of a matter may be shown in a list: no names, numbers or addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_DIGITS = re.compile(r"\d(?=\d{3})")
_SHOWN = 6


def masked(value: str) -> str:
    """The beginning of a text with longer numbers hidden but for their last three digits."""
    value = _DIGITS.sub("*", " ".join(value.split()))
    return value if len(value) <= _SHOWN else value[:_SHOWN] + "…"


def row(matter: Mapping[str, Any]) -> dict[str, str]:
    """Number, kind and how many facts there are; of a sealed matter (检举控告) nothing more."""
    summary = matter.get("summary")
    facts = len(summary) if isinstance(summary, dict) and not matter.get("sealed") else 0
    title = ""
    if isinstance(summary, dict) and not matter.get("sealed"):
        title = masked(str(summary.get("title") or summary.get("topic") or ""))
    return {
        "number": str(matter.get("number", "")),
        "kind": str(matter.get("kind", "")),
        "sealed": "sealed" if matter.get("sealed") else "",
        "title": title,
        "facts": str(facts or ""),
    }
