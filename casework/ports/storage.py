"""One unit of work over everything that is kept."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from casework.ports.records import (
    Audit,
    Drafts,
    Effects,
    GivenAnswers,
    Matters,
    Proposals,
    StaffAccounts,
)
from casework.ports.talk import Conversations, Inbox, Leases, Outbox, Transcript


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
