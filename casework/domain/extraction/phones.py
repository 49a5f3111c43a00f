"""Mobile, landline and service numbers, written with or without blanks, hyphens and ``+86``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casework.domain.extraction.entity import PHONE, Entity
from casework.domain.extraction.numerals import DIGITS

_MOBILE = re.compile(r"(?<![\d+])(?:\+?86[- ]?)?(1[3-9]\d[- .]?\d{4}[- .]?\d{4})(?!\d)")
_MOBILE_3_3_5 = re.compile(r"(?<!\d)(1[3-9]\d[- .]\d{3}[- .]\d{5})(?!\d)")
_LANDLINE = re.compile(
    r"(?<!\d)(\(?0(?:10|2\d|[3-9]\d{2})\)?[- ]?[2-9]\d{6,7}(?:(?:-|转)\d{1,5})?)(?!\d)"
)
_SERVICE = re.compile(r"(?<!\d)([48]00[- ]?\d{3}[- ]?\d{4}|[48]00[- ]?\d{4}[- ]?\d{3})(?!\d)")
_LOCAL = re.compile(r"(?:电话|座机|固话|联系方式)(?:号码)?(?:是|为|:)?[ ]?([2-9]\d{6,7})(?!\d)")
_SPOKEN = re.compile(
    r"(?<![零〇一二三四五六七八九幺])([一幺][三四五六七八九][零〇一二三四五六七八九幺]{9})"
    r"(?![零〇一二三四五六七八九幺])"
)
_RUN = re.compile(r"(?<!\d)\d(?:[- .]?\d){4,19}(?!\d)", re.ASCII)
_OTHERS = re.compile(r"(?:对方|他|她|老板|公司|单位|房东|中介|被告|老赖|骗子)[^。,;!?\n]{0,8}$")


def find(text: str) -> Iterator[Entity]:
    """Phone numbers in folded text. ``detail`` is ``other`` for the number of somebody else."""
    for pattern in (_MOBILE, _MOBILE_3_3_5, _SERVICE, _LANDLINE, _LOCAL, _SPOKEN):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            if pattern is _MOBILE:
                start = match.start()
            said = text[start:end]
            digits = "".join(
                str(DIGITS.get(c, c)) for c in match.group(1) if c in DIGITS or c.isdigit()
            )
            if pattern is _LANDLINE:
                digits = _landline(match.group(1))
            whose = "other" if _OTHERS.search(text[max(0, start - 14) : start]) else "self"
            yield Entity(PHONE, start, end, said, digits, whose)


def in_answer(text: str) -> Iterator[Entity]:
    """Runs of digits in an answer to "what is your number?", even those that are none."""
    for match in _RUN.finditer(text):
        yield Entity(
            PHONE, *match.span(), match.group(), re.sub(r"\D", "", match.group()), "unclear"
        )


def _landline(said: str) -> str:
    digits = re.sub(r"[^\d转-]", "", said)
    area = re.match(r"0(?:10|2\d|[3-9]\d{2})", digits)
    if area is None:
        return digits
    rest = re.sub(r"^-", "", digits[area.end() :]).replace("转", "-")
    return f"{area.group()}-{rest}"
