"""One turn: a pending message (or several that are answered as one) in, the replies written down.

A turn reads, asks the dialogue with no transaction open, and writes once. Whatever happens in
between (another process takes over, a person takes the conversation, this process dies) is seen
when it writes: the lease is taken again, the message must still be pending, and who owns the
conversation is read anew (design invariants 1 and 2).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from casework.bursts import Bursts
from casework.domain.conversation import Conversation, Owner, RiskLevel
from casework.domain.draft import Draft
from casework.domain.errors import DialogueUnavailable
from casework.domain.messages import Author, InboxMessage, MessageKind, Reply, Utterance
from casework.domain.ownership import ask_for_person, raise_risk
from casework.domain.text import clean
from casework.hearing import Heard, Hearing, labels
from casework.ports import Clock, Dialogue, DialogueTurn, Store, UnitOfWork
from casework.safety import safety_words
from casework.texts import Texts

log = structlog.get_logger(__name__)


class LeaseLost(Exception):
    """Another process has this turn now, or has ended it."""


@dataclass(frozen=True)
class Pending:
    """A message that waits, with what its turn starts from."""

    message: InboxMessage
    conversation: Conversation
    draft: Draft | None


@dataclass(frozen=True)
class TurnResult:
    """What became of a message. ``done`` is false while its turn is still running elsewhere."""

    replies: list[Utterance]
    owner: Owner
    done: bool


@dataclass(frozen=True)
class Spoken:
    """The answer of a turn before it is written."""

    replies: tuple[Reply, ...] = ()
    safety: bool = False  # said even if a person has taken over meanwhile
    person_for: str | None = None  # why a person is called


class Turn:
    """Answers one pending message."""

    def __init__(
        self,
        store: Store,
        dialogue: Dialogue,
        clock: Clock,
        texts: Texts,
        hearing: Hearing,
        bursts: Bursts,
        *,
        push_channels: Collection[str],
        passive_seconds: float,
        lease_seconds: float,
    ) -> None:
        self._store = store
        self._dialogue = dialogue
        self._clock = clock
        self._texts = texts
        self._hearing = hearing
        self._bursts = bursts
        self._push_channels = frozenset(push_channels)
        self._passive = timedelta(seconds=passive_seconds)
        self._lease_seconds = lease_seconds

    def run(self, pending: Pending, holder: str) -> tuple[TurnResult, bool]:
        """Answer the message; also whether another one waits, for which the lease is kept.

        Raises ``LeaseLost``; what the dialogue does wrong is answered, not raised.
        """
        heard = self._hearing.hear(
            pending.message, pending.conversation, pending.draft, self._clock.now()
        )
        return self._write(pending.message, heard, self._answer(pending, heard), holder)

    def give_up(self, message: InboxMessage, holder: str) -> tuple[TurnResult, bool]:
        """Answer a message that breaks its turn every time: an apology, and a person."""
        sorry = Spoken((Reply(self._texts.say("turn.apology")),), person_for="turn_failed")
        return self._write(message, Heard(), sorry, holder)

    # ── answering ────────────────────────────────────────────────────────────────────────────────

    def _answer(self, pending: Pending, heard: Heard) -> Spoken:
        if pending.conversation.owner is Owner.HUMAN:
            return Spoken()
        if heard.ask is None:
            return Spoken(heard.canned)
        replies = self._ask(heard.ask, attempts=1 if heard.danger else 2)
        if replies is None:
            return self._without_dialogue(pending, heard)
        if heard.cut:
            replies = (Reply(self._texts.say("turn.too_long")), *replies)
        return Spoken(replies, heard.danger, "risk" if heard.danger else None)

    def _ask(self, turn: DialogueTurn, attempts: int) -> tuple[Reply, ...] | None:
        """What the dialogue says, or None when it has nothing usable to say."""
        for attempt in range(1, attempts + 1):
            try:
                replies = [
                    Reply(clean(reply.text).strip(), reply.buttons)
                    for reply in self._dialogue.ask(turn)
                ]
            except DialogueUnavailable as unavailable:
                log.warning(
                    "dialogue unavailable",
                    message_id=turn.message_id,
                    attempt=attempt,
                    detail=unavailable.detail,
                )
                continue
            except Exception as error:  # an adapter's bug must not leave a citizen unanswered
                log.error("dialogue failed", message_id=turn.message_id, error=type(error).__name__)
                continue
            said = tuple(reply for reply in replies if reply.text)
            if said:
                return said
            log.warning("dialogue said nothing", message_id=turn.message_id, attempt=attempt)
        return None

    def _without_dialogue(self, pending: Pending, heard: Heard) -> Spoken:
        """The answer when the dialogue has none: safety first, then an apology and a person."""
        offered = pending.conversation.offered
        if heard.danger:
            words = safety_words(self._texts, heard.level, heard.signals)
            return Spoken((Reply(words),), True, "risk")
        if pending.message.kind is MessageKind.EVENT:
            return Spoken((Reply(self._texts.say("turn.welcome_plain")),))
        again = pending.conversation.waiting_reason == "bot_unavailable"
        sorry = self._texts.say("turn.still_unavailable" if again else "turn.apology")
        return Spoken((Reply(sorry, offered),), False, "bot_unavailable")

    # ── writing ──────────────────────────────────────────────────────────────────────────────────

    def _write(
        self, message: InboxMessage, heard: Heard, spoken: Spoken, holder: str
    ) -> tuple[TurnResult, bool]:
        now = self._clock.now()
        lease = lease_name(message.conversation_id)
        with self._store() as work:
            # The conversation before its lease, everywhere: so that no two wait for each other.
            conversation = work.conversations.get(message.conversation_id)
            if not work.leases.acquire(lease, holder, now, self._lease_seconds):
                raise LeaseLost(message.id)
            if work.inbox.get(message.id).done:
                raise LeaseLost(message.id)
            replies = spoken.replies
            if conversation.owner is Owner.HUMAN:
                replies = replies if spoken.safety else ()
                self._alert(work, conversation, heard, now)
            else:
                if spoken.person_for:
                    ask_for_person(conversation, spoken.person_for, now)
                if replies:  # a report of the platform leaves standing what was offered
                    conversation.offered = tuple(b for r in replies for b in r.buttons)
            raise_risk(conversation, heard.level, heard.signals)
            conversation.last_at = now
            work.conversations.save(conversation)
            said = self._say(work, message, conversation, replies, now)
            work.inbox.mark_done(message.id, now)
            more = self._bursts.bind_next(work, conversation)
            if not more:
                work.leases.release(lease, holder)
            work.commit()
        return TurnResult(said, conversation.owner, done=True), more

    def _say(
        self,
        work: UnitOfWork,
        message: InboxMessage,
        conversation: Conversation,
        replies: tuple[Reply, ...],
        now: datetime,
    ) -> list[Utterance]:
        said = [
            work.transcript.append(
                conversation.id,
                Author.BOT,
                reply.text,
                now,
                labels=[button.label for button in reply.buttons],
                message_id=message.id,
            )
            for reply in replies
        ]
        if replies and conversation.channel in self._push_channels:
            work.outbox.add(
                kind="push",
                target=conversation.channel,
                key=f"reply:{message.id}",
                payload={
                    "recipient": conversation.sender,
                    "replies": _with_sources(work, message.id, labels(replies)),
                },
                now=now,
                # Until then the channel may still answer within the request itself.
                due_at=max(now, message.received_at + self._passive),
                conversation_id=conversation.id,
                message_id=message.id,
            )
        return said

    def _alert(
        self, work: UnitOfWork, conversation: Conversation, heard: Heard, now: datetime
    ) -> None:
        """Tell whoever talks with the citizen what was heard, where only the staff sees it."""
        if heard.level is RiskLevel.NONE:
            return
        alert = {"at": now.isoformat(), "level": heard.level.value, "signals": list(heard.signals)}
        conversation.notes["alerts"] = [*conversation.notes.get("alerts", []), alert][-20:]
        work.audit.record(now, "system", "risk alert", conversation.id, heard.level.value)


def _with_sources(
    work: UnitOfWork, message_id: str, replies: list[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """The replies, the last of them with where the law it relies on can be read (a channel may show
    a link there), if an answer of the guidance is among them."""
    if not replies or not work.given_answers.given_to([message_id]):
        return replies
    return [*replies[:-1], {**replies[-1], "sources": message_id}]


def lease_name(conversation_id: str) -> str:
    """The lease of a conversation's turn; ``Inbox.stranded`` looks for the same name."""
    return f"turn:{conversation_id}"
