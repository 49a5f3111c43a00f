"""Dates by the lunar calendar (农历) and by the feasts, turned into solar ones (GB/T 33661-2017).

A day becomes the day: ``去年腊月二十三`` -> ``2026-02-10``. A month, or a feast without a day, becomes
the solar month that most of it falls in, marked "about". Without a year the last one is meant
that has begun. The tables of years are those of the borax package, 1900 to 2100.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from borax.calendars.lunardate import LCalendars, LunarDate

from casework.domain.extraction.date_words import (
    DAY,
    RELATIVE_YEAR,
    YEAR,
    full_year,
    number,
    pattern,
    years_back,
)

_Span = tuple[date, date]

_LUNAR = r"(?:农历|阴历|旧历|老历|古历)的?"
_FIRST = "初[一二三四五六七八九十]|廿[一二三四五六七八九]?"
_OWN_MONTH = "正月|冬月|腊月"
_ANY_MONTH = rf"闰?(?:{_OWN_MONTH}|(?:十[一二]|[一二三四五六七八九十]|1[0-2]|[1-9])月)"
_SAID_YEAR = rf"(?:(?:(?P<rel>{RELATIVE_YEAR})|(?<![\d.])(?P<year>{YEAR}|[012]\d|9\d)年)的?)"
# Feasts as (lunar month, day); 除夕 is the last day of its month; the others are solar.
_FEASTS = {
    "春节": (1, 1), "大年初": (1, 1), "过年": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7),
    "中秋": (8, 15), "重阳": (9, 9), "除夕": (12, 0), "大年三十": (12, 0), "年三十": (12, 0), "大年夜": (12, 0),
}  # fmt: skip
_SOLAR_FEASTS = {
    "元旦": (1, 1), "清明": (4, 4), "五一": (5, 1), "劳动节": (5, 1), "六一": (6, 1), "七一": (7, 1),
    "国庆": (10, 1), "十一": (10, 1), "双十一": (11, 11), "双11": (11, 11), "双十二": (12, 12), "双12": (12, 12),
}  # fmt: skip
_NEW_YEARS_EVE = "除夕|大年三十|大年夜|(?<!大)年三十"
FEAST = "双十[一二]|双1[12](?!\\d)|元旦|春节|过年|元宵节?|清明节?|五一|劳动节|端午节?|六一|七一|七夕节?|中秋节?|重阳节?|国庆节?|(?<!双)十一"
_THAT_DAY = "(?:的)?(?:当天|那天|当日|那日|那晚|当晚)"


def _day(year: int, month: int, day: int, leap: bool = False) -> date | None:
    """The solar day; day 0, and a 30th in a month of 29 days, are the last of the month."""
    try:
        last = LCalendars.ndays(year, month, int(leap))
        solar = LunarDate(year, month, min(day, last) or last, int(leap)).to_solar_date()
    except ValueError:
        return None
    return date(solar.year, solar.month, solar.day)


def _month(year: int, month: int, leap: bool) -> _Span | None:
    first, last = _day(year, month, 1, leap), _day(year, month, 0, leap)
    return (first, last) if first and last else None


def _last_begun(
    span_in: Callable[[int], _Span | None], m: re.Match[str], today: date
) -> _Span | None:
    """What ``span_in`` gives for the year that was said, or for the last one in which it began."""
    groups = m.groupdict()
    if groups.get("year"):
        return span_in(full_year(number(m["year"]) or 0))
    year = today.year - (years_back(m["rel"]) if groups.get("rel") else 0)
    span = span_in(year)
    return span_in(year - 1) if span is None or span[0] > today else span


def _about(span: _Span | None) -> str | None:
    if span is None:
        return None
    middle = span[0] + timedelta(days=(span[1] - span[0]).days // 2)
    return f"{middle.year}-{middle.month:02d}~"


def _lunar_date(m: re.Match[str], today: date) -> str | None:
    said = m["month"]
    leap = said.startswith("闰")
    name = said.removeprefix("闰").removesuffix("月")
    month = {"正": 1, "冬": 11, "腊": 12}.get(name) or number(name)
    day = number((m["day"] or "").removeprefix("初"))
    if month is None or not 1 <= month <= 12 or (day is not None and not 1 <= day <= 30):
        return None
    if day is None:
        return _about(_last_begun(lambda year: _month(year, month, leap), m, today))

    def in_year(year: int) -> _Span | None:
        one = _day(year, month, day, leap)
        return (one, one) if one else None

    span = _last_begun(in_year, m, today)
    return span[0].isoformat() if span else None


def _new_years_day(m: re.Match[str], today: date) -> str | None:
    day = number(m["day"])

    def in_year(year: int) -> _Span | None:
        one = _day(year, 1, day) if day else None
        return (one, one) if one else None

    span = _last_begun(in_year, m, today)
    return span[0].isoformat() if span else None


def _feast_span(name: str) -> Callable[[int], _Span | None]:
    name = name if name in _FEASTS or name in _SOLAR_FEASTS else name.removesuffix("节")

    def in_year(year: int) -> _Span | None:
        if name in _SOLAR_FEASTS and 1900 <= year <= 2100:
            one: date | None = date(year, *_SOLAR_FEASTS[name])
        else:
            one = _day(year, *_FEASTS[name]) if name in _FEASTS else None
        return (one, one) if one else None

    return in_year


def feast(m: re.Match[str], today: date) -> str | None:
    """A feast as the month it falls in: 春节前后, 去年中秋节."""
    return _about(_last_begun(_feast_span(m["feast"]), m, today))


def _feast_day(m: re.Match[str], today: date) -> str | None:
    span = _last_begun(_feast_span(m["feast"]), m, today)
    return span[0].isoformat() if span else None


PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], str | None]], ...] = (
    (
        # 农历去年八月十五, 2024年农历三月初三, 农历腊月
        pattern(rf"{_SAID_YEAR}?{_LUNAR}(?P<month>{_ANY_MONTH})(?:(?P<day>{_FIRST}|{DAY})[日号]?)?"),
        _lunar_date,
    ),
    (
        pattern(rf"{_LUNAR}{_SAID_YEAR}(?P<month>{_ANY_MONTH})(?:(?P<day>{_FIRST}|{DAY})[日号]?)?"),
        _lunar_date,
    ),
    (
        # No solar month is 腊月, and no solar day is 初五.
        pattern(rf"{_SAID_YEAR}?(?P<month>闰?(?:{_OWN_MONTH}))(?:(?P<day>{_FIRST}|{DAY})[日号]?)?"),
        _lunar_date,
    ),
    (pattern(rf"{_SAID_YEAR}?(?P<month>{_ANY_MONTH})(?P<day>{_FIRST})"), _lunar_date),
    (pattern(rf"{_SAID_YEAR}?大年初(?P<day>[一二三四五六七八九十])"), _new_years_day),
    (pattern(rf"{_SAID_YEAR}?(?P<feast>{_NEW_YEARS_EVE})(?:{_THAT_DAY})?"), _feast_day),
    (pattern(rf"{_SAID_YEAR}?(?<![一二三四五六七八九十第])(?P<feast>{FEAST}){_THAT_DAY}"), _feast_day),
)  # fmt: skip
