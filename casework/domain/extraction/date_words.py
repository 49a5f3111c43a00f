"""What the readers of dates share: the ways to write a year, a month and a day."""

from __future__ import annotations

import calendar
import re

from casework.domain.extraction import numerals

CN = "零〇一二两三四五六七八九十"
DAY = rf"(?:\d{{1,2}}|[{CN}廿]{{1,3}})"
MONTH = rf"(?:\d{{1,2}}|[{CN}]{{1,2}})"
YEAR = r"(?:(?:19|20)\d{2}|[一二][零〇九][零〇一二三四五六七八九]{2})"
RELATIVE_YEAR = "今年|本年|去年|上年|前年|大前年"
_YEARS_BACK = {"今年": 0, "本年": 0, "去年": 1, "上年": 1, "前年": 2, "大前年": 3}


def pattern(source: str) -> re.Pattern[str]:
    """Compiled for folded text, where a digit is an ASCII digit."""
    return re.compile(source, re.ASCII)


def number(said: str | None) -> int | None:
    """The whole number that ``said`` writes: ``廿三`` -> 23."""
    if not said:
        return None
    said = said.replace("廿", "二十")
    value = int(said) if said.isascii() and said.isdigit() else numerals.parse(said)
    return int(value) if value is not None else None


def years_back(said: str) -> int:
    """How many years before this one: 去年 is 1."""
    return _YEARS_BACK[said]


def full_year(year: int) -> int:
    """A year of two digits in its century: 24 is 2024, 98 is 1998."""
    return year + (2000 if year < 50 else 1900 if year < 100 else 0)


def edtf(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """EDTF of a date that exists; a day that does not (``2月30日``) leaves the month."""
    if not 1900 <= year <= 2100:
        return None
    if month is None:
        return f"{year}"
    if not 1 <= month <= 12:
        return None
    if day is None or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return f"{year}-{month:02d}"
    return f"{year}-{month:02d}-{day:02d}"
