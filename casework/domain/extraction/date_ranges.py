"""Ranges of dates: ``3月到6月``, ``2019至2021年``, ``七八月``, ``3月5日到8日``.

The second date takes from the first what it leaves out: ``去年11月到2月`` ends in February of this year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from casework.domain.extraction.date_words import (
    DAY,
    MONTH,
    RELATIVE_YEAR,
    YEAR,
    edtf,
    full_year,
    number,
    pattern,
    years_back,
)
from casework.domain.extraction.entity import DATE, Entity

_TO = r"[ ]?(?:到|至|直到|~|-|—{1,2}|–)[ ]?"
_BETWEEN = re.compile(_TO)
_DAY_AFTER = pattern(rf"{_TO}(?P<day>{DAY})[日号]")
_SAID_YEAR = rf"(?:(?:(?P<rel>{RELATIVE_YEAR})|(?<![\d.])(?P<year>{YEAR}|[012]\d|9\d)年)的?)"
# 七八月: two months that follow each other.
_PAIRS = {pair: index for index, pair in enumerate("一二三四五六七八九", 1)}
_NAMES_YEAR = pattern(rf"{YEAR}|\d{{2}}年|{RELATIVE_YEAR}")


def _year_of(m: re.Match[str], today: date, month: int) -> int:
    if m["rel"]:
        return today.year - years_back(m["rel"])
    if m["year"]:
        return full_year(number(m["year"]) or 0)
    return today.year - (month > today.month)


def _months(m: re.Match[str], today: date) -> str | None:
    first, last = number(m["first"]), number(m["last"])
    if first is None or last is None or not 1 <= first <= 12 or not 1 <= last <= 12:
        return None
    year = _year_of(m, today, first)
    if (
        first > last
        and not (m["rel"] or m["year"])
        and (year + 1, last) > (today.year, today.month)
    ):
        year -= 1
    return _range(edtf(year, first), edtf(year + (first > last), last))


def _neighbours(m: re.Match[str], today: date) -> str | None:
    first, last = (_PAIRS.get(char) for char in m["pair"])
    if first is None or last != first + 1:
        return None
    year = _year_of(m, today, first)
    return _range(edtf(year, first), edtf(year, last))


def _years(m: re.Match[str], today: date) -> str | None:  # noqa: ARG001 - one of the makers
    first, last = number(m["first"]), number(m["last"])
    if first is None or last is None or first >= last:
        return None
    return _range(edtf(first), edtf(last))


def _range(first: str | None, last: str | None) -> str | None:
    return f"{first}/{last}" if first and last else None


PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], str | None]], ...] = (
    (
        pattern(
            rf"(?:{_SAID_YEAR}|(?<![\d.年]))(?P<first>{MONTH})(?:月份?)?{_TO}(?P<last>{MONTH})月(?:份|底|末)?(?![{{\d一二三四五六七八九十初龄]|个)"
        ),
        _months,
    ),
    (pattern(rf"{_SAID_YEAR}?(?<![十百第])(?P<pair>[一二三四五六七八九]{{2}})月份?(?![\d初])"), _neighbours),
    (pattern(rf"(?<![\d.])(?P<first>{YEAR}){_TO}(?P<last>{YEAR})年"), _years),
)  # fmt: skip


def join(text: str, found: list[Entity]) -> Iterator[Entity]:
    """``found`` with two dates that 到/至 joins made one range, and ``3月5日到8日`` with its end."""
    index = 0
    while index < len(found):
        first = found[index]
        second = found[index + 1] if index + 1 < len(found) else None
        if (
            second is not None
            and _BETWEEN.fullmatch(text, first.end, second.start)
            and "/" not in first.value + second.value
        ):
            value = _ordered(first, second)
            yield Entity(DATE, first.start, second.end, text[first.start : second.end], value)
            index += 2
            continue
        yield _with_last_day(text, first)
        index += 1


def _ordered(first: Entity, second: Entity) -> str:
    """The range of two dates of which the second may leave its year to the first."""
    start, end = str(first.value), str(second.value)
    if not _NAMES_YEAR.search(second.text) and second.text[:1] not in "昨今前上本这":
        year = int(start[:4])
        if _NAMES_YEAR.search(first.text):
            end = f"{year}{end[4:]}"
        if end[4:].rstrip("~") < start[4:].rstrip("~"):
            later = f"{int(start[:4]) + 1}{end[4:]}"
            if _NAMES_YEAR.search(first.text):
                end = later
            else:
                start = f"{int(end[:4]) - 1}{start[4:]}"
    return f"{start}/{end}"


def _with_last_day(text: str, first: Entity) -> Entity:
    match = _DAY_AFTER.match(text, first.end)
    value = str(first.value)
    if match is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return first
    last = edtf(int(value[:4]), int(value[5:7]), number(match["day"]))
    if last is None or len(last) < 10 or last <= value:
        return first
    said = text[first.start : match.end()]
    return Entity(DATE, first.start, match.end(), said, f"{value}/{last}")
