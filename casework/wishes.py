"""Wishes that casework itself hears in a message, before the dialogue is asked.

They hang on what only casework knows: a code that is no word of any language, an open draft, a
matter that was handed over. Each becomes a command on the trusted path, as a button does.
"""

from __future__ import annotations

from casework.domain.conversation import Conversation
from casework.domain.draft import Draft, Stage
from casework.domain.extraction import references
from casework.domain.extraction.entity import DRAFT_CODE
from casework.domain.intake.words import Move, Words, han
from casework.domain.text import fold

SUPPLEMENT = "/supplement"
_OPEN = frozenset({Stage.CONSENT, Stage.COLLECTING, Stage.REVIEW})
# Said to what stands for confirmation: about it, and not a new thought.
_ABOUT = frozenset({Move.AFFIRM, Move.DENY, Move.CANCEL, Move.NOTHING_MORE, Move.PAUSE})
_LEAST = 4  # characters of words that are added


class Wishes:
    """``payload`` names the command that a message stands for, or None."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def payload(self, text: str, conversation: Conversation, draft: Draft | None) -> str | None:
        found = references.find(fold(text[:500]))
        if any(entity.kind == DRAFT_CODE for entity in found):
            return "/resume"
        if draft is not None and draft.stage in _OPEN:
            paused = bool(draft.notes.get("paused"))
            exact = self._words.exact(text) is Move.PAUSE
            if exact or (not paused and self._words.pauses(text)):
                return "/pause"
            if not paused:
                return None  # everything else that is said now may be an answer
        if self._words.retrieves(text):
            return "/retrieve"
        if self._words.supplements(text) or self._adds(text, conversation):
            return SUPPLEMENT
        return None

    def _adds(self, text: str, conversation: Conversation) -> bool:
        """Whether words for a matter were asked for last, and these may be some."""
        if not asked_for_words(conversation):
            return False
        if self._words.exact(text) in _ABOUT:
            return True
        tells = han(text) >= _LEAST and not self._words.asks_aside(text)
        return tells and not self._words.wishes_otherwise(text)


def asked_for_words(conversation: Conversation) -> bool:
    """Whether the last thing said was a question about what to add to a matter."""
    return any(button.payload == SUPPLEMENT for button in conversation.offered)
