"""Sums of money: ``三万五``, ``5万多``, ``每月4500``, ``12000元``, ``1.2万``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casework.domain.extraction import numerals
from casework.domain.extraction.entity import AMOUNT, Entity

_UNIT = r"(?:元钱?|块钱?|圆|人民币|RMB|rmb)"
_VAGUE = r"(?:多|余|来|好几)"
_AMOUNT = re.compile(
    rf"(?<![\d.A-Za-z])(?P<sign>¥|￥|人民币)?[ ]?(?P<number>[一二两三四五六七八九]?十[几多来余][百千万亿]|{numerals.NUMBER}|[几数]十?[百千万])"
    rf"(?P<vague>{_VAGUE})?(?P<big>[万亿wWkK](?![A-Za-z0-9]))?(?P<vague2>{_VAGUE})?[ ]?(?P<unit>{_UNIT})?"
    r"(?P<rest>(?<=[块])[一二三四五六七八九\d](?!\d))?(?P<about>左右|上下|出头|的样子|以上)?",
    re.ASCII,
)
# Words before a bare number that make it money, with at most a few characters between.
_MONEY_BEFORE = re.compile(
    r"(?:每月|每个月|一个月|月薪|月工资|工资|底薪|薪水|日薪|每天|一天|欠款?|拖欠|欠我|欠了|借款?|借了|借给|借我|还款?|还了"
    r"|赔偿?|赔付|补偿款?|罚款?|罚了|花了?|付了?|交了?|押金|定金|订金|首付|货款|工程款|彩礼|本金|利息|金额|损失|医药费|医疗费"
    r"|费用|保证金|充了|充值|打了|汇了|投了|亏了|垫了|给了|砖了|转账?|转了|转给|汇款|收了|要了|骗了?我?|被骗|价值|总共|一共|共计|合计|改成|改为|不是|是)(?:我|他|她|你|对方|了|是|为|大概|大约|约|:|有|将近|近|给)*[ ]?$"
)
_PER = re.compile(
    r"(每个?月|一个?月|月薪|月工资|每天|一天|日薪|日工资|每年|一年|年薪)[^\d,。;\n]{0,4}$"
)
_ABOUT_BEFORE = re.compile("(?:大概|大约|约|差不多|将近|接近|近|不到|至少)[ ]?$")
# 5000到8000元, 3-5万: the lower end of it.
_LOW = re.compile(
    rf"(?<![\d.A-Za-z-])(?P<low>{numerals.NUMBER})(?P<big>[万wWkK])?[ ]?(?:元|块钱?)?[ ]?(?:到|至|-|~|—)[ ]?$",
    re.ASCII,
)
_PER_AFTER = re.compile(r"(?:/|每|一个?)(月|天|日|年)")
_NOT_MONEY = re.compile(
    r"[ ]?(?:个|人|名|户|家|亩|平|㎡|米|公里|岁|年|月|天|日|号|次|分|点|小时|周|条|份|张|件|套|辆|倍|%|％|楼|层|栋|室|单元|斤|吨|度|期|位|只|头|字|成|里|级|时|种|审|中|回|趟|遍|顿|场|口|大|厘|路|组|队|村|方)"
)
_STRONG = re.compile(
    r"万|亿|\d千|千[一二三四五六七八九两]|[二三四五六七八九两几数]千|[二三四五六七八九两几数]百[一二三四五六七八九]?$"
)


def find(text: str) -> Iterator[Entity]:
    """Sums in folded text. A bare number counts as money only beside a word of money."""
    for match in _AMOUNT.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        if match["unit"] is None and match["sign"] is None and not _is_money(text, match, before):
            continue
        value = _yuan(match)
        if value is None or value <= 0:
            continue
        if (
            match["number"] in "一两几"
            and match["unit"] == "块"
            and not _MONEY_BEFORE.search(before)
        ):
            continue  # 另划一块
        start = match.start() + (len(match.group()) - len(match.group().lstrip()))
        low = _low(text, start, match["big"] or match["number"][-1], value)
        if low:
            start, value = low
        detail = _per(before, text, match.end())
        if not detail and (low or _is_about(match, before)):
            detail = "about"
        end = match.start() + len(match.group().rstrip())
        yield Entity(AMOUNT, start, end, text[start:end], value, detail)


def _is_about(match: re.Match[str], before: str) -> bool:
    return bool(
        match["vague"]
        or match["vague2"]
        or match["about"]
        or re.search("[几数]|十[多来余]", match["number"])
        or numerals.is_between(match["number"] + (match["big"] or ""))
        or _ABOUT_BEFORE.search(before)
    )


def _low(text: str, start: int, big: str, high: float) -> tuple[int, float | int] | None:
    """Where a range that ends in the sum at ``start`` begins, and its lower end."""
    match = _LOW.search(text[max(0, start - 16) : start])
    if match is None:
        return None
    # 3-5万 are 30,000 to 50,000; 8000到1万 are what they say.
    low = match["low"]
    for said in (low, low + big if big in "十百千万" else low):
        value = _scaled(said, match["big"])
        if value is not None and high / 20 <= value < high:
            return max(0, start - 16) + match.start(), value
    return None


def from_answer(text: str) -> float | int | None:
    """The sum in an answer to "how much?", where a bare number is money."""
    match = re.search(rf"(?<![\d.])({numerals.NUMBER})(?:{_VAGUE})?([万亿wWkK])?", text)
    if match is None:
        return None
    return _scaled(match.group(1), match.group(2))


def _is_money(text: str, match: re.Match[str], before: str) -> bool:
    said = match["number"] + (match["big"] or "")
    value = _yuan(match)
    if value is not None and value >= 50 and _PER_AFTER.match(text, match.end()):
        return True  # 4500一个月, 300一天
    if _NOT_MONEY.match(text, match.end()):
        return False
    if _MONEY_BEFORE.search(before):
        plain = said.isascii() and said.isdigit()
        # Eleven digits are a phone number, four after 是 may be a year.
        year = len(said) == 4 and said[:2] in ("19", "20") and before.rstrip().endswith("是")
        return value is not None and value >= 10 and not (plain and (len(said) > 8 or year))
    if len(said) < 2 and not match["big"]:
        return False
    if match["big"] in ("w", "W", "k", "K"):
        return bool(re.search(r"\d", said))
    return bool(_STRONG.search(said)) and said not in (
        "千万",
        "万一",
        "百万",
        "万千",
        "千百",
        "二百五",
        "万",
        "亿",
    )


def _yuan(match: re.Match[str]) -> float | int | None:
    value = _scaled(match["number"], match["big"])
    if value is not None and match["rest"]:
        value += (numerals.parse(match["rest"]) or 0) / 10
    return value


def _scaled(said: str, big: str | None) -> float | int | None:
    said = re.sub("(?<=十)[几多来余]", "", said)
    if said[0] in "几数":
        value: float | int | None = numerals.parse("三" + said[1:])
    else:
        value = numerals.parse(said)
    if value is None:
        return None
    value *= {"万": 10_000, "w": 10_000, "亿": 100_000_000, "k": 1000}.get((big or "").lower(), 1)
    return int(value) if value == int(value) else round(value, 2)


def _per(before: str, text: str, end: int) -> str:
    match = _PER.search(before)
    said = match.group(1) if match else ""
    if not said:
        after = _PER_AFTER.match(text, end)
        said = after.group(1) if after else ""
    for char, unit in (("月", "month"), ("天", "day"), ("日", "day"), ("年", "year")):
        if char in said:
            return unit
    return ""
