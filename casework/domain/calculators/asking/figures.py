"""The figures in one message: sums, wages, spans of work, rates and days, where words name them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from casework.domain.calculators.deadlines import earliest
from casework.domain.extraction import amounts, dates, numerals
from casework.domain.extraction.entity import AMOUNT, Entity
from casework.domain.text import fold

_NUMBER = rf"(?:{numerals.ARABIC}|{numerals.CHINESE})"
_GAP = r"[^\d零〇一二两三四五六七八九十百千万半几数,。;!?\n]"
_NOT_MONEY = re.compile(
    r"\s*(?:个|年|月(?![息利])|天|次|[%％]|分|厘|倍|级|岁|小时|号|日|人|家|折|点)"
)
_WAGE_BEFORE = re.compile(
    r"(?:工资|月薪|薪水|底薪|薪资|月入|收入|到手|每个?月|一个?月|月均|平均|挣|开|发)[^\d,。;]{0,5}$"
)
_NO_WAGE = re.compile(
    r"(?:拖?欠|借|利息|房租|租金|抚养费|生活费|月供|补偿|赔|押金|罚|扣|社保|花)[^,。;]{0,4}$"
)
_SERVICE = re.compile(
    rf"(?<![\d.])(?:(?P<years>{_NUMBER}) ?年(?!前|底|初|薪|终|级|假|[ ]?\d{{1,2}}月)"
    rf"(?:(?P<half>半)|[零又多]?(?P<months>{_NUMBER}) ?个?月(?!前)|(?P<more>多))?"
    rf"|(?P<only>{_NUMBER}) ?个(?P<mid>半)?月(?P<bit>多)?(?!前|后|的?工资|的?平均|挣|开)"
    r"|(?P<halfyear>半)年(?P<beyond>多)?(?!前))",
    re.ASCII,
)
_WORKED_BEFORE = re.compile(
    r"(?:干|工作|上班|做|待|呆|入职|工龄|打工|就职|任职|服务|在职|满|班)"
    r"(?:活|工|了|快|已经|将近|差不多|有|整整|都|已|大概|大约|到现在|是)*$"
)
_WORKED_AFTER = re.compile(r"(?:的?(?:工龄|工作年限|老员工)|了)")
_NOT_WORKED = re.compile(
    r"(?:拖?欠|试用期?|提前|还剩|还有|合同|签|怀孕|休|病假|最近|前|判|追溯|近|补|赔|分|借|用)[^,。;]{0,4}$"
)
_ABOUT = ("more", "bit", "beyond")


@dataclass(frozen=True)
class Service:
    """How long somebody worked; ``about`` where they said 多."""

    years: Decimal
    months: Decimal
    about: bool


class Figures:
    """One message and what it says in figures. ``today`` is the day relative dates count from."""

    def __init__(self, text: str, today: date) -> None:
        self.text = fold(text)
        self.today = today

    def says(self, pattern: str) -> bool:
        """Whether the message matches; patterns are bounded, written by hand, and data."""
        return re.search(pattern, self.text) is not None

    @cached_property
    def sums(self) -> list[Entity]:
        """Every sum that is one: 几千块 is none."""
        found = (one for one in amounts.find(self.text) if one.kind == AMOUNT)
        return [one for one in found if not re.search("[几数]", one.text)]

    @cached_property
    def days(self) -> list[Entity]:
        """Dates that are one day, a month or a year; no ranges."""
        return [one for one in dates.find(self.text, self.today) if "/" not in str(one.value)]

    def money(self, *keys: str) -> Decimal | None:
        """The sum right behind one of the words, the keys in order of trust."""
        for key in keys:
            for match in re.finditer(rf"(?:{key}){_GAP}{{0,8}}", self.text):
                found = self._money_at(match.end())
                if found is not None:
                    return found
        return None

    def money_before(self, key: str) -> Decimal | None:
        """The sum right before a word: ``20万的诉讼费``."""
        for one in self.sums:
            if re.match(rf"{_GAP}{{0,4}}(?:{key})", self.text[one.end : one.end + 16]):
                return Decimal(str(one.value))
        return None

    def largest(self) -> Decimal | None:
        """The largest sum that is not said to be a month's or a day's."""
        plain = [Decimal(str(one.value)) for one in self.sums if one.detail in ("", "about")]
        return max(plain, default=None)

    def wage(self) -> Decimal | None:
        """The wage a month: the sum beside a word for wages."""
        for one in self.sums:
            before = self.text[max(0, one.start - 10) : one.start]
            monthly = one.detail == "month" or _WAGE_BEFORE.search(before)
            if monthly and one.detail != "day" and not _NO_WAGE.search(before):
                return Decimal(str(one.value))
        return self.money(
            r"(?:月工资|工资|月薪|底薪|月收入)(?:是|到手|拿)?",
            r"(?:一个月|每个?月)(?:挣|开|发|到手|拿)",
        )

    def service(self) -> Service | None:
        """How long they worked: the span beside a word for work, else the only one that can be."""
        candidates = []
        for match in _SERVICE.finditer(self.text):
            found = _service_of(match)
            before = self.text[max(0, match.start() - 10) : match.start()]
            if found is None or _NOT_WORKED.search(before):
                continue
            if _WORKED_BEFORE.search(before) or _WORKED_AFTER.match(self.text, match.end()):
                return found
            candidates.append(found)
        return candidates[0] if len(candidates) == 1 else None

    def day_beside(self, before: str = "", after: str = "") -> Entity | None:
        """The date right behind the words ``before`` or right before the words ``after``."""
        for one in self.days:
            head, tail = self.text[max(0, one.start - 8) : one.start], self.text[one.end :]
            if (before and re.search(rf"(?:{before}){_GAP}{{0,3}}$", head)) or (
                after and re.match(rf"{_GAP}{{0,6}}(?:{after})", tail[:20])
            ):
                return one
        return None

    def number_before(self, unit: str) -> Decimal | None:
        """The number right before a unit: ``16小时``, ``九级``."""
        match = re.search(rf"(?<![\d.])({_NUMBER}) ?(?:{unit})", self.text)
        return None if match is None else _parsed(match.group(1))

    def numbers(self, pattern: str) -> Iterator[tuple[re.Match[str], Decimal]]:
        """Matches of a pattern in which ``<n>`` stands for a number, with that number."""
        filled = pattern.replace("<n>", f"(?P<n>{_NUMBER})")
        for match in re.finditer(filled, self.text):
            value = _parsed(match["n"])
            if value is not None:
                yield match, value

    def number(self, *patterns: str) -> Decimal | None:
        """The first number that one of the patterns finds."""
        for pattern in patterns:
            for _, value in self.numbers(pattern):
                return value
        return None

    def _money_at(self, start: int) -> Decimal | None:
        match = re.compile(rf"({numerals.NUMBER})([万亿wWkK])?").match(self.text, start)
        if match is None or _NOT_MONEY.match(self.text, match.end()):
            return None
        if re.search("[几数]", match.group()):
            return None
        value = amounts.from_answer(match.group())
        return None if value is None or value < 10 else Decimal(str(value))


def first_day(found: Entity) -> date | None:
    """The earliest day a date can stand for; None where it stands for none."""
    try:
        return earliest(str(found.value))
    except ValueError:
        return None


def is_exact(found: Entity) -> bool:
    """Whether a date is known to the day."""
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(found.value)) is not None


def _service_of(match: re.Match[str]) -> Service | None:
    about = any(match[name] for name in _ABOUT)
    # "More than three years" is worth at least three and a bit: less than half a year is sure.
    bit = Decimal(1) if about else Decimal(0)
    if match["halfyear"]:
        return Service(Decimal(0), 6 + bit, about)
    if match["only"]:
        months = _parsed(match["only"])
        half = Decimal("0.5") if match["mid"] or match["bit"] else Decimal(0)
        return None if months is None else Service(Decimal(0), months + half, about)
    years = _parsed(match["years"])
    if years is None or years > 60:
        return None
    months = Decimal(6) if match["half"] else bit
    if match["months"]:
        months = _parsed(match["months"]) or Decimal(0)
    return Service(years, months, about)


def _parsed(said: str) -> Decimal | None:
    value = numerals.parse(said.replace(",", ""))
    return None if value is None or value > 10**12 else Decimal(str(value))
