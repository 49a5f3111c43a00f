"""Dates as people tell them, normalised against today to EDTF (ISO 8601-2).

``2024年5月1日`` -> ``2024-05-01``; ``去年腊月`` -> ``2026-01~`` (lunar months are given as the solar
month they mostly fall in, marked "about"); ``三个月前`` -> ``2026-08~``; ``上周三`` -> the day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from casework.domain.extraction import numerals
from casework.domain.extraction.claims import Claims
from casework.domain.extraction.entity import DATE, Entity

_CN = "零〇一二两三四五六七八九十"
_DAY = rf"(?:\d{{1,2}}|[{_CN}廿]{{1,3}})"
_MONTH = rf"(?:\d{{1,2}}|[{_CN}]{{1,2}})"
_YEAR = r"(?:(?:19|20)\d{2}|[一二][零〇九][零〇一二三四五六七八九]{2})"
_RELATIVE_YEAR = "今年|本年|去年|上年|前年|大前年"
_SEASON = "年初|年底|年末|年中|上半年|下半年|春天|夏天|秋天|冬天|春季|夏季|秋季|冬季"
_FEAST = "元旦|春节|过年|元宵节?|清明节?|五一|劳动节|端午节?|六一|七一|中秋节?|国庆节?|十一|正月|冬月|腊月"
_ABOUT_BEFORE = re.compile(r"(?:大概|大约|约|好像|可能|应该是|差不多)(?:是)?(?:在)?$")
_ABOUT_AFTER = re.compile(r"(?:份)?(?:左右|前后|上下|那会|的样子|那阵)")

# (month, month a feast mostly falls in), for people who date by the feasts; always "about".
_FEASTS = {
    "元旦": (0, 1), "春节": (0, 2), "过年": (0, 2), "元宵": (0, 2), "正月": (0, 2), "清明": (0, 4),
    "五一": (0, 5), "劳动节": (0, 5), "端午": (0, 6), "六一": (0, 6), "七一": (0, 7),
    "中秋": (0, 9), "国庆": (0, 10), "十一": (0, 10), "冬月": (0, 12), "腊月": (1, 1),
}  # fmt: skip
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


def _number(said: str | None) -> int | None:
    if not said:
        return None
    said = said.replace("廿", "二十")
    value = int(said) if said.isascii() and said.isdigit() else numerals.parse(said)
    return int(value) if value is not None else None


def _relative_year(said: str, today: date) -> int:
    back = {"今年": 0, "本年": 0, "去年": 1, "上年": 1, "前年": 2, "大前年": 3}[said]
    return today.year - back


def _of(year: int, month: int | None = None, day: int | None = None) -> str | None:
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


def _absolute(m: re.Match[str], today: date) -> str | None:
    year = _number(m["year"])
    if year is not None and year < 100:
        year += 2000 if year <= today.year % 100 + 1 else 1900
    return _of(year, _number(m["month"]), _number(m["day"])) if year else None


def _in_year(m: re.Match[str], today: date) -> str | None:
    if m["rel"]:
        year = _relative_year(m["rel"], today)
    else:
        year = _number(m["year"]) or 0
        year += 2000 if year < 50 else 1900 if year < 100 else 0
    if m["season"]:
        key = m["season"].removesuffix("天").removesuffix("季")
        mark = _SEASONS[key]
        if "/" in mark:
            first, last = mark.split("/")
            return f"{year}-{first}/{year}-{last}"
        return f"{year}-{mark}"
    if m["feast"]:
        ahead, month = _FEASTS[
            re.sub("节$", "", m["feast"]) if m["feast"] not in _FEASTS else m["feast"]
        ]
        return f"{_of(year + ahead, month)}~"
    month_number = _number(m["month"]) if m["month"] else None
    if m["month"] and (month_number is None or not 1 <= month_number <= 12):
        return f"{year}"
    return _of(year, month_number, _number(m["day"]))


def _feast(m: re.Match[str], today: date) -> str | None:
    name = m["feast"] if m["feast"] in _FEASTS else re.sub("节$", "", m["feast"])
    ahead, month = _FEASTS[name]
    year = today.year + ahead
    if (year, month) > (today.year, today.month):
        year -= 1
    return f"{_of(year, month)}~"


def _month_day(m: re.Match[str], today: date) -> str | None:
    month, day = _number(m["month"]), _number(m["day"])
    if month is None or not 1 <= month <= 12:
        return None
    year = today.year if (month, day or 1) <= (today.month, today.day) else today.year - 1
    return _of(year, month, day)


def _month_ago(m: re.Match[str], today: date) -> str | None:
    back = {"本": 0, "这个": 0, "这": 0, "上个": 1, "上": 1, "上上个": 2}[m["which"]]
    index = today.year * 12 + today.month - 1 - back
    return _of(index // 12, index % 12 + 1, _number(m["day"]))


def _week(m: re.Match[str], today: date) -> str | None:
    back = {"上上": 2, "上": 1, "本": 0, "这": 0}[m["which"]]
    monday = today - timedelta(days=today.weekday() + 7 * back)
    if not m["day"]:
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    return (monday + timedelta(days=_WEEKDAYS[m["day"]])).isoformat()


def _days_ago(m: re.Match[str], today: date) -> str | None:
    return (today - timedelta(days=_DAYS_AGO[m["day"]])).isoformat()


def _ago(m: re.Match[str], today: date) -> str | None:
    count: float | None = 0.5 if m["count"] == "半" else numerals.parse(m["count"])
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
    value = _of(index // 12, index % 12 + 1)
    if unit == "年" and count == int(count):
        value = _of(today.year - int(count))
    return f"{value}~" if value else None


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


_PATTERNS: tuple[tuple[re.Pattern[str], _Maker], ...] = (
    (
        _compile(
            rf"(?<![\d.])(?P<year>{_YEAR})[ ]?年[ ]?(?P<month>{_MONTH})[ ]?月份?(?:[ ]?(?P<day>{_DAY})[ ]?[日号])?"
        ),
        _absolute,
    ),
    (
        _compile(r"(?<![\d.])(?P<year>(?:19|20)\d{2})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?![\d.])"),
        _absolute,
    ),
    (
        _compile(r"(?<![\d.-])(?P<year>(?:19|20)\d{2})[-/.](?P<month>0[1-9]|1[0-2])(?P<day>)(?![\d.-])"),
        _absolute,
    ),
    (
        _compile(r"(?<!\d)(?P<year>20[0-3]\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
        _absolute,
    ),
    (
        _compile(
            rf"(?<![\d一二三四五六七八九])(?P<year>\d{{2}}|[零〇一二][零〇一二三四五六七八九])年(?P<month>{_MONTH})月份?(?:(?P<day>{_DAY})[日号])?"
        ),
        _absolute,
    ),
    (
        _compile(
            rf"(?:(?P<rel>{_RELATIVE_YEAR})|(?<![\d.])(?P<year>{_YEAR}|[012]\d|9\d)(?=年))(?!\d{{1,3}}岁)(?:年(?![初底末中]))?的?"
            rf"(?:(?P<season>{_SEASON})|(?P<feast>{_FEAST})|(?P<month>{_MONTH})月份?(?:(?P<day>{_DAY})[日号])?)?"
        ),
        _in_year,
    ),
    (
        _compile(rf"(?<![\d年个])(?P<month>{_MONTH})月份?[ ]?(?P<day>{_DAY})[日号]"),
        _month_day,
    ),
    (
        _compile(rf"(?<![\d年个第{_CN}几半])(?P<month>1[0-2]|[1-9]|十[一二]|[一二三四五六七八九十])月份?(?P<day>)(?![个嫂饼])"),
        _month_day,
    ),
    (_compile(rf"(?P<which>上上个|上个|这个|本|上|这)月(?:份)?(?:(?P<day>{_DAY})[日号])?"), _month_ago),
    (_compile(r"(?P<which>上上|上|本|这)个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末1-7])?"), _week),
    (_compile("(?P<day>" + "|".join(sorted(_DAYS_AGO, key=len, reverse=True)) + ")"), _days_ago),
    (
        _compile(
            rf"(?P<count>\d{{1,3}}|[{_CN}]{{1,4}}|好几|几|半)(?P<unit>天|日|个?星期|个?礼拜|周|个月|年)(?P<half>半)?(?:多|左右)?(?:以)?(?:之)?前"
        ),
        _ago,
    ),
    (_compile(rf"(?P<feast>{_FEAST})(?:期间|的时候|前|后|那天)"), _feast),
    (_compile(r"(?P<feast>正月|腊月|冬月)"), _feast),
)  # fmt: skip

_BETWEEN = re.compile(r"[ ]?(?:到|至|直到|~|-|—{1,2}|–)[ ]?")


def find(text: str, today: date) -> Iterator[Entity]:
    """Dates in folded text; two joined by 到/至 become one range."""
    found: list[Entity] = []
    claimed = Claims(len(text))
    for pattern, make in _PATTERNS:
        for match in pattern.finditer(text):
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
    yield from _join_ranges(text, found)


def _join_ranges(text: str, found: list[Entity]) -> Iterator[Entity]:
    index = 0
    while index < len(found):
        first = found[index]
        if index + 1 < len(found):
            second = found[index + 1]
            if (
                _BETWEEN.fullmatch(text, first.end, second.start)
                and "/" not in first.value + second.value
            ):
                value = f"{first.value}/{second.value}"
                yield Entity(DATE, first.start, second.end, text[first.start : second.end], value)
                index += 2
                continue
        yield first
        index += 1
