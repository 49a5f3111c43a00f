"""What the outline of a story adds to its intake: questions of its topic, ways, clocks, what is open."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from casework.domain import extraction
from casework.domain.bureau import CHINA
from casework.domain.draft import Draft, Stage
from casework.domain.intake import ledger, probing
from casework.domain.intake.said import Said
from casework.domain.outline.outline import Outline
from casework.domain.topics.story import Story
from casework.intakes import Intakes
from casework.locating import located
from casework.outlining import OutlineWords
from casework.ports import Locator
from casework.texts import Texts


class Counselling:
    """One object per process. ``places`` are the bureau's own, that need no suffix."""

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

    def probe(self, draft: Draft, now: datetime) -> bool:
        """Choose the questions of the draft's topic, once; whether there are new ones."""
        base = self._intakes.topics[draft.kind]
        today = _day(now)
        entities = extraction.extract(probing.story(draft).text, today, self._places)
        return self._intakes.probing.choose(draft, base, entities, today)

    def ways(self, draft: Draft, now: datetime) -> list[Said]:
        """Where the matter can be taken, said once before it is reviewed."""
        if draft.stage is not Stage.REVIEW or draft.notes.get("routed") or _is_sealed(draft):
            return []
        draft.notes["routed"] = True
        said = []
        purpose = self._purpose(draft)
        if purpose and self._texts.has(f"triage.classes.{purpose}"):
            said.append(Said(text=self._texts.say(f"triage.classes.{purpose}")))
        outline = self.outline(draft, now)
        if outline.tells_ways and purpose != "suggestion":
            said.append(Said(text=OutlineWords(self._texts, outline, _day(now)).said(draft.kind)))
        return said

    def warnings(self, draft: Draft) -> list[Said]:
        """What is said at once where the story tells of danger; each of it once."""
        if draft.stage not in (Stage.COLLECTING, Stage.REVIEW):
            return []
        signs = self._intakes.outliner.safety(probing.story(draft))
        warned: list[str] = draft.notes.setdefault("warned", [])
        said = dict.fromkeys(self._texts.fill(sign.say) for sign in signs)
        new = [text for text in said if text not in warned]
        warned += new
        return [Said(text=text) for text in new]

    def _purpose(self, draft: Draft) -> str | None:
        """What a petition is for: the citizen's word, or what the rules make of the story."""
        spec = self._intakes.topics[draft.kind].spec("purpose")
        if spec is None:
            return None
        told = draft.facts.get("purpose")
        return str(told.value) if told else ledger.derived(draft, spec)

    def add(self, draft: Draft, summary: dict[str, Any], now: datetime) -> dict[str, Any]:
        """The summary with its outline. Nothing is worked out of a sealed accusation."""
        if _is_sealed(draft):
            return summary
        words = OutlineWords(self._texts, self.outline(draft, now), _day(now))
        added = words.as_summary()
        lines = "\n".join([summary["text"], *words.lines(added)])
        found = located(summary, self._intakes.topics[draft.kind], self._locate)
        return {**found, **added, "text": lines}

    def outline(self, draft: Draft, now: datetime) -> Outline:
        """The outline of what a draft tells."""
        told: Story = probing.story(draft)
        today: date = _day(now)
        entities = extraction.extract(told.text, today, self._places)
        asked = [probe.get("ask", "") for probe in draft.notes.get("probes", ())]
        return self._intakes.outliner.make(
            told,
            entities,
            today,
            probing.answered(draft, entities),
            settled=probing.settled(draft),
            asked=asked if probing.GAP in draft.facts else (),
        )


def _is_sealed(draft: Draft) -> bool:
    return bool(draft.notes.get("sealed"))


def _day(now: datetime) -> date:
    return now.astimezone(CHINA).date()
