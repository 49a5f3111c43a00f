"""Units of work: one database transaction each."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, RootTransaction
from sqlalchemy.exc import TimeoutError as PoolExhausted

from casework import ports
from casework.adapters.audit import SqlAudit
from casework.adapters.conversations import SqlConversations
from casework.adapters.database import READING
from casework.adapters.drafts import SqlDrafts
from casework.adapters.effects import SqlEffects
from casework.adapters.given_answers import SqlGivenAnswers
from casework.adapters.inbox import SqlInbox
from casework.adapters.leases import SqlLeases
from casework.adapters.matters import SqlMatters
from casework.adapters.outbox import SqlOutbox
from casework.adapters.proposals import SqlProposals
from casework.adapters.session import Session
from casework.adapters.staff import SqlStaffAccounts
from casework.adapters.transcript import SqlTranscript
from casework.adapters.vault import Vault
from casework.domain.errors import StorageUnavailable
from casework.ports import Clock


class SqlStore:
    """Opens units of work: ``with store() as work: …; work.commit()``.

    A unit from ``store()`` may write. On SQLite it holds the only write lock of the file from its
    first moment, so it must be short: never call another process while one is open. ``reading()``
    opens one that only looks; it waits for nobody and nobody waits for it.
    """

    def __init__(self, engine: Engine, vault: Vault, clock: Clock) -> None:
        self.engine = engine
        self._vault = vault
        self._clock = clock

    def __call__(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.engine, self._vault, self._clock, writing=True)

    def reading(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.engine, self._vault, self._clock, writing=False)


class SqlUnitOfWork:
    """One transaction, rolled back unless committed. Used once, by one thread."""

    conversations: ports.Conversations
    leases: ports.Leases
    inbox: ports.Inbox
    transcript: ports.Transcript
    outbox: ports.Outbox
    drafts: ports.Drafts
    matters: ports.Matters
    proposals: ports.Proposals
    effects: ports.Effects
    given_answers: ports.GivenAnswers
    staff: ports.StaffAccounts
    audit: ports.Audit

    def __init__(self, engine: Engine, vault: Vault, clock: Clock, writing: bool) -> None:
        self._engine = engine
        self._vault = vault
        self._clock = clock
        self._writing = writing
        self._connection: Connection | None = None
        self._transaction: RootTransaction | None = None

    def __enter__(self) -> Self:
        try:
            connection = self._engine.connect()
        except PoolExhausted as error:
            raise StorageUnavailable("no connection became free") from error
        try:
            if not self._writing:
                connection = connection.execution_options(**READING)
            self._transaction = connection.begin()
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        session = Session(connection, self._vault, self._clock, self._writing)
        self.conversations = SqlConversations(session)
        self.leases = SqlLeases(session)
        self.inbox = SqlInbox(session)
        self.transcript = SqlTranscript(session)
        self.outbox = SqlOutbox(session)
        self.drafts = SqlDrafts(session)
        self.matters = SqlMatters(session)
        self.proposals = SqlProposals(session)
        self.effects = SqlEffects(session)
        self.given_answers = SqlGivenAnswers(session)
        self.staff = SqlStaffAccounts(session)
        self.audit = SqlAudit(session)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connection is not None:
            self._connection.close()  # rolls back what was not committed
        self._connection = self._transaction = None

    def commit(self) -> None:
        """Make everything done in this unit last. Nothing can be done in it afterwards."""
        if self._transaction is None or not self._writing:
            raise RuntimeError("this unit of work cannot be committed")
        self._transaction.commit()
