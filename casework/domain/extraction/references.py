"""Matter numbers (``XF20261122-0007``) and query codes (``K7QM-3XPD``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casework.domain import codes
from casework.domain.extraction.entity import MATTER_NUMBER, QUERY_CODE, Entity

_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])([A-Za-z]{2,4})[ -]?(20\d{6})[ ]?[-_/—–]{0,2}[ ]?(\d{4,6})(?![0-9A-Za-z])"
)
_CODE = re.compile(
    rf"(?<![0-9A-Za-z])([{codes.ALPHABET}]{{4}}[- —–]?[{codes.ALPHABET}]{{4}})(?![0-9A-Za-z])", re.I
)


def find(text: str) -> Iterator[Entity]:
    """Matter numbers and query codes in folded text, in either case."""
    for match in _NUMBER.finditer(text):
        value = f"{match.group(1).upper()}{match.group(2)}-{match.group(3)}"
        yield Entity(MATTER_NUMBER, *match.span(), match.group(), value)
    for match in _CODE.finditer(text):
        code = codes.normalise(match.group(1))
        if code and any(c.isdigit() for c in code) and any(c.isalpha() for c in code):
            yield Entity(QUERY_CODE, *match.span(1), match.group(1), code)
