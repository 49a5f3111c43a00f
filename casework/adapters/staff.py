"""Accounts of the staff and their one-time sign-ins."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from casework.adapters.orm import sign_in_tickets as tickets
from casework.adapters.orm import staff as table
from casework.adapters.session import Session
from casework.domain.people import Role, Staff


class SqlStaffAccounts:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, staff: Staff) -> None:
        """Store a new account; a username in use is a ``Conflict``."""
        values = {"id": staff.id, "created_at": staff.created_at, **_changing(staff)}
        self._session.connection.execute(insert(table).values(values))

    def get(self, staff_id: str) -> Staff | None:
        return self._one(table.c.id == staff_id)

    def by_username(self, username: str) -> Staff | None:
        return self._one(table.c.username == username)

    def save(self, staff: Staff) -> None:
        self._session.connection.execute(
            update(table).where(table.c.id == staff.id).values(_changing(staff))
        )

    def all(self) -> list[Staff]:
        rows = self._session.connection.execute(select(table).order_by(table.c.username))
        return [_from_row(row) for row in rows]

    def put_ticket(self, digest: str, staff_id: str, expires_at: datetime) -> None:
        self._session.connection.execute(
            insert(tickets).values(digest=digest, staff_id=staff_id, expires_at=expires_at)
        )

    def take_ticket(self, digest: str, now: datetime) -> str | None:
        # Deleting is taking: of two that try at once only one gets the row back.
        taken = self._session.connection.execute(
            delete(tickets)
            .where(tickets.c.digest == digest)
            .returning(tickets.c.staff_id, tickets.c.expires_at)
        ).one_or_none()
        if taken is None or taken.expires_at <= now:
            return None
        staff_id: str = taken.staff_id
        return staff_id

    def _one(self, condition: ColumnElement[bool]) -> Staff | None:
        row = self._session.connection.execute(select(table).where(condition)).one_or_none()
        return None if row is None else _from_row(row)


def _changing(staff: Staff) -> dict[str, Any]:
    return {
        "username": staff.username,
        "name": staff.name,
        "role": staff.role.value,
        "password_hash": staff.password_hash,
        "active": staff.active,
        "must_change_password": staff.must_change_password,
    }


def _from_row(row: Row[Any]) -> Staff:
    return Staff(
        id=row.id,
        username=row.username,
        name=row.name,
        role=Role(row.role),
        password_hash=row.password_hash,
        active=row.active,
        must_change_password=row.must_change_password,
        created_at=row.created_at,
    )
