"""Who looked at or changed what. Lines are only ever added."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select

from casework.adapters.orm import audit as table
from casework.adapters.session import Session, new_id

DETAIL = "audit.detail"


class SqlAudit:
    def __init__(self, session: Session) -> None:
        self._session = session

    def record(self, at: datetime, by: str, what: str, subject: str, detail: str = "") -> None:
        line_id = new_id()
        sealed = self._session.vault.seal(detail, DETAIL, line_id)
        self._session.connection.execute(
            insert(table).values(
                id=line_id, at=at, by=by, what=what, subject=subject, detail=sealed
            )
        )

    def about(self, subject: str) -> list[tuple[datetime, str, str, str]]:
        """(time, by, what, detail) of every line about a subject, oldest first."""
        query = select(table).where(table.c.subject == subject).order_by(table.c.position)
        return [
            (row.at, row.by, row.what, self._session.vault.open(row.detail, DETAIL, row.id))
            for row in self._session.connection.execute(query)
        ]
