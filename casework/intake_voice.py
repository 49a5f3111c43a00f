"""Where a draft stands, in words: the rules and the texts of an intake brought together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from casework.domain import extraction
from casework.domain.bureau import CHINA
from casework.domain.draft import Draft, Stage
from casework.domain.intake.interview import Interview
from casework.domain.intake.said import Said
from casework.domain.intake.words import plain
from casework.intake_step import Step
from casework.intake_words import IntakeWords, said_alone
from casework.intakes import Intakes
from casework.known_before import offered
from casework.ports import Clock, UnitOfWork
from casework.texts import Texts


class IntakeVoice:
    """One object per process. ``places`` are the bureau's own, that need no suffix."""

    def __init__(
        self, clock: Clock, texts: Texts, intakes: Intakes, places: Collection[str]
    ) -> None:
        self._clock = clock
        self._texts = texts
        self._intakes = intakes
        self._places = places

    def interview(self, draft: Draft, now: datetime) -> Interview:
        """The rules for a draft on this day."""
        today = now.astimezone(CHINA).date()
        return self._intakes.interview_of(
            draft, lambda text: extraction.extract(text, today, self._places)
        )

    def meant(self, draft: Draft, text: str, now: datetime) -> str:
        """``text``, or the words of an earlier matter that it refers to (和上次一样)."""
        interview = self.interview(draft, now)
        spec = interview.topic.spec(draft.asking)
        along = interview.agenda.asked_along(draft, spec) if spec else None
        before = offered(draft, spec, along)
        label = self._texts.say("intake.button.as_before", value=before)
        if before and (plain(text) == plain(label) or self._intakes.words.as_before(text)):
            return before
        return text

    def step(self, draft: Draft | None, said: list[Said]) -> Step:
        """What is said, and the question that stands then."""
        if draft is None:
            return Step([said_alone(self._texts, one) for one in said])
        interview = self.interview(draft, self._clock.now())
        words = IntakeWords(self._texts, interview.topic, interview.agenda)
        question = words.question(draft)
        stage = Stage.CANCELLED if draft.notes.get("paused") else draft.stage
        return Step(words.speak(said, draft), question, stage, question is not None, draft.kind)

    def standing(self, work: UnitOfWork, conversation_id: str, otherwise: str = "") -> Step:
        """The question that stands; else that the draft went on elsewhere; else ``otherwise``."""
        draft = work.drafts.open_for(conversation_id)
        if draft is not None:
            return self.step(draft, [])
        key = "taken.gone" if work.drafts.left(conversation_id) else otherwise
        return self.step(None, [Said(key)] if key else [])
