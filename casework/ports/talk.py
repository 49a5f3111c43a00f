"""What is said and heard: conversations, the inbox, the transcript, the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from casework.domain.conversation import Conversation
from casework.domain.messages import Author, Inbound, InboxMessage, Utterance
from casework.domain.people import Staff


@dataclass(frozen=True)
class OutboxItem:
    """Something promised to the outside. ``key`` is the idempotency key the receiver sees."""

    id: str
    kind: str  # "push" (to a citizen's channel) or "matter" (to the petition system)
    target: str  # channel name or the name of a petition system
    key: str
    payload: dict[str, Any]
    conversation_id: str | None
    matter_id: str | None
    message_id: str | None
    state: str  # pending | delivered | dead
    attempts: int
    due_at: datetime
    created_at: datetime
    last_error: str = ""


class Conversations(Protocol):
    def find_or_create(self, channel: str, sender: str, now: datetime) -> Conversation: ...
    def get(self, conversation_id: str) -> Conversation: ...
    def save(self, conversation: Conversation) -> None: ...
    def waiting(self) -> list[Conversation]:
        """Waiting for a person: red first, then orange, then longest waiting first."""
        ...

    def owned_by(self, staff_id: str) -> list[Conversation]: ...


class Leases(Protocol):
    """One turn at a time per conversation, across processes."""

    def acquire(self, name: str, holder: str, now: datetime, seconds: float) -> bool:
        """Take the lease if it is free or has expired; extend it if ``holder`` has it already."""
        ...

    def release(self, name: str, holder: str) -> None: ...
    def holder(self, name: str, now: datetime) -> str | None: ...


class Inbox(Protocol):
    """Messages written down before anything is done with them, unique on (channel, key)."""

    def add(self, inbound: Inbound, conversation_id: str) -> tuple[InboxMessage, bool]:
        """Store it, or find the one stored before: (message, is_new)."""
        ...

    def get(self, message_id: str) -> InboxMessage: ...
    def turn(self, message_id: str) -> InboxMessage:
        """The message with those before it that are answered together with it."""
        ...

    def next_pending(self, conversation_id: str) -> InboxMessage | None:
        """The turn of the oldest message not done yet, in arrival order."""
        ...

    def waiting(self, conversation_id: str, limit: int) -> list[InboxMessage]:
        """The messages not done yet, oldest first, each by itself."""
        ...

    def bind(self, message_ids: Iterable[str], turn_id: str) -> None:
        """Have messages answered together with a later one."""
        ...

    def mark_done(self, message_id: str, now: datetime) -> None:
        """Mark a message and those that are answered together with it."""
        ...

    def count_attempt(self, message_id: str) -> int: ...
    def stranded(self, before: datetime, now: datetime, limit: int) -> list[str]:
        """Conversations with a pending message received before ``before`` and no live lease."""
        ...


class Transcript(Protocol):
    def append(
        self,
        conversation_id: str,
        author: Author,
        text: str,
        now: datetime,
        labels: Sequence[str] = (),
        message_id: str | None = None,
        staff: Staff | None = None,
        key: str | None = None,
    ) -> Utterance:
        """Add a line. With a ``key`` already used in the conversation, that line is returned."""
        ...

    def since(self, conversation_id: str, seq: int, limit: int = 200) -> list[Utterance]: ...
    def last(self, conversation_id: str, limit: int = 50) -> list[Utterance]: ...
    def replies_to(self, message_id: str) -> list[Utterance]: ...


class Outbox(Protocol):
    def add(
        self,
        kind: str,
        target: str,
        key: str,
        payload: Mapping[str, Any],
        now: datetime,
        due_at: datetime | None = None,
        conversation_id: str | None = None,
        matter_id: str | None = None,
        message_id: str | None = None,
    ) -> bool:
        """Promise a delivery; False if the key was promised before."""
        ...

    def claim_due(
        self, now: datetime, holder: str, lease_seconds: float, limit: int
    ) -> list[OutboxItem]:
        """Take items that are due, so that no other worker gets them while the lease lives."""
        ...

    def claim_for_message(
        self, message_id: str, now: datetime, holder: str, lease_seconds: float
    ) -> list[OutboxItem]:
        """Take the pending pushes that answer one message (a passive reply carries them)."""
        ...

    def hasten(self, message_id: str, now: datetime) -> None:
        """Make the pending pushes for a message due now (its passive reply will not come)."""
        ...

    def delivered(self, item_id: str, now: datetime) -> None: ...
    def retry(self, item_id: str, at: datetime, error: str) -> None: ...
    def dead(self, item_id: str, error: str, now: datetime) -> None: ...
    def revive(self, item_id: str, now: datetime) -> None: ...
    def for_matter(self, matter_id: str) -> list[OutboxItem]: ...
    def dead_letters(self, limit: int = 100) -> list[OutboxItem]: ...
    def counts(self) -> dict[str, int]: ...
