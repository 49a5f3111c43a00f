"""Handing a confirmed summary over: a matter, its query code, and the promise to deliver it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.counselling import Counselling
from casework.domain import codes, summary
from casework.domain.bureau import CHINA
from casework.domain.draft import Draft, Stage
from casework.domain.errors import NothingToSubmit
from casework.domain.intake import ledger
from casework.domain.intake.agenda import Agenda
from casework.domain.matter import Matter, MatterEvent, MatterKind
from casework.domain.messages import Button, Reply
from casework.domain.ownership import ask_for_person
from casework.intake_words import IntakeWords
from casework.intakes import Intakes
from casework.ports import Clock, Store, UnitOfWork
from casework.texts import Texts


@dataclass(frozen=True)
class Submission:
    """A matter that was handed over. ``text`` is what the citizen is told."""

    number: str
    code: str
    kind: MatterKind
    text: str
    buttons: tuple[Button, ...] = ()

    @property
    def reply(self) -> Reply:
        return Reply(self.text, self.buttons)


class Submitting:
    """Turns confirmed drafts into matters. ``target`` names the petition system that gets them."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        texts: Texts,
        intakes: Intakes,
        counselling: Counselling,
        target: str,
    ) -> None:
        self._store = store
        self._clock = clock
        self._texts = texts
        self._intakes = intakes
        self._counselling = counselling
        self._target = target

    def submit(self, conversation_id: str, message_id: str) -> Submission:
        """Hand the confirmed summary over: the matter, its query code and the promise to deliver it
        are one transaction. Whatever is called twice is handed over once.

        Raises ``NothingToSubmit`` when there is no draft that the citizen confirmed and that has
        all it needs (design invariant 4).
        """
        now = self._clock.now()
        with self._store() as work:
            done = work.effects.get(message_id, "intake.submit")
            if done:
                kind = MatterKind(done["kind"])
                return self._submitted(kind, done["number"], done["code"], bool(done["sealed"]))
            draft = work.drafts.open_for(conversation_id)
            if draft is None or draft.stage is not Stage.CONFIRMED:
                raise NothingToSubmit
            agenda = Agenda(self._intakes.form(draft))
            if not ledger.text_of(draft, "narrative") or agenda.missing(draft):
                draft.stage = Stage.COLLECTING
                agenda.settle(draft)
                work.drafts.save(draft)
                work.commit()
                raise NothingToSubmit(draft.id)
            matter = work.matters.by_draft(draft.id)
            if matter is None:
                matter = self._hand_over(work, draft, message_id, now)
            result = {
                "kind": matter.kind.value,
                "number": matter.number,
                "code": matter.code,
                "sealed": matter.sealed,
            }
            work.effects.put(message_id, "intake.submit", result, now)
            ledger.wipe(draft)  # the matter holds it all now
            draft.stage, draft.updated_at = Stage.SUBMITTED, now
            work.drafts.save(draft)
            work.commit()
        return self._submitted(matter.kind, matter.number, matter.code, matter.sealed)

    def _hand_over(self, work: UnitOfWork, draft: Draft, message_id: str, now: datetime) -> Matter:
        topic = self._intakes.form(draft)
        words = IntakeWords(self._texts, topic, Agenda(topic))
        quotes = [
            summary.Quote(message.id, message.text, message.received_at)
            for message in (work.inbox.get(source) for source in summary.sources(draft))
        ]
        matter = Matter(
            id=uuid.uuid4().hex,
            number=work.matters.next_number(draft.kind, now.astimezone(CHINA).date()),
            code=codes.new_code(),
            kind=draft.kind,
            conversation_id=draft.conversation_id,
            draft_id=draft.id,
            summary=self._counselling.add(
                draft, summary.build(draft, topic, words.labels(), quotes), now
            ),
            created_at=now,
            sealed=bool(draft.notes.get("sealed")),
        )
        work.matters.add(matter)
        work.matters.add_event(matter.id, MatterEvent(now, "submitted", "citizen", matter.status))
        work.outbox.add(
            "matter",
            self._target,
            f"matter:{matter.id}",
            _delivered_form(matter),
            now,
            conversation_id=draft.conversation_id,
            matter_id=matter.id,
            message_id=message_id,
        )
        work.audit.record(now, "citizen", "submitted", matter.id, matter.number)
        conversation = work.conversations.get(draft.conversation_id)
        conversation.notes["told_until"] = now.isoformat()
        if matter.kind is MatterKind.CONSULTATION:
            ask_for_person(conversation, "consultation", now)
        work.conversations.save(conversation)
        return matter

    def _submitted(self, kind: MatterKind, number: str, code: str, sealed: bool) -> Submission:
        key = "sealed" if sealed else kind.value
        text = self._texts.say(f"intake.submitted.{key}", number=number, code=code)
        buttons = (
            Button(self._texts.say("intake.button.progress"), "/progress"),
            Button(self._texts.say("intake.button.menu"), "/menu"),
        )
        return Submission(number, code, kind, text, buttons)


def _delivered_form(matter: Matter) -> dict[str, Any]:
    """A matter as petition systems get it (docs/petition-http.md): never with the query code."""
    return {
        "number": matter.number,
        "kind": matter.kind.value,
        "created_at": matter.created_at.isoformat(),
        "sealed": matter.sealed,
        "summary": matter.summary,
    }
