"""Which entry was shown when, and the articles it relied on: one row an article."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from casework.adapters.orm import given_answers as table
from casework.adapters.session import Session
from casework.domain.given import Given, Relied


class SqlGivenAnswers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        conversation_id: str,
        message_id: str,
        entry_id: str,
        relied: Iterable[Relied],
        now: datetime,
    ) -> None:
        """Write it down; what stands there already stays."""
        rows = [
            {
                "message_id": message_id,
                "entry_id": entry_id,
                "law": one.law,
                "article": one.article,
                "read_on": one.read_on.isoformat(),
                "conversation_id": conversation_id,
                "at": now,
            }
            for one in dict.fromkeys(relied)
        ]
        if rows:
            insert = self._session.insert(table).values(rows)
            self._session.connection.execute(insert.on_conflict_do_nothing())

    def relied_on(self) -> list[Relied]:
        """Every article that any answer relied on, each reading of it once."""
        query = select(table.c.law, table.c.article, table.c.read_on).distinct()
        rows = self._session.connection.execute(query)
        # In Python's order: databases sort Chinese each in their own way.
        return [Relied(law, article, date.fromisoformat(day)) for law, article, day in sorted(rows)]

    def citing(self, relied: Relied) -> list[Given]:
        """The answers that relied on an article as it was read on that day, oldest first."""
        query = select(table).where(
            table.c.law == relied.law,
            table.c.article == relied.article,
            table.c.read_on == relied.read_on.isoformat(),
        )
        ordered = query.order_by(table.c.at, table.c.message_id, table.c.entry_id)
        return [_from_row(row) for row in self._session.connection.execute(ordered)]

    def given_to(self, message_ids: Iterable[str]) -> list[Given]:
        """What was shown in answer to these messages."""
        query = select(table).where(table.c.message_id.in_(list(message_ids)))
        return [_from_row(row) for row in self._session.connection.execute(query)]


def _from_row(row: Row[Any]) -> Given:
    relied = Relied(row.law, row.article, date.fromisoformat(row.read_on))
    return Given(row.entry_id, relied, row.conversation_id, row.message_id, row.at)
