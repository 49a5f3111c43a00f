"""The inbox: every message is written down before anything is done with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, or_, select, update

from casework.adapters.orm import inbox as table
from casework.adapters.orm import leases
from casework.adapters.session import Session, new_id
from casework.domain.errors import UnknownConversation
from casework.domain.messages import Inbound, InboxMessage, MessageKind, together

WORDS = "inbox.words"
KEY = "inbox.key"


class UnknownMessage(UnknownConversation):
    """No message has this id; to people it is the same as a conversation that is not there."""


class SqlInbox:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, inbound: Inbound, conversation_id: str) -> tuple[InboxMessage, bool]:
        vault = self._session.vault
        digest = vault.fingerprint(f"{inbound.channel}\0{inbound.key}", KEY)
        message = InboxMessage(
            id=new_id(),
            conversation_id=conversation_id,
            channel=inbound.channel,
            kind=inbound.kind,
            text=inbound.text,
            received_at=self._session.clock.now(),
        )
        insert = self._session.insert(table).values(
            id=message.id,
            conversation_id=conversation_id,
            channel=inbound.channel,
            key_digest=digest,
            kind=inbound.kind.value,
            words=vault.seal(inbound.text, WORDS, message.id),
            sent_at=inbound.sent_at,
            received_at=message.received_at,
            attempts=0,
        )
        added = self._session.connection.execute(
            insert.on_conflict_do_nothing(index_elements=["channel", "key_digest"]).returning(
                table.c.id
            )
        )
        if added.first() is not None:
            return message, True
        query = select(table).where(
            table.c.channel == inbound.channel, table.c.key_digest == digest
        )
        return self._from_row(self._session.connection.execute(query).one()), False

    def get(self, message_id: str) -> InboxMessage:
        """The message as it was sent; ``UnknownMessage`` where there is none."""
        query = select(table).where(table.c.id == message_id)
        row = self._session.connection.execute(query).one_or_none()
        if row is None:
            raise UnknownMessage(message_id)
        return self._from_row(row)

    def turn(self, message_id: str) -> InboxMessage:
        """The message with those before it that are answered together with it."""
        query = (
            select(table)
            .where(or_(table.c.id == message_id, table.c.turn_id == message_id))
            .order_by(table.c.position)
        )
        rows = self._session.connection.execute(query).all()
        if not rows:
            raise UnknownMessage(message_id)
        return together([self._from_row(row) for row in rows])

    def next_pending(self, conversation_id: str) -> InboxMessage | None:
        query = (
            select(table)
            .where(table.c.conversation_id == conversation_id, table.c.done_at.is_(None))
            .order_by(table.c.position)
            .limit(1)
        )
        row = self._session.connection.execute(query).one_or_none()
        if row is None:
            return None
        return self._from_row(row) if row.turn_id is None else self.turn(row.turn_id)

    def waiting(self, conversation_id: str, limit: int) -> list[InboxMessage]:
        query = (
            select(table)
            .where(table.c.conversation_id == conversation_id, table.c.done_at.is_(None))
            .order_by(table.c.position)
            .limit(limit)
        )
        return [self._from_row(row) for row in self._session.connection.execute(query)]

    def bind(self, message_ids: Iterable[str], turn_id: str) -> None:
        self._session.connection.execute(
            update(table)
            .where(table.c.id.in_(list(message_ids)), table.c.done_at.is_(None))
            .values(turn_id=turn_id)
        )

    def mark_done(self, message_id: str, now: datetime) -> None:
        self._session.connection.execute(
            update(table)
            .where(
                or_(table.c.id == message_id, table.c.turn_id == message_id),
                table.c.done_at.is_(None),
            )
            .values(done_at=now)
        )

    def count_attempt(self, message_id: str) -> int:
        """One more attempt at this message: how many there have been with this one."""
        counted: int = self._session.connection.execute(
            update(table)
            .where(table.c.id == message_id)
            .values(attempts=table.c.attempts + 1)
            .returning(table.c.attempts)
        ).scalar_one()
        return counted

    def stranded(self, before: datetime, now: datetime, limit: int) -> list[str]:
        live = select(leases.c.name).where(
            leases.c.name == "turn:" + table.c.conversation_id, leases.c.expires_at > now
        )
        query = (
            select(table.c.conversation_id)
            .where(table.c.done_at.is_(None), table.c.received_at < before, ~live.exists())
            .group_by(table.c.conversation_id)
            .order_by(func.min(table.c.position))
            .limit(limit)
        )
        return list(self._session.connection.execute(query).scalars())

    def _from_row(self, row: Row[Any]) -> InboxMessage:
        return InboxMessage(
            id=row.id,
            conversation_id=row.conversation_id,
            channel=row.channel,
            kind=MessageKind(row.kind),
            text=self._session.vault.open(row.words, WORDS, row.id),
            received_at=row.received_at,
            done=row.done_at is not None,
            attempts=row.attempts,
        )
