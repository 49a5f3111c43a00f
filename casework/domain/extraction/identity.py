"""Citizen ID numbers (GB 11643-1999), numbers of travel papers, and bank card numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casework.domain.extraction.entity import BANK_CARD, ID_NUMBER, Entity

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"

_ID18 = re.compile(
    r"(?<![0-9A-Za-z])([1-9]\d{5}[ -]?(?:18|19|20)\d{2}[ -]?\d{4}[ -]?\d{3}[\dXx*])(?![0-9A-Za-z])"
)
_ID15 = re.compile(
    r"(?<![0-9A-Za-z])([1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3})(?![0-9A-Za-z])"
)
_CARD = re.compile(r"(?<![0-9A-Za-z])(\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?)(?![0-9A-Za-z])")
_CARD_WORD = re.compile(
    r"(?:卡号|[账帐]号|[账帐]户|银行|[工农建中交招]行|信用社|信用联社|邮储)[^\d\n]{0,8}$"
)
# An ID that lost or gained a digit is still somebody's: after the word it is taken as one.
_ID_AFTER_WORD = re.compile(
    r"(?:身份证|证件|公民身份)(?:号码|号)?(?:是|为|:)?[ ]?([1-9][0-9]{13,19}[Xx]?)(?![0-9A-Za-z])"
)
_TRAVEL = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|居留许可|居留证)(?:号码|号)?(?:是|为|:)?[ ]?([A-Za-z]{1,2}\d{7,9})(?![0-9A-Za-z])"
)


def checksum_holds(number: str) -> bool:
    """Whether the last character of an 18-character ID is the one its digits call for."""
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return False
    total = sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == number[17]


def _has_a_birthday(number: str) -> bool:
    """Whether its digits can be meant as a birthday, if only 30 February: mistyped is still somebody's."""
    return 1 <= int(number[10:12]) <= 12 and 1 <= int(number[12:14]) <= 31


def _luhn(digits: str) -> bool:
    total = 0
    for position, char in enumerate(reversed(digits)):
        value = int(char) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def find(text: str) -> Iterator[Entity]:
    """ID and card numbers in folded text; an ID that fails its checksum carries ``checksum``."""
    for match in _ID18.finditer(text):
        number = re.sub(r"[ -]", "", match.group(1)).upper()
        if _has_a_birthday(number):
            good = checksum_holds(number)
            yield Entity(
                ID_NUMBER, *match.span(1), match.group(1), number, "" if good else "checksum"
            )
    for match in _ID15.finditer(text):
        yield Entity(ID_NUMBER, *match.span(1), match.group(1), match.group(1))
    for match in _ID_AFTER_WORD.finditer(text):
        yield Entity(ID_NUMBER, *match.span(1), match.group(1), match.group(1).upper(), "checksum")
    for match in _TRAVEL.finditer(text):
        yield Entity(ID_NUMBER, *match.span(1), match.group(1), match.group(1).upper())
    for match in _CARD.finditer(text):
        digits = re.sub(r"[ -]", "", match.group(1))
        named = _CARD_WORD.search(text[max(0, match.start() - 16) : match.start()])
        if named or _luhn(digits):
            yield Entity(BANK_CARD, *match.span(1), match.group(1), digits)
