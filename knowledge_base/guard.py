"""What is settled before any search: nothing to read, too much to read, no Chinese, danger."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge_base.text import is_chinese

MOST_CHARACTERS = 1000
"""The longest question that is searched; longer stories belong into a consultation or petition."""

_LETTER = re.compile(r"\w")


def stop_reason(question: str, crisis: Sequence[re.Pattern[str]]) -> str | None:
    """crisis, empty, too_long, other_language, or None when the question may be searched.

    ``question`` is normalised. Danger is looked for first and in the whole text.
    """
    if any(pattern.search(question) for pattern in crisis):
        return "crisis"
    if not _LETTER.search(question):
        return "empty"
    if len(question) > MOST_CHARACTERS:
        return "too_long"
    if not is_chinese(question):
        return "other_language"
    return None
