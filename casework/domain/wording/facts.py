"""Whether the numbers, dates, sums, names, places and laws of a sentence are those that were said.

They are compared by what they mean: 一万八 is 18000元, and 去年十月 the month it was when it was written.
A sentence may be vaguer than what was said, never surer: what was 大约三万 does not become 三万.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from casework.domain.extraction import Entity, extract, numerals
from casework.domain.extraction.entity import (
    AMOUNT,
    DATE,
    DURATION,
    NAME,
    ORGANISATION,
    PEOPLE,
    PLACE,
)
from casework.domain.marking import MARKS
from casework.domain.wording.material import Material, without_marks
from casework.domain.wording.vocabulary import Vocabulary

_KIND = {NAME: "name", PLACE: "place", ORGANISATION: "place"}
_COUNTED = (AMOUNT, DURATION, PEOPLE)
_NUMBER = re.compile(rf"({numerals.NUMBER})(?=(.|$))", re.DOTALL)
_NUMERAL = re.compile("[零〇一二两三四五六七八九十百千万亿半]")
_ABOUT_BEFORE = re.compile(r"(?:大概|大约|约|好像|可能|差不多|将近|接近|近|估计)(?:是|在|有)?$")
_ABOUT_AFTER = re.compile(
    r"(?:元|块|钱|份|人|的工资){0,2}(?:左右|上下|前后|多|不到|以上|以内|的样子)"
)
_LAW_OR_ARTICLE = re.compile(rf"《([^《》]{{1,60}})》|第({numerals.NUMBER})条")


class Facts:
    """What was said, ready to compare with."""

    def __init__(
        self, material: Material, vocabulary: Vocabulary, places: tuple[str, ...] = ()
    ) -> None:
        self._day = material.day
        self._places = places
        self._vocabulary = vocabulary
        self.said = material.said()
        self._told = [
            (entity, _is_about(entity, text))
            for text, day in material.texts()
            for entity in extract(text, day, places)
        ]
        self._numbers = set(_numbers(self.said))
        self._laws = set(_cited(self.said))
        self._values = {one.value for one in material.fields if _is_number(one.value)}

    def fault(self, text: str) -> str:
        """The first kind of thing in ``text`` (as the machine wrote it) that was not said: ``law``,
        ``date``, ``number``, ``name``, ``place`` or ``personal``; empty where everything was."""
        plain = without_marks(text)
        if not set(_cited(plain)) <= self._laws:
            return "law"
        plain = _LAW_OR_ARTICLE.sub(_blank, plain)
        rest = list(plain)
        for entity in extract(plain, self._day, self._places):
            if entity.kind == DATE or entity.kind in _COUNTED:
                if not self._was_told(entity, _is_about(entity, plain)):
                    return "date" if entity.kind == DATE else "number"
                rest[entity.start : entity.end] = "\n" * (entity.end - entity.start)
            elif (entity.kind in MARKS or entity.kind in _KIND) and not self._was_named(entity):
                return _KIND.get(entity.kind, "personal")
        left = self._without_ordinary_numerals("".join(rest))
        # 今年58 may be said as 58岁: a number without a unit takes any.
        told = all({(value, unit), (value, "")} & self._numbers for value, unit in _numbers(left))
        return "" if told else "number"

    def _was_told(self, entity: Entity, about: bool) -> bool:
        told = [
            one
            for one, one_about in self._told
            if one.kind == entity.kind and (about or not one_about)
        ]
        if entity.kind == DATE:
            return any(_is_date(entity, one) for one in told)
        if entity.kind == AMOUNT and not entity.detail and entity.value in self._values:
            return True
        return any(_is_count(entity, one) for one in told)

    def _was_named(self, entity: Entity) -> bool:
        """Whether it was said just so, or is something that was, after words that are ordinary (an
        extraction may begin too early)."""
        if entity.detail == "vague" or entity.text in self.said:
            return True
        return any(
            entity.text.endswith(one.text)
            and not self._vocabulary.stranger(entity.text[: -len(one.text)], "")
            for one, _ in self._told
            if one.kind == entity.kind
        )

    def _without_ordinary_numerals(self, text: str) -> str:
        """``text`` without words such as 一直 and 十分, which count nothing."""
        for word in self._vocabulary.words:
            if word in text and _NUMERAL.search(word):
                text = text.replace(word, "\n" * len(word))
        return text


def _is_date(entity: Entity, told: Entity) -> bool:
    if told.text.endswith(entity.text):  # 10月 of 去年10月
        return True
    return set(_parts(entity.value)) <= set(_and_vaguer(_parts(told.value)))


def _is_count(entity: Entity, told: Entity) -> bool:
    """每月6000元 is not 6000元, and 20户 are not 20人."""
    kinds = {one.detail for one in (entity, told)} & {"month", "households"}
    return bool(entity.value == told.value and (not kinds or entity.detail == told.detail))


def _is_about(entity: Entity, text: str) -> bool:
    """Whether it is said with a doubt: 大概二十个人, 三万左右."""
    if entity.detail == "about" or (entity.kind == DATE and "~" in str(entity.value)):
        return True
    before = text[max(0, entity.start - 5) : entity.start]
    return bool(_ABOUT_BEFORE.search(before) or _ABOUT_AFTER.match(text, entity.end))


def _parts(value: Any) -> list[str]:
    return str(value).replace("~", "").split("/")


def _and_vaguer(parts: Iterable[str]) -> Iterator[str]:
    """2024-05-01, and with it 2024-05 and 2024."""
    for part in parts:
        while part:
            yield part
            part = part.rpartition("-")[0]  # noqa: PLW2901


def _numbers(text: str) -> Iterator[tuple[float, str]]:
    """Every number with the character that follows it: 3 and 次."""
    for match in _NUMBER.finditer(text):
        value = numerals.parse(match[1])
        if value is not None:
            unit = match[2]
            yield float(value), unit if unit == "%" or unit.isalpha() else ""


def _cited(text: str) -> Iterator[tuple[str, float | None]]:
    """(law, None) for every title in 《》, and (law, number) for every article; the law of an article
    is the title before it, or empty."""
    law = ""
    for match in _LAW_OR_ARTICLE.finditer(text):
        if match[1]:
            law = match[1]
            yield law, None
        else:
            number = numerals.parse(match[2])
            yield law, None if number is None else float(number)


def _blank(match: re.Match[str]) -> str:
    return "\n" * len(match.group())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
