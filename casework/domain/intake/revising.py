"""Changing what was told: corrections at any time, and the review before anything is handed over."""

from __future__ import annotations

from collections.abc import Sequence

from casework.domain.draft import Draft, Stage
from casework.domain.extraction.entity import Entity
from casework.domain.intake import corrections, ledger, mining
from casework.domain.intake.agenda import CHOOSING, Agenda
from casework.domain.intake.answers import Answer, Unclear, read
from casework.domain.intake.said import Extract, Heard, Said
from casework.domain.intake.topic import FactSpec, Topic
from casework.domain.intake.words import Move
from casework.domain.text import fold

# How often a citizen is asked which fact to change before the review is simply shown again.
_MOST_CHOOSING = 3
# What comes by the month or the day is hardly the sum in dispute: 我在超市上班一个月三千.
_RATES = ("month", "day", "year")


class Revising:
    """The rules of change for one topic."""

    def __init__(self, topic: Topic, extract: Extract, agenda: Agenda) -> None:
        self._topic = topic
        self._extract = extract
        self._agenda = agenda

    def corrected(
        self, draft: Draft, heard: Heard, entities: Sequence[Entity]
    ) -> list[Said] | None:
        """Apply the correction that a message makes; None if it makes none."""
        found = corrections.find(
            self._topic,
            draft.facts,
            heard.text,
            entities,
            numbered=self._agenda.numbered(draft),
            asking=draft.asking,
        )
        if found is None or (found.spec.id == draft.asking and found.spec.id not in draft.facts):
            return None
        spec = found.spec
        if not found.text:
            self.edit(draft, spec)
            return []
        answer = read(spec, found.text, self._extract(found.text))
        if isinstance(answer, Unclear) and found.plain and spec.id not in draft.facts:
            return None
        if isinstance(answer, Unclear):
            if spec.kind in ("phone", "choice", "number"):
                self.edit(draft, spec)
                values = {"label": spec.label, "example": spec.example, **dict(answer.values)}
                return [Said(answer.hint, values)]
            answer = Answer(found.text, found.text)
        before = ledger.text_of(draft, spec.id)
        draft.notes.pop("editing", None)
        if before and spec is self._topic.facts[0] and answer.text.startswith(before):
            # written under the story, which keeps the messages it was told in
            ledger.tell(draft, spec.id, answer.text[len(before) :].strip(), heard.message_id)
            return [Said("ack.added"), *self.sealing(draft)]
        ledger.put_all(draft, {spec.id: answer}, heard.message_id)
        if before == answer.text:
            return [Said("ack.same", {"label": spec.label, "value": answer.text})]
        if found.plain and not before:
            noted = Said("ack.noted", {"ids": [spec.id]})
            return [noted, *over(spec, answer), *self.sealing(draft)]
        return [changed(draft, spec), *over(spec, answer), *self.sealing(draft)]

    def review(self, draft: Draft, heard: Heard, move: Move) -> list[Said] | None:
        """What a message does while the summary is shown; None if it tells something more."""
        choosing = draft.notes.pop("editing", None) == CHOOSING
        if move is Move.CANCEL and not choosing:
            draft.notes["paused"] = True
            return [Said("cancelled.paused")]
        if not choosing and move is Move.AFFIRM:
            if not self._agenda.missing(draft):
                draft.stage = Stage.CONFIRMED
                draft.notes["confirmed_by"] = heard.message_id
            return []
        if move is Move.BACK:
            return [Said("ack.back" if ledger.undo(draft) else "ack.nothing_back")]
        if move in (Move.DENY, Move.CORRECT):
            self.choose(draft)
            return []
        picked = corrections.item(self._topic, heard.text, self._agenda.numbered(draft))
        if picked:
            self.edit(draft, picked)
            return []
        if move is not Move.ANSWER:
            return [] if choosing or move is Move.REVIEW else [Said("ack.nothing_to_change")]
        entities = self._extract(heard.text)
        said = self.corrected(draft, heard, entities)
        if said is None:
            said = self._replaced(draft, heard, entities)
        if said is None and choosing:
            if ledger.count_up(draft, CHOOSING) < _MOST_CHOOSING:
                self.choose(draft)
            return [Said("ack.unknown_field")]
        return said

    def _replaced(
        self, draft: Draft, heard: Heard, entities: Sequence[Entity]
    ) -> list[Said] | None:
        """A bare phone number or place, said while the summary is read, stands for the one in it."""
        told = [spec.id for spec in self._agenda.numbered(draft) if spec.kind != "text"]
        found = mining.mine(self._topic, heard.text, entities, told)
        if len(found) != 1 or any(entity.detail in _RATES for entity in entities):
            return None
        if mining.beyond(heard.text, entities) >= 2:  # 2017年3月结的婚 is another day
            return None
        fact_id, answer = next(iter(found.items()))
        spec = self._topic.spec(fact_id)
        if spec is None or fact_id not in draft.facts or answer.text == draft.facts[fact_id].text:
            return None
        ledger.put_all(draft, found, heard.message_id)
        return [changed(draft, spec)]

    def choose(self, draft: Draft) -> None:
        """Ask which fact to change."""
        draft.notes["editing"] = CHOOSING
        draft.stage, draft.asking = Stage.REVIEW, None

    def edit(self, draft: Draft, spec: FactSpec) -> None:
        """Ask for a fact anew."""
        draft.notes["editing"] = spec.id
        ledger.forget_count(draft, spec.id)

    def sealing(self, draft: Draft) -> list[Said]:
        """An accusation is sealed as soon as it shows; nothing more is asked than needed."""
        purpose = draft.facts.get("purpose")
        accused = self._topic.accuses(fold(ledger.text_of(draft, "narrative")))
        if purpose:  # the citizen's own word counts
            if bool(draft.notes.get("sealed")) == (purpose.value == "accusation"):
                return []
            draft.notes["sealed"] = purpose.value == "accusation"
            return [Said("ack.sealed" if draft.notes["sealed"] else "ack.unsealed")]
        if accused and not draft.notes.get("sealed"):
            draft.notes["sealed"] = True
            return [Said("ack.sealed")]
        return []


def changed(draft: Draft, spec: FactSpec) -> Said:
    """The change, confirmed aloud."""
    fact = draft.facts[spec.id]
    if not fact.text:
        return Said("ack.changed_none", {"label": spec.label})
    return Said("ack.changed", {"label": spec.label, "value": fact.text})


def over(spec: FactSpec, answer: Answer) -> list[Said]:
    """What is said when a number is larger than the rules of procedure allow for."""
    if spec.most and isinstance(answer.value, int) and answer.value > spec.most and spec.over:
        return [Said(text=spec.over)]
    return []
