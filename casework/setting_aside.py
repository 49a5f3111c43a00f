"""Setting a draft aside and taking it up again, here or where its code is told."""

from __future__ import annotations

from datetime import datetime

from casework.domain.draft import Draft, Stage
from casework.domain.intake import ledger
from casework.domain.intake.said import Said
from casework.intake_step import Step
from casework.intake_voice import IntakeVoice
from casework.keeping import Keeping
from casework.ports import UnitOfWork


class SettingAside:
    """The part of the intake that stops and goes on; everything happens in the caller's unit."""

    def __init__(self, keeping: Keeping, voice: IntakeVoice) -> None:
        self._keeping = keeping
        self._voice = voice

    def save(self, work: UnitOfWork, draft: Draft, said: list[Said], now: datetime) -> Step:
        """Keep the draft as it is after a message; one that is kept for another day gets a code."""
        draft.updated_at = now
        if draft.notes.get("paused"):
            draft.asking = None
        work.drafts.save(draft)
        kept = [
            self._keeping.issue(work, draft, now) if one.key == "cancelled.kept" else one
            for one in said
        ]
        return self._voice.step(draft, kept)

    def cancel(self, work: UnitOfWork, conversation_id: str, now: datetime) -> Step:
        """Stop, and ask whether to keep what was told; the second time it is dropped."""
        draft = work.drafts.open_for(conversation_id)
        if draft is None:
            return self._voice.standing(work, conversation_id, "cancelled.nothing")
        if not draft.notes.get("paused"):
            draft.notes["paused"] = True
            return self.save(work, draft, [Said("cancelled.paused")], now)
        ledger.wipe(draft)
        draft.stage = Stage.CANCELLED
        work.drafts.put_code(draft, None)
        return self.save(work, draft, [Said("cancelled.dropped")], now)

    def pause(self, work: UnitOfWork, conversation_id: str, now: datetime) -> Step:
        """Stop, and keep what was told for another day."""
        draft = work.drafts.open_for(conversation_id)
        if draft is None:
            return self._voice.standing(work, conversation_id, "cancelled.nothing")
        draft.notes["paused"] = True
        key = "cancelled.early" if draft.stage is Stage.CONSENT else "cancelled.kept"
        return self.save(work, draft, [Said(key)], now)

    def resume(
        self,
        work: UnitOfWork,
        conversation_id: str,
        message_id: str,
        code: str | None,
        now: datetime,
    ) -> Step:
        """Go on with the open draft, or with the one of ``code``."""
        draft, said = work.drafts.open_for(conversation_id), Said("ack.resumed")
        if code:
            taken, said = self._keeping.take(work, conversation_id, code, now)
            if taken is None:
                return self._voice.step(draft, [said])
            draft = taken
        if draft is None:
            return self._voice.standing(work, conversation_id, "resume.none")
        draft.notes.pop("paused", None)
        draft.seen.append(message_id)
        if draft.stage is Stage.CONFIRMED:
            draft.stage = Stage.REVIEW  # it was confirmed, but never handed over: look again
        self._voice.interview(draft, now).agenda.settle(draft)
        return self.save(work, draft, [said], now)
