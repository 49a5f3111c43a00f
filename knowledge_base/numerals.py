"""Chinese numerals as the laws write them: 47 is 四十七, 1079 is 一千零七十九."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_VALUES = {character: value for value, character in enumerate(_DIGITS)} | {"〇": 0, "○": 0, "两": 2}
_WEIGHTS = {"十": 10, "百": 100, "千": 1000}
CHARACTERS = "零〇○一二两三四五六七八九十百千"


def to_chinese(number: int) -> str:
    """The number as a law numbers its articles. Raises ``ValueError`` outside 1 to 9999."""
    if not 1 <= number <= 9999:
        raise ValueError(f"{number} is not the number of an article")
    text, pending_zero = "", False
    for position, digit in enumerate(digits := str(number)):
        if digit == "0":
            pending_zero = True
            continue
        if pending_zero and text:
            text += "零"
        pending_zero = False
        text += _DIGITS[int(digit)] + _UNITS[len(digits) - position - 1]
    return text[1:] if text.startswith("一十") else text


def from_chinese(text: str) -> int:
    """The value of 四十七 or 二〇二六. Raises ``ValueError`` for anything else."""
    if not text or any(c not in _VALUES and c not in _WEIGHTS for c in text):
        raise ValueError(f"{text!r} is not a Chinese numeral")
    if not any(c in _WEIGHTS for c in text):
        return int("".join(str(_VALUES[c]) for c in text))
    total, digit = 0, None
    for c in text:
        if c in _VALUES:
            digit = _VALUES[c]
        else:
            total += (1 if digit is None else digit) * _WEIGHTS[c]
            digit = None
    return total + (digit or 0)
