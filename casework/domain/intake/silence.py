"""What happens where a question gets no answer: put again, left open, refused, or a person offered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casework.domain.draft import Draft
from casework.domain.intake import ledger
from casework.domain.intake.agenda import Agenda
from casework.domain.intake.answers import Answer, Unclear
from casework.domain.intake.said import Heard, Said
from casework.domain.intake.topic import FactSpec, Topic
from casework.domain.intake.words import Move

# How often a question is put before it is left open, or before a person is offered.
ASKED_ENOUGH = 3
_NAME = re.compile(r"名|称呼")
_NUMBER = re.compile(r"电话|手机|号码|联系方式")


class Silence:
    """The rules for one topic."""

    def __init__(self, topic: Topic, agenda: Agenda) -> None:
        self._topic = topic
        self._agenda = agenda

    def unclear(
        self,
        draft: Draft,
        spec: FactSpec,
        heard: Heard,
        unclear: Unclear,
        said: Sequence[Said],
        told_something: bool,
    ) -> list[Said]:
        """The question was not answered; ``said`` is said of what was told instead, if anything."""
        if told_something:
            ledger.count_up(draft, spec.id)
            enough = ledger.count(draft, spec.id) >= ASKED_ENOUGH
            return [*said, *(self._leave(draft, spec, heard) if enough else [])]
        values = {"label": spec.label, "example": spec.example, **dict(unclear.values)}
        return [*said, *self._again(draft, spec, heard, Said(unclear.hint, values))]

    def nothing(self, draft: Draft, spec: FactSpec, heard: Heard, move: Move) -> list[Said]:
        """A yes, a no or a sigh where something is to be told."""
        if _is_enough(draft, spec):
            if move is not Move.EMPTY:
                draft.notes.pop("thin")
                return []
        elif ledger.is_short(draft, spec.id):
            if move is not Move.EMPTY:
                ledger.fill_up(draft, spec.id)
                return []
        elif spec.refusable and move in (Move.DENY, Move.NOTHING_MORE):
            return self.refuse(draft, spec, heard)
        elif move is Move.NOTHING_MORE and not spec.required:
            ledger.leave_open(draft, spec.id, heard.message_id)
            return []
        values = {"label": spec.label, "example": spec.example}
        return self._again(draft, spec, heard, Said("reask.meaningless", values))

    def skip(self, draft: Draft, spec: FactSpec, heard: Heard) -> list[Said]:
        """The citizen does not know, or would rather not say."""
        if spec.refusable:
            return self.refuse(draft, spec, heard)
        if _is_enough(draft, spec):
            draft.notes.pop("thin")
            return []
        if ledger.is_short(draft, spec.id):
            ledger.fill_up(draft, spec.id)
            return []
        if not spec.required:
            ledger.leave_open(draft, spec.id, heard.message_id)
            return [Said("ack.skipped")]
        values = {"label": spec.label, "example": spec.example}
        if spec.yields:
            ledger.leave_open(draft, spec.id, heard.message_id)
            return [Said("ack.left_open")]
        return self._again(draft, spec, heard, Said("reask.roughly", values))

    def refuse(self, draft: Draft, spec: FactSpec, heard: Heard) -> list[Said]:
        """Note that something is not told. Of two things asked at once the words say which."""
        refused = [spec]
        other = self._agenda.asked_along(draft, spec)
        if other is not None and other.refusable:
            name, number = _NAME.search(heard.text), _NUMBER.search(heard.text)
            if bool(name) == bool(number):
                refused = [spec, other]
            elif bool(name) != (spec.kind == "name"):
                refused = [other]
        for one in refused:
            ledger.put(draft, one.id, Answer("", None), heard.message_id, refused=True)
        return [Said(text=one.refused) for one in refused]

    def _again(self, draft: Draft, spec: FactSpec, heard: Heard, hint: Said) -> list[Said]:
        """Put the question again with an example; the third time leave it, or offer a person."""
        ledger.count_up(draft, spec.id)
        if ledger.count(draft, spec.id) < ASKED_ENOUGH:
            return [hint]
        return self._leave(draft, spec, heard)

    def _leave(self, draft: Draft, spec: FactSpec, heard: Heard) -> list[Said]:
        if spec.required and not spec.yields:
            return [Said("reask.person_needed", {"example": spec.example})]
        draft.notes.pop("editing", None)
        if spec.id not in draft.facts:
            ledger.leave_open(draft, spec.id, heard.message_id)
        ledger.fill_up(draft, spec.id)
        return [Said("reask.person")]


def _is_enough(draft: Draft, spec: FactSpec) -> bool:
    """Whether the story is short, and may stay so."""
    return spec.id == "narrative" and bool(draft.notes.get("thin")) and spec.id in draft.facts
