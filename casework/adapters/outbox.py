"""The outbox: what was promised to the outside, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select, update

from casework.adapters.orm import matters
from casework.adapters.orm import outbox as table
from casework.adapters.session import Session, new_id
from casework.ports import OutboxItem

PAYLOAD = "outbox.payload"
ERROR = "outbox.last_error"
ERROR_LENGTH = 500  # characters of a receiver's answer worth keeping


class SqlOutbox:
    """Items are claimed for a while: those of a worker that died are due again afterwards.

    ``attempts`` is counted when an item is claimed, so that one which kills its worker is not
    tried for ever: an item in hand counts the attempt being made.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

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
        item_id = new_id()
        body = self._session.vault.seal_json(
            dict(payload), PAYLOAD, item_id, sealed=self._is_sealed(matter_id)
        )
        insert = self._session.insert(table).values(
            id=item_id,
            kind=kind,
            target=target,
            key=key,
            payload=body,
            conversation_id=conversation_id,
            matter_id=matter_id,
            message_id=message_id,
            state="pending",
            attempts=0,
            due_at=due_at or now,
            created_at=now,
        )
        added = self._session.connection.execute(
            insert.on_conflict_do_nothing(index_elements=["target", "key"]).returning(table.c.id)
        )
        return added.first() is not None

    def claim_due(
        self, now: datetime, holder: str, lease_seconds: float, limit: int
    ) -> list[OutboxItem]:
        due = _free(now) & (table.c.due_at <= now)
        query = select(table.c.position).where(due).order_by(table.c.due_at, table.c.position)
        return self._claim(query.limit(limit), now, holder, lease_seconds)

    def claim_for_message(
        self, message_id: str, now: datetime, holder: str, lease_seconds: float
    ) -> list[OutboxItem]:
        pushes = _free(now) & (table.c.message_id == message_id) & (table.c.kind == "push")
        query = select(table.c.position).where(pushes)
        return self._claim(query, now, holder, lease_seconds)

    def hasten(self, message_id: str, now: datetime) -> None:
        self._session.connection.execute(
            update(table)
            .where(
                table.c.message_id == message_id,
                table.c.kind == "push",
                table.c.state == "pending",
                table.c.due_at > now,
            )
            .values(due_at=now)
        )

    def delivered(self, item_id: str, now: datetime) -> None:
        self._settle(item_id, state="delivered", done_at=now, last_error=None)

    def retry(self, item_id: str, at: datetime, error: str) -> None:
        self._settle(item_id, due_at=at, last_error=self._seal_error(error, item_id))

    def dead(self, item_id: str, error: str, now: datetime) -> None:
        error_sealed = self._seal_error(error, item_id)
        self._settle(item_id, state="dead", done_at=now, last_error=error_sealed)

    def revive(self, item_id: str, now: datetime) -> None:
        """Try a dead letter again, from the first attempt."""
        self._session.connection.execute(
            update(table)
            .where(table.c.id == item_id, table.c.state == "dead")
            .values(state="pending", attempts=0, due_at=now, done_at=None)
        )

    def for_matter(self, matter_id: str) -> list[OutboxItem]:
        return self._read(
            select(table).where(table.c.matter_id == matter_id).order_by(table.c.position)
        )

    def dead_letters(self, limit: int = 100) -> list[OutboxItem]:
        dead = select(table).where(table.c.state == "dead")
        return self._read(dead.order_by(table.c.position.desc()).limit(limit))

    def counts(self) -> dict[str, int]:
        query = select(table.c.state, func.count().label("items")).group_by(table.c.state)
        found = {row.state: row.items for row in self._session.connection.execute(query)}
        return {state: found.get(state, 0) for state in ("pending", "delivered", "dead")}

    def _claim(
        self, query: Select[Any], now: datetime, holder: str, seconds: float
    ) -> list[OutboxItem]:
        if not self._session.on_sqlite:
            query = query.with_for_update(skip_locked=True)
        positions = list(self._session.connection.execute(query).scalars())
        if not positions:
            return []
        rows = self._session.connection.execute(
            update(table)
            .where(table.c.position.in_(positions))
            .values(
                claimed_by=holder,
                claimed_until=now + timedelta(seconds=seconds),
                attempts=table.c.attempts + 1,
            )
            .returning(table)
        ).all()
        return [self._from_row(row) for row in sorted(rows, key=lambda row: row.position)]

    def _settle(self, item_id: str, **values: Any) -> None:
        self._session.connection.execute(
            update(table)
            .where(table.c.id == item_id)
            .values(claimed_by=None, claimed_until=None, **values)
        )

    def _is_sealed(self, matter_id: str | None) -> bool:
        if matter_id is None:
            return False
        query = select(matters.c.sealed).where(matters.c.id == matter_id)
        return bool(self._session.connection.execute(query).scalar_one_or_none())

    def _seal_error(self, error: str, item_id: str) -> bytes:
        return self._session.vault.seal(error[:ERROR_LENGTH], ERROR, item_id)

    def _read(self, query: Select[Any]) -> list[OutboxItem]:
        return [self._from_row(row) for row in self._session.connection.execute(query)]

    def _from_row(self, row: Row[Any]) -> OutboxItem:
        vault = self._session.vault
        return OutboxItem(
            id=row.id,
            kind=row.kind,
            target=row.target,
            key=row.key,
            payload=vault.open_json(row.payload, PAYLOAD, row.id),
            conversation_id=row.conversation_id,
            matter_id=row.matter_id,
            message_id=row.message_id,
            state=row.state,
            attempts=row.attempts,
            due_at=row.due_at,
            created_at=row.created_at,
            last_error=vault.open(row.last_error, ERROR, row.id) if row.last_error else "",
        )


def _free(now: datetime) -> ColumnElement[bool]:
    unclaimed = or_(table.c.claimed_until.is_(None), table.c.claimed_until <= now)
    return (table.c.state == "pending") & unclaimed
