"""What casework needs from outside. ``casework/adapters`` implements it; tests bring fakes.

A port, its adapter and its fake share one name. Every time is an aware UTC ``datetime``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import TracebackType
from typing import Any, Protocol, Self

from casework.domain.addresses import Address
from casework.domain.conversation import Conversation
from casework.domain.draft import Draft
from casework.domain.given import Given, Relied
from casework.domain.matter import Matter, MatterEvent, MatterKind, MatterStatus
from casework.domain.messages import (
    Author,
    Inbound,
    InboxMessage,
    Reply,
    Utterance,
)
from casework.domain.people import Staff
from casework.domain.wording.proposal import Proposal


class Clock(Protocol):
    """The time. Use cases never read the machine's clock themselves."""

    def now(self) -> datetime: ...


class WorkCalendar(Protocol):
    """Which days are worked, by the national holiday notices."""

    def is_workday(self, day: date) -> bool: ...


# ── dialogue ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class DialogueTurn:
    """One message for the dialogue server.

    ``text`` has personal data replaced by marks such as ``〔手机号〕`` (docs/adr/0005); ``trusted``
    is true only for payloads that casework itself offered as a button.
    """

    conversation_id: str
    message_id: str
    text: str
    trusted: bool = False
    metadata: Mapping[str, Any] = field(default_factory=dict)


class Dialogue(Protocol):
    """The dialogue server (Rasa)."""

    def ask(self, turn: DialogueTurn) -> list[Reply]:
        """Replies of the bot, at least one.

        The same ``message_id`` asked twice gets the stored replies. Raises
        ``DialogueUnavailable`` when there is no usable answer within the time limit.
        """
        ...

    def healthy(self) -> bool: ...


# ── storage ──────────────────────────────────────────────────────────────────────────────────────


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


class Drafts(Protocol):
    def open_for(self, conversation_id: str) -> Draft | None:
        """The draft that is neither submitted nor cancelled, if there is one."""
        ...

    def get(self, draft_id: str) -> Draft: ...
    def save(self, draft: Draft) -> None: ...
    def put_code(self, draft: Draft, code: str | None) -> None:
        """Give a saved draft a code, in place of the one it had; only its fingerprint is kept."""
        ...

    def by_code(self, code: str) -> Draft | None:
        """The draft that was given this code last, in whatever stage it is."""
        ...

    def move(self, draft: Draft, conversation_id: str, now: datetime) -> None:
        """Let a saved draft go on in another conversation."""
        ...

    def came_from(self, draft_id: str) -> list[tuple[str, datetime]]:
        """The conversations a draft was in before, and until when."""
        ...

    def left(self, conversation_id: str) -> datetime | None:
        """When a draft went on elsewhere, if nothing was begun in this conversation since."""
        ...

    def untouched_since(self, moment: datetime, limit: int) -> list[Draft]:
        """Open drafts that nobody has gone on with since then, the oldest first."""
        ...


class Matters(Protocol):
    def next_number(self, kind: MatterKind, day: date) -> str:
        """The next number of that day, such as ``XF20261122-0007``; never given out twice."""
        ...

    def add(self, matter: Matter) -> None: ...
    def get(self, matter_id: str) -> Matter: ...
    def by_number(self, number: str) -> Matter | None: ...
    def by_draft(self, draft_id: str) -> Matter | None: ...
    def for_conversation(self, conversation_id: str) -> list[Matter]: ...
    def ledger(
        self,
        kind: MatterKind | None = None,
        status: MatterStatus | None = None,
        page: int = 1,
        size: int = 50,
    ) -> tuple[list[Matter], int]:
        """A page of matters, newest first, without sealed ones, and how many there are."""
        ...

    def save(self, matter: Matter) -> None: ...
    def add_event(self, matter_id: str, event: MatterEvent) -> None: ...
    def events(self, matter_id: str) -> list[MatterEvent]: ...


class Proposals(Protocol):
    """What machines proposed for matters (docs/adr/0012); never for a sealed one."""

    def next_due(self, now: datetime, since: datetime) -> str | None:
        """The matter to ask about next: one to be tried again, or one handed over after ``since``
        that was never asked about."""
        ...

    def claim(self, matter_id: str, now: datetime, until: datetime) -> int | None:
        """Take it for oneself up to ``until``: which attempt it is; None where another has it."""
        ...

    def keep(self, proposal: Proposal, due_at: datetime) -> None:
        """Write down what came of it; ``due_at`` counts only where it is wanted still."""
        ...

    def for_matter(self, matter_id: str) -> Proposal | None: ...


class Effects(Protocol):
    """What an action has done for a message, so that a turn run twice does it once."""

    def get(self, message_id: str, name: str) -> dict[str, Any] | None: ...
    def put(self, message_id: str, name: str, result: Mapping[str, Any], now: datetime) -> None: ...


class GivenAnswers(Protocol):
    """Which entry of the guidance was shown when, and the articles it relied on."""

    def add(
        self,
        conversation_id: str,
        message_id: str,
        entry_id: str,
        relied: Iterable[Relied],
        now: datetime,
    ) -> None: ...
    def relied_on(self) -> list[Relied]:
        """Every article that any answer relied on, each reading of it once."""
        ...

    def citing(self, relied: Relied) -> list[Given]: ...
    def given_to(self, message_ids: Iterable[str]) -> list[Given]:
        """What was shown in answer to these messages."""
        ...


class StaffAccounts(Protocol):
    def add(self, staff: Staff) -> None: ...
    def get(self, staff_id: str) -> Staff | None: ...
    def by_username(self, username: str) -> Staff | None: ...
    def save(self, staff: Staff) -> None: ...
    def all(self) -> list[Staff]: ...
    def put_ticket(self, digest: str, staff_id: str, expires_at: datetime) -> None:
        """Keep the digest of a one-time sign-in."""
        ...

    def take_ticket(self, digest: str, now: datetime) -> str | None:
        """The staff id of an unused, unexpired one-time sign-in, which is then used up."""
        ...


class Audit(Protocol):
    def record(self, at: datetime, by: str, what: str, subject: str, detail: str = "") -> None: ...
    def about(self, subject: str) -> list[tuple[datetime, str, str, str]]: ...


class UnitOfWork(Protocol):
    """One transaction. Rolled back unless committed."""

    conversations: Conversations
    leases: Leases
    inbox: Inbox
    transcript: Transcript
    outbox: Outbox
    drafts: Drafts
    matters: Matters
    proposals: Proposals
    effects: Effects
    given_answers: GivenAnswers
    staff: StaffAccounts
    audit: Audit

    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
    def commit(self) -> None: ...


class Store(Protocol):
    """Opens units of work: ``with store() as work: …; work.commit()``.

    A unit holds the database's only write lock where that is SQLite: keep it short, and never
    call another process while one is open.
    """

    def __call__(self) -> UnitOfWork: ...

    def reading(self) -> UnitOfWork:
        """A unit that only looks: it waits for no writer and cannot be committed."""
        ...


# ── delivery ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class DeliveryResult:
    """What came of one attempt. ``code`` is an HTTP status, a platform's error code or a name."""

    ok: bool
    code: str = ""
    detail: str = ""
    reference: str = ""  # the receiver's own number for the matter
    retry_after: float | None = None  # seconds, where the receiver said so


class PetitionSystem(Protocol):
    """Where confirmed matters go. Never raises: what went wrong is in the result."""

    name: str

    def deliver(self, key: str, matter: Mapping[str, Any]) -> DeliveryResult: ...


class Sender(Protocol):
    """Pushes replies to a citizen outside of a request. Never raises."""

    channel: str

    def send(
        self, recipient: str, key: str, replies: Iterable[Mapping[str, Any]]
    ) -> DeliveryResult:
        """Send ``[{"text": …, "labels": […]}]`` to the channel's user."""
        ...


@dataclass(frozen=True)
class Drafted:
    """What a machine answered. ``code`` is an HTTP status or a name."""

    ok: bool
    code: str = ""
    text: str = ""
    retry_after: float | None = None  # seconds, where the service said so


class Locator(Protocol):
    """Resolves the words somebody told a place in, by the divisions and the bureau's own tree."""

    def __call__(self, text: str, /) -> Address: ...


class Drafter(Protocol):
    """A machine that words a summary anew. Never raises: what went wrong is in the result."""

    model: str

    def draft(self, instructions: str, material: str) -> Drafted: ...


class Limiter(Protocol):
    """Counts attempts, across processes where a Redis is set."""

    def hit(self, name: str, key: str, limit: int, seconds: int) -> bool:
        """Count one attempt; False once there were more than ``limit`` in ``seconds``."""
        ...
