"""Keeping a draft for another day, and taking it up on another channel by its code.

The code is told once, when the citizen puts the rest off; only its fingerprint is kept. Whoever has
it goes on with the draft where they are now. The facts keep the messages they came from: those are
read by their ids, in whatever conversation they were written.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from casework.domain import codes
from casework.domain.bureau import CHINA
from casework.domain.draft import Draft, Stage
from casework.domain.extraction import references
from casework.domain.extraction.entity import DRAFT_CODE
from casework.domain.intake import ledger
from casework.domain.intake.said import Said
from casework.domain.messages import Author
from casework.domain.text import fold
from casework.notices import PUSH_CHANNELS, tell
from casework.ports import Clock, Limiter, Store, UnitOfWork
from casework.texts import Texts

# Codes that one conversation may try in ten minutes.
ATTEMPTS, WINDOW_SECONDS = 10, 600
# How long after a citizen's message the platform lets an account write to them (48 hours).
_MAY_PUSH = timedelta(hours=47)
_AT_ONCE = 50


class Keeping:
    """One object per process. ``days`` is how long a draft that nobody touches is kept."""

    def __init__(
        self, store: Store, clock: Clock, texts: Texts, limiter: Limiter, days: int
    ) -> None:
        self._store = store
        self._clock = clock
        self._texts = texts
        self._limiter = limiter
        self._days = days

    def code_in(self, text: str) -> str | None:
        """The draft code that a message holds."""
        found = references.find(fold(text[:500]))
        return next((entity.value for entity in found if entity.kind == DRAFT_CODE), None)

    def allows(self, conversation_id: str) -> bool:
        """Count an attempt; False once there were too many."""
        return self._limiter.hit(
            "draft", f"conversation:{conversation_id}", ATTEMPTS, WINDOW_SECONDS
        )

    def issue(self, work: UnitOfWork, draft: Draft, now: datetime) -> Said:
        """Give a saved draft a new code; one given before holds no longer."""
        code = codes.new_draft_code()
        work.drafts.put_code(draft, code)
        work.audit.record(now, "citizen", "kept draft", draft.id)
        until = (now + timedelta(days=self._days)).astimezone(CHINA).date()
        day = self._texts.say("progress.date", year=until.year, month=until.month, day=until.day)
        return Said("cancelled.kept", {"code": code, "days": self._days, "date": day})

    def take(
        self, work: UnitOfWork, conversation_id: str, code: str, now: datetime
    ) -> tuple[Draft | None, Said]:
        """The draft of this code, now of this conversation; None where it cannot be taken.

        One that is unknown, dropped or too old gets the same words.
        """
        here = work.conversations.get(conversation_id)
        own = work.drafts.open_for(conversation_id)
        draft = work.drafts.by_code(code)
        if draft is None or draft.stage is Stage.CANCELLED:
            return None, Said("taken.unknown")
        if draft.stage in (Stage.CONFIRMED, Stage.SUBMITTED):
            return None, self._submitted(work, draft)
        if draft.conversation_id == conversation_id:
            return draft, Said("ack.resumed")
        if own is not None and own.facts:
            return None, Said("taken.busy")
        if own is not None:  # just begun, and nothing told in it
            ledger.wipe(own)
            own.stage, own.updated_at = Stage.CANCELLED, now
            work.drafts.save(own)
        there = work.conversations.get(draft.conversation_id)
        work.drafts.move(draft, conversation_id, now)
        version = self._texts.say("consent.version")
        if there.consent_version == version and here.consent_version != version:
            here.consent_version, here.consent_at = version, there.consent_at
            work.conversations.save(here)
            work.audit.record(now, "citizen", "consent came with a draft", here.id, there.id)
        elif here.consent_version != version:
            draft.stage = Stage.CONSENT  # given for an older notice: asked for again
        work.audit.record(now, "citizen", "took draft up", draft.id, conversation_id)
        return draft, Said("taken.moved", {"channel": self.channel(there.channel)})

    def tell_where_it_was(self, conversation_id: str) -> None:
        """Tell the conversation that the open draft came from, once for each time it moved.

        In a transaction of its own, so that no two turns wait for each other's conversation.
        """
        now = self._clock.now()
        with self._store() as work:
            draft = work.drafts.open_for(conversation_id)
            moves = work.drafts.came_from(draft.id) if draft else []
            if draft is None or not moves:
                return
            before, moved_at = moves[-1]
            here = work.conversations.get(conversation_id)
            there = work.conversations.get(before)
            words = self._texts.say("intake.taken.notice", channel=self.channel(here.channel))
            near = now - there.last_at < _MAY_PUSH
            key = f"draft moved:{draft.id}:{moved_at.isoformat()}"
            push = PUSH_CHANNELS if near else ()
            tell(work, there, Author.NOTICE, words, key, now, push_channels=push)
            there.notes["told_until"] = now.isoformat()
            work.conversations.save(there)
            work.commit()

    def forget_old(self) -> int:
        """Drop open drafts that nobody has touched for ``days``; how many there were."""
        now = self._clock.now()
        with self._store() as work:
            stale = work.drafts.untouched_since(now - timedelta(days=self._days), _AT_ONCE)
            for draft in stale:
                ledger.wipe(draft)
                draft.stage, draft.updated_at = Stage.CANCELLED, now
                work.drafts.save(draft)
                work.drafts.put_code(draft, None)
                work.audit.record(now, "system", "draft expired", draft.id)
            if stale:
                work.commit()
        return len(stale)

    def channel(self, name: str) -> str:
        """A channel as citizens call it."""
        key = f"intake.channel.{name}"
        return self._texts.say(key if self._texts.has(key) else "intake.channel.other")

    def _submitted(self, work: UnitOfWork, draft: Draft) -> Said:
        matter = work.matters.by_draft(draft.id)
        if matter is None or matter.sealed:
            return Said("taken.confirmed")
        return Said("taken.submitted", {"number": matter.number})
