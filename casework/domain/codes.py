"""Query codes: what a citizen holds beside the matter number to ask for progress.

Eight characters that are hard to mistake for each other when read aloud or copied by hand
(no 0/O, 1/I/L, U/V), shown as ``K7QM-3XPD``. The alphabet has 29 characters: about 5·10¹¹
codes, behind a limit on attempts.
"""

from __future__ import annotations

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
_CODE = re.compile(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


def new_code() -> str:
    """A fresh query code, with a letter and a digit in it so that it looks like no other number."""
    while True:
        letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
        if any(c.isdigit() for c in letters) and any(c.isalpha() for c in letters):
            return f"{letters[:4]}-{letters[4:]}"


def normalise(typed: str) -> str | None:
    """The code as it was issued (``k7qm 3xpd`` -> ``K7QM-3XPD``), or None if it cannot be one."""
    letters = re.sub(r"[^0-9A-Za-z]", "", typed).upper()
    code = f"{letters[:4]}-{letters[4:]}"
    return code if _CODE.fullmatch(code) else None
