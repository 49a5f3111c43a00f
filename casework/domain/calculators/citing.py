"""How articles are named for people: 《劳动合同法》第四十六条、第四十七条."""

from __future__ import annotations

from collections.abc import Iterable

from casework.domain.calculators.inputs import say
from casework.domain.calculators.result import Citation

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


def article_name(article: str) -> str:
    """``47`` as 第四十七条, ``26之一`` as 第二十六条之一; what is no number stays as it is."""
    number, mark, inserted = article.partition("之")
    if not (number.isascii() and number.isdigit() and len(number) <= len(_UNITS)):
        return article
    return say("article", number=_chinese(int(number))) + mark + inserted


def cited(citations: Iterable[Citation]) -> str:
    """The articles law by law, as one line."""
    by_law: dict[str, list[str]] = {}
    for one in citations:
        by_law.setdefault(one.law, []).append(article_name(one.article))
    # A title inside a title is marked 〈〉.
    return "；".join(
        say("law", law=law.replace("《", "〈").replace("》", "〉"), articles="、".join(articles))
        for law, articles in by_law.items()
    )


def _chinese(number: int) -> str:
    said, zero = "", False
    for place in range(len(_UNITS) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            said += ("零" if zero else "") + _DIGITS[digit] + _UNITS[place]
            zero = False
        elif said:
            zero = True
    return said.removeprefix("一") if said.startswith("一十") else said or _DIGITS[0]
