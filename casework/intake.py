"""Collecting a matter: from the first words to a confirmed summary with a number.

The rules are in ``casework/domain/intake``, what is asked in ``casework/intakes``; this keeps the
draft, reads messages word for word from the inbox, and makes every message count once: what a
message has done is written down under its id in the same transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from datetime import datetime

from casework import listening
from casework.asides import Asides, repeated
from casework.counselling import Counselling
from casework.domain.choices import resolve
from casework.domain.draft import Draft, Stage
from casework.domain.intake import ledger
from casework.domain.intake.said import Heard, Said
from casework.domain.intake.switching import switch
from casework.domain.matter import MatterKind
from casework.intake_step import Step
from casework.intake_voice import IntakeVoice
from casework.intake_words import asking_kind
from casework.intakes import Intakes
from casework.keeping import Keeping
from casework.known_before import NOTE as BEFORE
from casework.known_before import known_before
from casework.pieces import Pieces
from casework.ports import Clock, Limiter, Locator, Store, UnitOfWork
from casework.setting_aside import SettingAside
from casework.submission import Submission, Submitting
from casework.texts import Texts
from casework.told_before import told_before

__all__ = ["Intake", "Step", "Submission"]


class Intake:
    """One object per process. ``target`` names the petition system that gets the matters;
    ``draft_days`` is how long a draft is kept that nobody goes on with."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        texts: Texts,
        intakes: Intakes,
        *,
        limiter: Limiter,
        places: Collection[str] = (),
        locate: Locator | None = None,
        target: str = "ledger",
        draft_days: int = 30,
    ) -> None:
        self._store = store
        self._clock = clock
        self._texts = texts
        self._intakes = intakes
        self._fragments = intakes.fragments
        self.asides = Asides(store, intakes, self)
        self.pieces = Pieces(store, intakes.fragments)
        self.keeping = Keeping(store, clock, texts, limiter, draft_days)
        self._voice = IntakeVoice(clock, texts, intakes, places)
        self._aside = SettingAside(self.keeping, self._voice)
        self._counselling = Counselling(texts, intakes, places, locate)
        self._submitting = Submitting(store, clock, texts, intakes, self._counselling, target)

    def asking_kind(self, draft: Draft) -> str | None:
        """What kind of answer the draft waits for, for the dialogue's metadata."""
        return asking_kind(draft, self._intakes.form(draft))

    def begin(self, conversation_id: str, message_id: str, kind: MatterKind) -> Step:
        """Start an intake, take up the open one again, or turn it into one of another kind."""
        return self._once(
            "begin",
            conversation_id,
            message_id,
            lambda work, now: self._begin(work, conversation_id, message_id, kind, now),
        )

    def answer(self, conversation_id: str, message_id: str, intent: str) -> Step:
        """Take a message as an answer. ``intent`` is what the dialogue took it for."""
        return self._once(
            "answer",
            conversation_id,
            message_id,
            lambda work, now: self._answer(work, conversation_id, message_id, intent, now),
        )

    def cancel(self, conversation_id: str, message_id: str) -> Step:
        """Set the open draft aside; one that was set aside already is dropped for good.

        A message that ended the intake as an answer has done so already: it gets the words for it.
        """
        with self._store.reading() as work:
            answered = work.effects.get(message_id, "intake.answer") is not None
        return self._once(
            "answer" if answered else "cancel",
            conversation_id,
            message_id,
            lambda work, now: self._aside.cancel(work, conversation_id, now),
        )

    def pause(self, conversation_id: str, message_id: str) -> Step:
        """Keep the open draft for another day: it gets a code by which it is taken up anywhere."""
        return self._once(
            "pause",
            conversation_id,
            message_id,
            lambda work, now: self._aside.pause(work, conversation_id, now),
        )

    def resume(self, conversation_id: str, message_id: str) -> Step:
        """Take the open draft up again, or the one whose code the message holds."""
        with self._store.reading() as work:
            code = self.keeping.code_in(work.inbox.turn(message_id).text)
            draft = work.drafts.open_for(conversation_id)
        if code and not self.keeping.allows(conversation_id):
            return self._voice.step(draft, [Said("taken.too_many")])
        step = self._once(
            "resume",
            conversation_id,
            message_id,
            lambda work, now: self._aside.resume(work, conversation_id, message_id, code, now),
        )
        if code and step.active:
            self.keeping.tell_where_it_was(conversation_id)
        return step

    def current(self, conversation_id: str) -> Step:
        """The question that stands; where the draft went on elsewhere, the words for that."""
        with self._store.reading() as work:
            return self._voice.standing(work, conversation_id)

    def submit(self, conversation_id: str, message_id: str) -> Submission:
        """Hand the confirmed summary over (``Submitting.submit``). Raises ``NothingToSubmit``."""
        return self._submitting.submit(conversation_id, message_id)

    def drop(self, conversation_id: str) -> None:
        """Forget the open draft, if there is one: nothing in it is handed over any more."""
        with self._store() as work:
            draft = work.drafts.open_for(conversation_id)
            if draft is None:
                return
            ledger.wipe(draft)
            draft.stage, draft.updated_at = Stage.CANCELLED, self._clock.now()
            work.drafts.save(draft)
            work.commit()

    # ── inside a transaction ─────────────────────────────────────────────────────────────────────

    def _once(
        self,
        what: str,
        conversation_id: str,
        message_id: str,
        act: Callable[[UnitOfWork, datetime], Step],
    ) -> Step:
        """Let a message act on the intake once; a second time it gets the same answer."""
        now = self._clock.now()
        with self._store() as work:
            done = work.effects.get(message_id, f"intake.{what}")
            if done is not None:
                draft = work.drafts.open_for(conversation_id)
                return Step.restored(done, self._voice.step(draft, []).question)
            step = act(work, now)
            work.effects.put(message_id, f"intake.{what}", step.stored(), now)
            work.commit()
        return step

    def _begin(
        self,
        work: UnitOfWork,
        conversation_id: str,
        message_id: str,
        kind: MatterKind,
        now: datetime,
    ) -> Step:
        conversation = work.conversations.get(conversation_id)
        draft = work.drafts.open_for(conversation_id)
        said: list[Said] = []
        if draft is None:
            draft = Draft(uuid.uuid4().hex, conversation_id, kind, now, now)
            draft.notes["first"] = told_before(
                work, conversation, message_id, self._intakes.topics[kind], self._fragments, now
            )
            draft.notes[BEFORE] = known_before(work, conversation_id)
            said.append(Said(f"begin.{kind}"))
        elif draft.kind is not kind:
            switch(draft, self._intakes.form(draft, kind))
            said.append(Said(f"begin.switched_{kind}"))
            draft.notes.setdefault("first", []).append(message_id)
        else:
            said.append(Said("begin.resumed"))
            draft.notes.setdefault("first", []).append(message_id)
        draft.notes.pop("paused", None)
        draft.seen.append(message_id)
        if (
            draft.stage is not Stage.CONSENT
            or conversation.consent_version == self._consent_version
        ):
            said += self._open(work, draft, now)
        listening.note_question(draft, message_id)
        return self._aside.save(work, draft, said, now)

    def _answer(
        self, work: UnitOfWork, conversation_id: str, message_id: str, intent: str, now: datetime
    ) -> Step:
        draft = work.drafts.open_for(conversation_id)
        if draft is None:
            return self._voice.standing(work, conversation_id)
        if draft.notes.get("paused") or message_id in draft.seen:
            return self._voice.step(draft, [])
        draft.seen.append(message_id)
        message = work.inbox.turn(message_id)
        # "2、" stands for the label it picked, as in the turn that sent its payload here.
        offered = work.conversations.get(conversation_id).offered
        button = resolve(message.text, offered, self.asking_kind(draft))
        said_before = repeated(work, conversation_id, message_id)
        text = self._voice.meant(draft, button.label if button else message.text, now)
        unread = listening.is_unread(work, draft, message)
        more = not button and (unread or listening.goes_on(work, draft, message, self._fragments))
        heard = Heard(message_id, text, intent, said_before and not unread, unread, more)
        asked, before = list(draft.asked), draft.stage
        said = self._voice.interview(draft, now).take(draft, heard) if message.text.strip() else []
        ledger.credit(draft, message.messages)
        if draft.notes.pop("consented", False):
            self._record_consent(work, conversation_id, now)
            said.append(Said("consent.given"))
            said += self._open(work, draft, now)
        else:
            said += self._counsel(draft, asked, now) if before is Stage.COLLECTING else []
        listening.note_question(draft, message_id)
        return self._aside.save(work, draft, said, now)

    def _open(self, work: UnitOfWork, draft: Draft, now: datetime) -> list[Said]:
        """Take what was told already, and begin to ask."""
        turns = [work.inbox.turn(message_id) for message_id in draft.notes.pop("first", [])]
        messages = {message.id: message for turn in turns for message in turn.messages}
        told = listening.with_pieces(list(messages.values()), self._fragments)
        if draft.stage is Stage.CONFIRMED:
            draft.stage = Stage.REVIEW
        asked = list(draft.asked)
        said = self._voice.interview(draft, now).start(
            draft, [listening.as_heard(saying) for saying in told]
        )
        for saying in told:
            ledger.credit(draft, saying)
        return said + self._counsel(draft, asked, now)

    def _counsel(self, draft: Draft, asked: list[str], now: datetime) -> list[Said]:
        """Put the questions of the draft's topic, and say which way there is before it is reviewed.

        ``asked`` are the questions put before this message.
        """
        said = self._counselling.warnings(draft)
        if self._counselling.probe(draft, now):
            draft.asked[:] = asked  # what was to be asked next may wait
            self._voice.interview(draft, now).agenda.settle(draft)
        return said + self._counselling.ways(draft, now)

    # ── parts ────────────────────────────────────────────────────────────────────────────────────

    @property
    def _consent_version(self) -> str:
        return self._texts.say("consent.version")

    def _record_consent(self, work: UnitOfWork, conversation_id: str, now: datetime) -> None:
        conversation = work.conversations.get(conversation_id)
        conversation.consent_version = self._consent_version
        conversation.consent_at = now
        work.conversations.save(conversation)
        work.audit.record(now, "citizen", "consented", conversation_id, self._consent_version)
