"""Dates as people tell them, normalised against today to EDTF (ISO 8601-2).

``2024年5月1日`` -> ``2024-05-01``; ``去年腊月`` -> ``2026-02~`` (``lunar``); ``三个月前`` -> ``2026-08~``;
``上周三`` -> the day; ``3月到6月`` -> ``2026-03/2026-06``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from casework.domain.extraction import lunar, numerals
from casework.domain.extraction.claims import Claims
from casework.domain.extraction.date_ranges import PATTERNS as RANGES
from casework.domain.extraction.date_ranges import join
from casework.domain.extraction.date_words import (
    CN,
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

_SEASON = "年初|年底|年末|年中|上半年|下半年|春天|夏天|秋天|冬天|春季|夏季|秋季|冬季"
_ABOUT_BEFORE = re.compile(r"(?:大概|大约|约|好像|可能|应该是|差不多)(?:是)?(?:在)?$")
_ABOUT_AFTER = re.compile(r"(?:份)?(?:左右|前后|上下|那会|的样子|那阵)")

_SEASONS = {
    "年初": "01~", "年底": "12~", "年末": "12~", "年中": "06~", "春": "21", "夏": "22", "秋": "23",
    "冬": "24", "上半年": "01/06", "下半年": "07/12",
}  # fmt: skip
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六")} | {"日": 6, "天": 6, "末": 5}
_WEEKDAYS |= {str(i + 1): i for i in range(6)} | {"7": 6}
_DAYS_AGO = {
    "今天": 0, "今日": 0, "今早": 0, "今晚": 0, "今晨": 0, "刚才": 0, "刚刚": 0, "昨天": 1, "昨日": 1,
    "昨晚": 1, "昨夜": 1, "前天": 2, "前晚": 2, "大前天": 3,
}  # fmt: skip

_Maker = Callable[[re.Match[str], date], str | None]


def _absolute(m: re.Match[str], today: date) -> str | None:
    year = number(m["year"])
    if year is not None and year < 100:
        year += 2000 if year <= today.year % 100 + 1 else 1900
    return edtf(year, number(m["month"]), number(m["day"])) if year else None


def _in_year(m: re.Match[str], today: date) -> str | None:
    back = years_back(m["rel"]) if m["rel"] else None
    year = full_year(number(m["year"]) or 0) if back is None else today.year - back
    if m["season"]:
        key = m["season"].removesuffix("天").removesuffix("季")
        mark = _SEASONS[key]
        if "/" in mark:
            first, last = mark.split("/")
            return f"{year}-{first}/{year}-{last}"
        return f"{year}-{mark}"
    if m["feast"]:
        return lunar.feast(m, today)
    month_number = number(m["month"]) if m["month"] else None
    if m["month"] and (month_number is None or not 1 <= month_number <= 12):
        return f"{year}"
    return edtf(year, month_number, number(m["day"]))


def _month_day(m: re.Match[str], today: date) -> str | None:
    month, day = number(m["month"]), number(m["day"])
    if month is None or not 1 <= month <= 12:
        return None
    year = today.year if (month, day or 1) <= (today.month, today.day) else today.year - 1
    return edtf(year, month, day)


def _month_ago(m: re.Match[str], today: date) -> str | None:
    back = {"本": 0, "这个": 0, "这": 0, "上个": 1, "上": 1, "上上个": 2}[m["which"]]
    index = today.year * 12 + today.month - 1 - back
    return edtf(index // 12, index % 12 + 1, number(m["day"]))


def _week(m: re.Match[str], today: date) -> str | None:
    back = {"上上": 2, "上": 1, "本": 0, "这": 0}[m["which"]]
    monday = today - timedelta(days=today.weekday() + 7 * back)
    if not m["day"]:
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    return (monday + timedelta(days=_WEEKDAYS[m["day"]])).isoformat()


def _days_ago(m: re.Match[str], today: date) -> str | None:
    return (today - timedelta(days=_DAYS_AGO[m["day"]])).isoformat()


def _ago(m: re.Match[str], today: date) -> str | None:
    count: float | None = 0.5 if m["count"] == "半" else numerals.parse(numerals.lower(m["count"]))
    if m["count"] in ("几", "好几"):
        count = 3
    if count is None or count > 200 or (m["unit"][0] == "年" and count > 100):
        return None
    if m["half"]:
        count += 0.5
    unit = m["unit"][-1]
    if unit in "天日":
        return f"{(today - timedelta(days=int(count))).isoformat()}{'~' if m['count'] in ('几', '好几') else ''}"
    if unit in "周期拜":
        return f"{(today - timedelta(days=int(count * 7))).isoformat()}~"
    months = count if unit == "月" else count * 12
    if months < 1:
        return f"{(today - timedelta(days=15)).isoformat()}~"
    index = today.year * 12 + today.month - 1 - int(months)
    value = edtf(index // 12, index % 12 + 1)
    if unit == "年" and count == int(count):
        value = edtf(today.year - int(count))
    return f"{value}~" if value else None


_PATTERNS: tuple[tuple[re.Pattern[str], _Maker], ...] = (
    (
        pattern(
            rf"(?<![\d.])(?P<year>{YEAR})[ ]?年[ ]?(?P<month>{MONTH})[ ]?月份?(?:[ ]?(?P<day>{DAY})[ ]?[日号])?"
        ),
        _absolute,
    ),
    (
        pattern(r"(?<![\d.])(?P<year>(?:19|20)\d{2})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?![\d.])"),
        _absolute,
    ),
    (
        pattern(r"(?<![\d.-])(?P<year>(?:19|20)\d{2})[-/.](?P<month>0[1-9]|1[0-2])(?P<day>)(?![\d.-])"),
        _absolute,
    ),
    (
        pattern(r"(?<!\d)(?P<year>20[0-3]\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
        _absolute,
    ),
    (
        pattern(
            rf"(?<![\d一二三四五六七八九])(?P<year>\d{{2}}|[零〇一二][零〇一二三四五六七八九])年(?P<month>{MONTH})月份?(?:(?P<day>{DAY})[日号])?"
        ),
        _absolute,
    ),
    (
        pattern(
            rf"(?:(?P<rel>{RELATIVE_YEAR})|(?<![\d.])(?P<year>{YEAR}|(?<![有了满近约])[012]\d(?!年的?(?:工|教|党|军|驾|司)龄)|9\d)(?=年))(?!\d{{1,3}}岁)(?:年(?![初底末中]))?的?"
            rf"(?:(?P<season>{_SEASON})|(?P<feast>{lunar.FEAST})|(?P<month>{MONTH})月份?(?:(?P<day>{DAY})[日号])?)?"
        ),
        _in_year,
    ),
    (
        pattern(rf"(?<![\d年个])(?P<month>{MONTH})月份?[ ]?(?P<day>{DAY})[日号]"),
        _month_day,
    ),
    (
        pattern(rf"(?<![\d年个第{CN}几半])(?P<month>1[0-2]|[1-9]|十[一二]|[一二三四五六七八九十])月份?(?P<day>)(?![个嫂饼龄])"),
        _month_day,
    ),
    (pattern(rf"(?P<which>上上个|上个|这个|本|上|这)月(?:份)?(?:(?P<day>{DAY})[日号])?"), _month_ago),
    (pattern(r"(?P<which>上上|上|本|这)个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末1-7])?"), _week),
    (pattern("(?P<day>" + "|".join(sorted(_DAYS_AGO, key=len, reverse=True)) + ")"), _days_ago),
    (
        pattern(
            rf"(?P<count>\d{{1,3}}|[{CN}]{{1,4}}|好几|几|半)(?P<unit>天|日|个?星期|个?礼拜|周|个月|年)(?P<half>半)?(?:多|左右)?(?:以)?(?:之)?前"
        ),
        _ago,
    ),
    (pattern(rf"(?<![一二三四五六七八九十第])(?P<feast>{lunar.FEAST})(?:期间|的时候|前|后|那天)"), lunar.feast),
)  # fmt: skip


def find(text: str, today: date) -> Iterator[Entity]:
    """Dates in folded text; two joined by 到/至 become one range."""
    found: list[Entity] = []
    claimed = Claims(len(text))
    for known, make in (*lunar.PATTERNS, *RANGES, *_PATTERNS):
        for match in known.finditer(text):
            start, end = match.span()
            value = make(match, today)
            if value is None or not claimed.take(start, end):
                continue
            after = _ABOUT_AFTER.match(text, end)
            before = _ABOUT_BEFORE.search(text[max(0, start - 6) : start])
            about = bool(after or before)
            if after:
                end = after.end()
            if before:
                start -= len(before.group())
            if about and not value.endswith("~") and "/" not in value:
                value += "~"
            found.append(Entity(DATE, start, end, text[start:end], value, "about" if about else ""))
    found.sort(key=lambda e: e.start)
    yield from join(text, found)
