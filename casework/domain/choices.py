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
# ``第三个``, ``选3``, ``第2项。``
_ORDINAL = re.compile(
    r"(?:我?选择?第?|第)\s*(\d{1,2}|[一二三四五六七八九十])\s*[个项条号种]?[吧。.!]?"
)
_DIGITS = {digit: place for place, digit in enumerate("一二三四五六七八九十", start=1)}
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
    typed = unicodedata.normalize("NFKC", text).strip()
    found = _NUMBER.fullmatch(typed) or _ORDINAL.fullmatch(typed)
    place = (_DIGITS.get(found[1]) or int(found[1])) if found else 0
    return offered[place - 1] if 1 <= place <= len(offered) else None
