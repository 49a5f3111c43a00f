"""From the bot to a person and back: the queue, taking a conversation, talking, letting go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.domain import ownership
from casework.domain.bureau import CHINA, Bureau
from casework.domain.conversation import Conversation, Owner, RiskLevel
from casework.domain.draft import Draft
from casework.domain.errors import EmptyMessage, MessageTooLong
from casework.domain.extraction import extract
from casework.domain.marking import mark
from casework.domain.matter import Matter
from casework.domain.messages import Author, Button, Reply, Utterance
from casework.domain.people import Role, Staff
from casework.domain.rights import TALKS, require
from casework.domain.text import clean
from casework.notices import tell
from casework.ports import Clock, Store, UnitOfWork
from casework.queue_words import QueueWords
from casework.texts import Texts

# The longest message of a member of staff, in characters; channels part it where they must.
LONGEST_LINE = 5_000


@dataclass(frozen=True)
class Waiting:
    """One line of the waiting list."""

    conversation_id: str
    channel: str
    since: datetime
    reason: str  # in words
    risk: RiskLevel
    signals: tuple[str, ...]
    last_words: str  # what the citizen said last, shortened


@dataclass(frozen=True)
class Brief:
    """What a person sees on taking over. Sealed matters appear with their number only."""

    conversation: Conversation
    reason: str
    risk: RiskLevel
    signals: tuple[str, ...]
    alerts: tuple[str, ...]  # danger heard while a person was talking
    draft: Draft | None
    matters: list[Matter]
    sealed_numbers: tuple[str, ...]


class Handover:
    """All that passes a conversation between the bot and people."""

    def __init__(self, store: Store, clock: Clock, texts: Texts, bureau: Bureau) -> None:
        self._store = store
        self._clock = clock
        self._texts = texts
        self._words = QueueWords(texts, bureau)

    # ── for the citizen ──────────────────────────────────────────────────────────────────────────

    def request(self, conversation_id: str, message_id: str, reason: str = "asked") -> list[Reply]:
        """Queue the conversation for a person; the words for the citizen.

        Idempotent by message. Somebody who waits already is told so and keeps their place.
        """
        now = self._clock.now()
        with self._store() as work:
            done = work.effects.get(message_id, "person")
            if done is not None:
                return [_reply(done)]
            conversation = work.conversations.get(conversation_id)
            if conversation.owner is Owner.HUMAN:
                return [Reply(self._texts.say("handover.already_human"))]
            new = ownership.ask_for_person(conversation, reason, now)
            work.conversations.save(conversation)
            if new:
                work.audit.record(now, "citizen", "asked for a person", conversation_id, reason)
            queue = [other.id for other in work.conversations.waiting()]
            ahead = queue.index(conversation.id) if conversation.id in queue else 0
            reply = self._words.queued(new, ahead, now)
            work.effects.put(message_id, "person", _stored(reply), now)
            work.commit()
        return [reply]

    def leave_queue(self, conversation_id: str) -> list[Reply]:
        """Stop waiting. A conversation in danger stays in the queue until a person has looked."""
        with self._store() as work:
            conversation = work.conversations.get(conversation_id)
            if conversation.owner is not Owner.WAITING:
                return [Reply(self._texts.say("handover.not_in_queue"))]
            in_danger = conversation.risk in ownership.DANGER and not conversation.risk_confirmed_by
            if in_danger and conversation.waiting_reason == "risk":
                return [Reply(self._texts.say("handover.stays_in_queue"))]
            ownership.give_back(conversation)
            work.conversations.save(conversation)
            work.commit()
        return [self._words.left()]

    # ── for the staff ────────────────────────────────────────────────────────────────────────────

    def waiting(self, staff: Staff) -> list[Waiting]:
        """Who waits: red first, then orange, then longest waiting first."""
        require(staff, TALKS)
        with self._store.reading() as work:
            return [self._line(work, conversation) for conversation in work.conversations.waiting()]

    def mine(self, staff: Staff) -> list[Conversation]:
        """The conversations this member of staff has, latest first."""
        require(staff, TALKS)
        with self._store.reading() as work:
            return work.conversations.owned_by(staff.id)

    def take(self, staff: Staff, conversation_id: str) -> Conversation:
        """Take a waiting conversation; the citizen is told who has come.

        Taking it twice is taking it once. Raises ``AlreadyTaken``, ``NotWaiting``, ``NotAllowed``.
        """
        require(staff, TALKS)
        now = self._clock.now()
        with self._store() as work:
            conversation = work.conversations.get(conversation_id)
            if ownership.take(conversation, staff.id):
                work.conversations.save(conversation)
                # The legal name of a role is part of the words: only a lawyer is called one.
                key = "taken" if staff.role is Role.LAWYER else "taken_staff"
                self._notice(work, conversation, key, staff, now)
                work.audit.record(now, staff.id, "took", conversation_id)
                work.commit()
        return conversation

    def say(self, staff: Staff, conversation_id: str, text: str, key: str) -> Utterance:
        """Say something to the citizen; the same ``key`` again returns the line said before.

        Raises ``NotYours``, ``EmptyMessage``, ``MessageTooLong``.
        """
        words = clean(text).strip()
        if not words:
            raise EmptyMessage
        if len(words) > LONGEST_LINE:
            raise MessageTooLong
        now = self._clock.now()
        with self._store() as work:
            conversation = self._owned(work, staff, conversation_id)
            line = tell(
                work, conversation, Author.STAFF, words, f"say:{staff.id}:{key}", now, staff
            )
            conversation.last_at = now
            work.conversations.save(conversation)
            work.commit()
        return line

    def hand_back(self, staff: Staff, conversation_id: str) -> None:
        """Give the conversation back to the bot, and tell the citizen."""
        self._let_go(staff, conversation_id, "handed_back")

    def close(self, staff: Staff, conversation_id: str) -> None:
        """End the talk. What the citizen writes next is the bot's."""
        self._let_go(staff, conversation_id, "closed")

    def confirm_risk(self, staff: Staff, conversation_id: str, level: RiskLevel) -> Conversation:
        """Set the level that a trained person has seen fit, up or down; it is logged."""
        require(staff, TALKS)
        now = self._clock.now()
        with self._store() as work:
            conversation = work.conversations.get(conversation_id)
            conversation.risk = level
            conversation.risk_confirmed_by = staff.id
            work.conversations.save(conversation)
            work.audit.record(now, staff.id, "confirmed risk", conversation_id, level.value)
            work.commit()
        return conversation

    def brief(self, conversation_id: str) -> Brief:
        """The conversation at a glance. The caller has checked that its reader may talk."""
        with self._store.reading() as work:
            conversation = work.conversations.get(conversation_id)
            draft = work.drafts.open_for(conversation_id)
            matters = work.matters.for_conversation(conversation_id)
        return Brief(
            conversation=conversation,
            reason=self._reason(conversation),
            risk=conversation.risk,
            signals=conversation.risk_signals,
            alerts=tuple(self._alert(alert) for alert in conversation.notes.get("alerts", [])),
            draft=draft,
            matters=[matter for matter in matters if not matter.sealed],
            sealed_numbers=tuple(matter.number for matter in matters if matter.sealed),
        )

    # ── inside ───────────────────────────────────────────────────────────────────────────────────

    def _let_go(self, staff: Staff, conversation_id: str, notice: str) -> None:
        now = self._clock.now()
        with self._store() as work:
            conversation = self._owned(work, staff, conversation_id)
            ownership.give_back(conversation)
            conversation.notes.pop("alerts", None)
            conversation.last_at = now
            work.conversations.save(conversation)
            self._notice(work, conversation, notice, staff, now)
            work.audit.record(now, staff.id, notice, conversation_id)
            work.commit()

    def _owned(self, work: UnitOfWork, staff: Staff, conversation_id: str) -> Conversation:
        require(staff, TALKS)
        conversation = work.conversations.get(conversation_id)
        ownership.require_owner(conversation, staff.id)
        return conversation

    def _notice(
        self, work: UnitOfWork, conversation: Conversation, key: str, staff: Staff, now: datetime
    ) -> None:
        words = self._texts.say(f"handover.notice.{key}", name=staff.name)
        # Each change of hands is told once; the next one has a later line before it.
        last = work.transcript.last(conversation.id, 1)
        place = last[-1].seq if last else 0
        tell(work, conversation, Author.NOTICE, words, f"{key}:{staff.id}:{place}", now, staff)

    def _line(self, work: UnitOfWork, conversation: Conversation) -> Waiting:
        said = [
            line.text
            for line in work.transcript.last(conversation.id, 20)
            if line.author is Author.CITIZEN
        ]
        return Waiting(
            conversation_id=conversation.id,
            channel=conversation.channel,
            since=conversation.waiting_since or conversation.last_at,
            reason=self._reason(conversation),
            risk=conversation.risk,
            signals=conversation.risk_signals,
            last_words=self._masked(said[-1]) if said else "",
        )

    def _masked(self, words: str) -> str:
        """The beginning of what was said, as a list may show it: personal data marked."""
        head = words[:200]
        today = self._clock.now().astimezone(CHINA).date()
        return mark(head, extract(head, today)).text[:60]

    def _reason(self, conversation: Conversation) -> str:
        reason = conversation.waiting_reason or "asked"
        key = f"handover.reasons.{reason}"
        return self._texts.say(key) if self._texts.has(key) else reason

    def _alert(self, alert: dict[str, Any]) -> str:
        level = self._texts.say(f"handover.levels.{alert['level']}")
        return self._texts.say(
            "handover.alerts.risk", level=level, signals="、".join(alert["signals"])
        )


def _stored(reply: Reply) -> dict[str, Any]:
    return {"text": reply.text, "buttons": [[b.label, b.payload] for b in reply.buttons]}


def _reply(stored: dict[str, Any]) -> Reply:
    return Reply(stored["text"], tuple(Button(*button) for button in stored["buttons"]))
