"""Conversations and who owns them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, select, update

from casework.adapters.orm import conversations as table
from casework.adapters.session import Session, new_id, strings
from casework.domain.conversation import Conversation, Owner, RiskLevel
from casework.domain.errors import UnknownConversation
from casework.domain.messages import Button

SENDER = "conversations.sender"
STATE = "conversations.state"
_RANK = case({level.value: level.rank for level in RiskLevel}, value=table.c.risk)


class SqlConversations:
    def __init__(self, session: Session) -> None:
        self._session = session

    def find_or_create(self, channel: str, sender: str, now: datetime) -> Conversation:
        vault = self._session.vault
        digest = vault.fingerprint(f"{channel}\0{sender}", SENDER)
        query = self._session.locked(
            select(table).where(table.c.channel == channel, table.c.sender_digest == digest)
        )
        row = self._session.connection.execute(query).one_or_none()
        if row is not None:
            return self._from_row(row)
        fresh = Conversation(new_id(), channel, sender, created_at=now, last_at=now)
        values = {
            **self._values(fresh),
            "id": fresh.id,
            "channel": channel,
            "sender_digest": digest,
            "sender": vault.seal(sender, SENDER, fresh.id),
            "created_at": now,
            "last_seq": 0,
        }
        insert = self._session.insert(table).values(values)
        created = self._session.connection.execute(
            insert.on_conflict_do_nothing(index_elements=["channel", "sender_digest"]).returning(
                table.c.id
            )
        )
        if created.first() is not None:
            return fresh
        # Another process was first and has committed meanwhile.
        return self._from_row(self._session.connection.execute(query).one())

    def get(self, conversation_id: str) -> Conversation:
        """The conversation, held against other writers until the end of a writing unit."""
        query = self._session.locked(select(table).where(table.c.id == conversation_id))
        row = self._session.connection.execute(query).one_or_none()
        if row is None:
            raise UnknownConversation(conversation_id)
        return self._from_row(row)

    def save(self, conversation: Conversation) -> None:
        done = self._session.connection.execute(
            update(table).where(table.c.id == conversation.id).values(self._values(conversation))
        )
        if done.rowcount != 1:
            raise UnknownConversation(conversation.id)

    def waiting(self) -> list[Conversation]:
        query = (
            select(table)
            .where(table.c.owner == Owner.WAITING.value)
            .order_by(_RANK.desc(), table.c.waiting_since, table.c.id)
        )
        return [self._from_row(row) for row in self._session.connection.execute(query)]

    def owned_by(self, staff_id: str) -> list[Conversation]:
        query = (
            select(table)
            .where(table.c.owner == Owner.HUMAN.value, table.c.staff_id == staff_id)
            .order_by(table.c.last_at.desc(), table.c.id)
        )
        return [self._from_row(row) for row in self._session.connection.execute(query)]

    def _values(self, conversation: Conversation) -> dict[str, Any]:
        state = {
            "offered": [[button.label, button.payload] for button in conversation.offered],
            "notes": conversation.notes,
            "waiting_reason": conversation.waiting_reason,
            "risk_signals": list(conversation.risk_signals),
        }
        return {
            "last_at": conversation.last_at,
            "owner": conversation.owner.value,
            "staff_id": conversation.staff_id,
            "waiting_since": conversation.waiting_since,
            "risk": conversation.risk.value,
            "risk_confirmed_by": conversation.risk_confirmed_by,
            "consent_version": conversation.consent_version,
            "consent_at": conversation.consent_at,
            "state": self._session.vault.seal_json(state, STATE, conversation.id),
        }

    def _from_row(self, row: Row[Any]) -> Conversation:
        vault = self._session.vault
        state = vault.open_json(row.state, STATE, row.id)
        return Conversation(
            id=row.id,
            channel=row.channel,
            sender=vault.open(row.sender, SENDER, row.id),
            created_at=row.created_at,
            last_at=row.last_at,
            owner=Owner(row.owner),
            staff_id=row.staff_id,
            waiting_since=row.waiting_since,
            waiting_reason=state["waiting_reason"],
            risk=RiskLevel(row.risk),
            risk_signals=strings(state["risk_signals"]),
            risk_confirmed_by=row.risk_confirmed_by,
            consent_version=row.consent_version,
            consent_at=row.consent_at,
            offered=tuple(Button(label, payload) for label, payload in state["offered"]),
            notes=state["notes"],
        )
