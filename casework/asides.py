"""Messages that are taken for something else than an answer, and may be one all the same.

The dialogue decides by the words of a single message whether it interrupts an intake. Where that
goes wrong, people get stuck: they say the same thing again and again and are told something else.
Here the draft is asked too, and what somebody repeats is always taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from casework.domain.draft import Draft, Stage
from casework.domain.matter import MatterKind
from casework.domain.messages import Author
from casework.domain.text import fold
from casework.intake_step import Step
from casework.intakes import Intakes
from casework.ports import Store, UnitOfWork

_LINES = 8
# How much of a long message is looked at, at either end.
_LOOKED_AT = 80


def repeated(work: UnitOfWork, conversation_id: str, message_id: str) -> bool:
    """Whether the citizen has just said the very same thing."""
    lines = work.transcript.last(conversation_id, _LINES)
    said = [line for line in lines if line.author is Author.CITIZEN]
    at = next((n for n, line in enumerate(said) if line.message_id == message_id), 0)
    return at > 0 and said[at].text.strip() == said[at - 1].text.strip()


class Answering(Protocol):
    """The part of the intake that takes answers."""

    def asking_kind(self, draft: Draft) -> str | None: ...
    def answer(self, conversation_id: str, message_id: str, intent: str) -> Step: ...


@dataclass(frozen=True)
class Kept:
    """A message taken as an answer. ``told`` is false when no fact was found in it."""

    step: Step
    told: bool


class Asides:
    """Tells answers from interruptions once more, with the draft in view."""

    def __init__(self, store: Store, intakes: Intakes, intake: Answering) -> None:
        self._store = store
        self._intakes = intakes
        self._intake = intake

    def sounds_asking(self, text: str) -> bool:
        """Whether a message ends as a question does."""
        return self._intakes.words.asks(text)

    def interrupts(self, conversation_id: str, message_id: str, intent: str) -> bool:
        """Whether a message that the dialogue took for an interruption really is one."""
        with self._store.reading() as work:
            text = work.inbox.turn(message_id).text
            draft = work.drafts.open_for(conversation_id)
        if self.repeated(conversation_id, message_id):
            return False
        if draft is None or self._intake.asking_kind(draft) != "text":
            return True
        return self._intakes.words.interrupts(text, intent)

    def repeated(self, conversation_id: str, message_id: str) -> bool:
        """Whether the citizen has just said the very same thing."""
        with self._store.reading() as work:
            return repeated(work, conversation_id, message_id)

    def asks(self, conversation_id: str, message_id: str) -> bool:
        """Whether a message that was taken for an answer asks something instead (退一赔三是啥意思？)."""
        draft = self._open_draft(conversation_id)
        if draft is None or draft.asking == "narrative":
            return False
        if self._intake.asking_kind(draft) != "text" or self.repeated(conversation_id, message_id):
            return False
        with self._store.reading() as work:
            return self._intakes.words.asks_aside(work.inbox.turn(message_id).text)

    def keep(self, conversation_id: str, message_id: str) -> Kept | None:
        """Take a message as an answer although it was answered otherwise (a cry for help, a
        question nobody could answer); None where nothing is being asked."""
        before = self._open_draft(conversation_id)
        if before is None:
            return None
        step = self._intake.answer(conversation_id, message_id, "inform")
        after = self._open_draft(conversation_id)
        return Kept(step, after is None or after.facts != before.facts)

    def keep_story(self, conversation_id: str, message_id: str) -> Kept | None:
        """The same, where a free text is being asked for."""
        draft = self._open_draft(conversation_id)
        if draft is None or self._intake.asking_kind(draft) != "text":
            return None
        return self.keep(conversation_id, message_id)

    def wanted_by(self, text: str) -> MatterKind | None:
        """Which intake a message asks for at its beginning or its end, however long its story."""
        for kind, topic in self._intakes.topics.items():
            if topic.opens and any(
                topic.opens.search(fold(part)) for part in (text[:_LOOKED_AT], text[-_LOOKED_AT:])
            ):
                return None if self._intakes.words.asks(text) else kind
        return None

    def withdraws(self, text: str) -> bool:
        """Whether a message takes the consent back."""
        return self._intakes.words.withdraws(text)

    def _open_draft(self, conversation_id: str) -> Draft | None:
        with self._store.reading() as work:
            draft = work.drafts.open_for(conversation_id)
        if draft is None or draft.stage is not Stage.COLLECTING or draft.notes.get("paused"):
            return None
        return draft
