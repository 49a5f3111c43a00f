"""Leases: one turn at a time per conversation, across processes, none held for ever."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select

from casework.adapters.orm import leases as table
from casework.adapters.session import Session


class SqlLeases:
    def __init__(self, session: Session) -> None:
        self._session = session

    def acquire(self, name: str, holder: str, now: datetime, seconds: float) -> bool:
        # One statement decides, so that two processes cannot both find the lease free.
        until = now + timedelta(seconds=seconds)
        taken = (
            self._session.insert(table)
            .values(name=name, holder=holder, expires_at=until)
            .on_conflict_do_update(
                index_elements=["name"],
                set_={"holder": holder, "expires_at": until},
                where=or_(table.c.holder == holder, table.c.expires_at <= now),
            )
            .returning(table.c.name)
        )
        return self._session.connection.execute(taken).first() is not None

    def release(self, name: str, holder: str) -> None:
        self._session.connection.execute(
            delete(table).where(table.c.name == name, table.c.holder == holder)
        )

    def holder(self, name: str, now: datetime) -> str | None:
        query = select(table.c.holder).where(table.c.name == name, table.c.expires_at > now)
        found: str | None = self._session.connection.execute(query).scalar_one_or_none()
        return found
