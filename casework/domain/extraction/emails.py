"""E-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casework.domain.extraction.entity import EMAIL, Entity

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])([A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}"
    r"(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,12})(?![A-Za-z0-9-])"
)


def find(text: str) -> Iterator[Entity]:
    """E-mail addresses in folded text."""
    for match in _EMAIL.finditer(text):
        yield Entity(EMAIL, *match.span(1), match.group(1), match.group(1).lower())
