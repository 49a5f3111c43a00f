"""Chinese and mixed numerals: ``三万五``, ``3万5``, ``二〇二四``, ``一百零五``."""

from __future__ import annotations

import re

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
    "幺": 1,
}
SMALL_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
BIG_UNITS = {"万": 10_000, "亿": 100_000_000}

# A number as people write it, in folded text. Bounded: a long run of digits is no number.
ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,4})?"
CHINESE = r"[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]{1,16}"
NUMBER = rf"(?:{ARABIC}[十百千万亿]{{0,3}}\d{{0,4}}|{CHINESE})"

_PART = re.compile(r"\d[\d,]{0,15}(?:\.\d{1,4})?|.", re.DOTALL)
# 两三万, 三五百: somewhere between the two; the lower one is what is sure.
_PAIR = "一二|[二两]三|三四|三五|四五|五六|六七|七八|八九"
_BETWEEN = re.compile(rf"(?:{_PAIR})(?=[十百千万亿])|(?<=[百千万])(?:{_PAIR})$")


def is_between(text: str) -> bool:
    """Whether two neighbouring digits say "one or the other": 两三万, 五六个."""
    return bool(_BETWEEN.search(text) or _BETWEEN.search(text + "十"))


def lower(text: str) -> str:
    """The number with the first of two such digits alone: 两三 is 两, 三四千 is 三千."""
    short = _BETWEEN.sub(lambda match: match.group()[0], text)
    return _BETWEEN.sub(lambda match: match.group()[0], short + "十")[:-1]


def parse(text: str) -> int | float | None:
    """The number that ``text`` writes, or None if it writes none.

    A last digit after a unit counts for the next smaller unit, as it is spoken: ``三万五`` is
    35,000 and ``两千三`` is 2,300, but ``三万零五`` is 30,005. Of two neighbours before a unit the lower
    counts: ``两三万`` is 20,000.
    """
    if not text:
        return None
    if all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    text = _BETWEEN.sub(lambda match: match.group()[0], text)
    total: float = 0
    section: float = 0
    number: float | None = None
    unit = 1  # the unit that a trailing digit is one step below
    for part in _PART.findall(text):
        if part[0].isdigit() and part[0].isascii():
            number = float(part.replace(",", ""))
            if len(part) > 1:
                unit = unit if number < 10 else 1
        elif part in ("零", "〇"):
            unit = 1
        elif part in DIGITS:
            number = (number or 0) * 10 + DIGITS[part] if number is not None else DIGITS[part]
        elif part in SMALL_UNITS:
            section += (1 if number is None else number) * SMALL_UNITS[part]
            unit, number = SMALL_UNITS[part], None
        elif part in BIG_UNITS:
            section += number or 0
            total = (
                (total + (section or 1)) * BIG_UNITS[part]
                if part == "亿"
                else (total + (section or 1) * BIG_UNITS[part])
            )
            section, unit, number = 0, BIG_UNITS[part], None
        else:
            return None
    if number is not None:
        section += number * unit / 10 if unit >= 100 and number < 10 else number
    result = total + section
    return int(result) if result == int(result) else round(result, 4)
