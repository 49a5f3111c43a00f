"""What is settled before any search: danger, nothing to read, too much to read, no Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable

from knowledge_base.text import is_chinese

MOST_CHARACTERS = 1000
"""The longest question that is searched; longer stories belong into a consultation or petition."""

Danger = Callable[[str], str | None]
"""What hears that somebody may be in danger: the words to say to them at once, or None. It gets
the question as it was written. Who opens the guidance brings it (``casework`` has the lexicon and
the classifier that every message goes through), so that there is one judgement of danger."""

_LETTER = re.compile(r"\w")


def stop_reason(question: str) -> str | None:
    """empty, too_long, other_language, or None when the question may be searched.

    ``question`` is normalised.
    """
    if not _LETTER.search(question):
        return "empty"
    if len(question) > MOST_CHARACTERS:
        return "too_long"
    if not is_chinese(question):
        return "other_language"
    return None
