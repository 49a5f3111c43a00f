"""Lengths of time: ``三个月`` -> ``P3M``, ``一年半`` -> ``P1Y6M``, ``20多天`` -> ``P20D``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casework.domain.extraction import numerals
from casework.domain.extraction.entity import DURATION, Entity

_DURATION = re.compile(
    r"(?<![\d.第一二三四五六七八九十零〇])(?P<count>\d{1,4}|[一二两三四五六七八九十百]{1,4}|好几|几|半)(?P<vague>多|来)?"
    r"(?P<unit>个半?月|年|个?星期|个?礼拜|周|天|个?小时)(?P<half>半)?(?P<vague2>多|左右)?(?![前初底末级])",
    re.ASCII,
)


def find(text: str) -> Iterator[Entity]:
    """Durations in folded text; ``detail`` is ``about`` for 多/几/左右."""
    for match in _DURATION.finditer(text):
        count = match["count"]
        half = count == "半"
        number = (
            0 if half else 3 if count in ("几", "好几") else numerals.parse(numerals.lower(count))
        )
        if number is None or (match["unit"] == "年" and number > 100):
            continue
        value = _iso(
            int(number), match["unit"], half or bool(match["half"]) or "半" in match["unit"]
        )
        vague = match["vague"] or match["vague2"] or "几" in count or numerals.is_between(count)
        yield Entity(DURATION, *match.span(), match.group(), value, "about" if vague else "")


def _iso(count: int, unit: str, half: bool) -> str:
    last = unit[-1]
    if last == "年":
        return f"P{count}Y6M" if half and count else "P6M" if half else f"P{count}Y"
    if last == "月":
        return f"P{count}M15D" if half and count else "P15D" if half else f"P{count}M"
    if last in "期拜周":
        return f"P{count}W"
    if last == "时":
        return f"PT{count}H"
    return "PT12H" if half else f"P{count}D"
