"""Codes that a citizen holds: for asking after a matter, and for taking a draft up elsewhere.

Characters that are hard to mistake for each other when read aloud or copied by hand (no 0/O,
1/I/L, U/V), from an alphabet of 29. A query code (查询码, ``K7QM-3XPD``) stands beside the matter
number: about 5·10¹¹ codes behind a limit on attempts. A draft code (暂存码, ``K7QM-3XPD-W2HT``) is
all that is asked for, so it has another group: about 3·10¹⁷.
"""

from __future__ import annotations

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
_GROUP = 4
_QUERY, _DRAFT = 2, 3  # groups
_CODE = re.compile(rf"[{ALPHABET}]{{4}}(?:-[{ALPHABET}]{{4}})+")


def new_code() -> str:
    """A fresh query code, with a letter and a digit in it so that it looks like no other number."""
    return _new(_QUERY)


def new_draft_code() -> str:
    """A fresh draft code."""
    return _new(_DRAFT)


def normalise(typed: str) -> str | None:
    """The code as it was issued (``k7qm 3xpd`` -> ``K7QM-3XPD``), or None if it cannot be one."""
    return _normalise(typed, _QUERY)


def normalise_draft(typed: str) -> str | None:
    """The same for a draft code."""
    return _normalise(typed, _DRAFT)


def _new(groups: int) -> str:
    while True:
        letters = "".join(secrets.choice(ALPHABET) for _ in range(groups * _GROUP))
        if any(c.isdigit() for c in letters) and any(c.isalpha() for c in letters):
            return _grouped(letters)


def _normalise(typed: str, groups: int) -> str | None:
    letters = re.sub(r"[^0-9A-Za-z]", "", typed).upper()
    code = _grouped(letters)
    return code if len(letters) == groups * _GROUP and _CODE.fullmatch(code) else None


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
