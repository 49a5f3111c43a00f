"""Which of the offered buttons a typed message means.

Only what was offered last counts, and only what casework offered ever becomes a payload (design
invariant 6). A bare number picks a button by its place, but only where a number cannot be the
answer itself: ``3`` typed to "how many months?" is three months, not the third button.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from casework.domain.messages import Button

# ``3``, ``3.``, ``(3)``, ``３、`` and ``③`` (NFKC turns the last two into plain digits).
_NUMBER = re.compile(r"[(\[]?\s*(\d{1,2})\s*[)\].,:、。]?")
_TRIM = " \t\r\n。.,!！、;；:：\"'“”‘’《》【】[]()"

# Kinds of question that a number answers by itself, or that any words answer.
FREE_KINDS = frozenset({"text", "name", "phone", "place", "date", "amount", "number"})


def plain(text: str) -> str:
    """``text`` for comparing: full-width folded, case folded, punctuation at the ends dropped."""
    return unicodedata.normalize("NFKC", text).strip(_TRIM).casefold()


def resolve(text: str, offered: Sequence[Button], asking_kind: str | None = None) -> Button | None:
    """The offered button that ``text`` names by its label or its number, or None."""
    wanted = plain(text)
    if not wanted:
        return None
    for button in offered:
        label = plain(button.label)
        # A label that asks may be named without its question mark; "是的？" is no "是的".
        if wanted in (label, label.rstrip("?")):
            return button
    if asking_kind in FREE_KINDS:
        return None
    number = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if number and 1 <= int(number[1]) <= len(offered):
        return offered[int(number[1]) - 1]
    return None
