"""A narrative read once, without a conversation: the summary so far and what is to be asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from casework.domain import extraction, summary
from casework.domain.bureau import CHINA
from casework.domain.draft import Draft
from casework.domain.intake.said import Heard
from casework.domain.matter import MatterKind
from casework.domain.text import clean
from casework.domain.topics.story import Piece, Story
from casework.intake_words import IntakeWords
from casework.intakes import Intakes
from casework.locating import located
from casework.outlining import OutlineWords
from casework.ports import Locator
from casework.texts import Texts

# The one message that everything in the summary came from.
MESSAGE = "narrative"


class FirstReading:
    """Reads narratives as the intake of a consultation does."""

    def __init__(
        self,
        texts: Texts,
        intakes: Intakes,
        places: Collection[str] = (),
        locate: Locator | None = None,
    ) -> None:
        self._locate = locate
        self._texts = texts
        self._intakes = intakes
        self._places = places

    def read(self, narrative: str, now: datetime) -> dict[str, Any]:
        """``summary``, ``follow_ups`` (the most important first) and ``route``."""
        text = clean(narrative).strip()
        today = now.astimezone(CHINA).date()
        draft = Draft("reading", "reading", MatterKind.CONSULTATION, now, now)
        interview = self._intakes.interview(
            draft.kind, lambda said: extraction.extract(said, today, self._places)
        )
        interview.start(draft, [Heard(MESSAGE, text)])
        story = Story(Piece(text, (MESSAGE,)))
        entities = extraction.extract(story.text, today, self._places)
        outline = self._intakes.outliner.make(story, entities, today)
        words = OutlineWords(self._texts, outline, today)
        labels = IntakeWords(self._texts, interview.topic, interview.agenda).labels()
        quotes = [summary.Quote(MESSAGE, text, now)] if text else []
        made = summary.build(draft, interview.topic, labels, quotes)
        made = located(made, interview.topic, self._locate) | words.as_summary()
        return {
            "summary": made,
            "follow_ups": self._follow_ups(made),
            "route": made["route"],
        }

    def _follow_ups(self, made: dict[str, Any]) -> list[str]:
        asked = [gap["text"] for gap in made["contradictions"]]
        return asked + [question["text"] for question in made["open_questions"]]
