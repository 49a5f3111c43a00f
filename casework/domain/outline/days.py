"""Days as a story means them: 9月4日 in the story of a loan of 2018 is a day of 2018."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casework.domain.extraction.entity import DATE, Entity

# A day told with the month alone takes its year from the last one told with a year.
_NO_YEAR = re.compile(r"^(?:大概|大约|约)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s?月")
_OWN_YEAR = re.compile(r"年|\d{4}|月前|[昨前今]|周|礼拜|星期|上个?月|这个?月|天前")
_TELLS_YEAR = re.compile(r"\d\s?年|[零〇一二三四五六七八九]{2,4}年|[今去前]年")
_VALUE = re.compile(r"(\d{4})-(\d{2})(.*)", re.DOTALL)
_AGE = re.compile(
    r"(?:都|已经|快|刚|满|才)?(?:\d{2,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)(?:岁|多|了|[,。!;]|$)"
)
_NOW = re.compile(r"今天|今日|刚才|刚刚|现在")


def in_context(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """The entities of a story with the years that its days belong to. ``text`` is folded.

    A month before the last one told may be of the next year as well: such a day stays only roughly
    known (``~``), so that no clock is counted from it as if it were certain. 今年58 is no day.
    """
    return list(_read(text, entities))


def _read(text: str, entities: Sequence[Entity]) -> Iterator[Entity]:
    year, month = 0, 0
    for entity in entities:
        if entity.kind != DATE:
            yield entity
            continue
        if _AGE.match(text, entity.end) or _NOW.fullmatch(entity.text):
            continue
        value = _VALUE.fullmatch(str(entity.value))
        if value and _NO_YEAR.match(entity.text) and not _OWN_YEAR.search(entity.text) and year:
            own = int(value[2])
            later = own < month
            rest = value[3].rstrip("~") + ("~" if later else "")
            told = year + 1 if later else year
            yield replace(entity, value=f"{told}-{value[2]}{rest}")
            year, month = told, own
            continue
        found = re.match(r"(\d{4})(?:-(\d{2}))?", str(entity.value))
        if found and _TELLS_YEAR.search(entity.text):
            year, month = int(found[1]), int(found[2] or 0)
            month = month if month <= 12 else 0
        yield entity
