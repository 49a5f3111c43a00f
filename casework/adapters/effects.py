"""What an action has done for a message, so that a turn run twice does it once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from casework.adapters.orm import effects as table
from casework.adapters.session import Session

RESULT = "effects.result"


class SqlEffects:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, message_id: str, name: str) -> dict[str, Any] | None:
        """What was done, if it was; until a writing unit ends no other may do the same."""
        if self._session.writing and not self._session.on_sqlite:
            # No row may be there yet to lock: two runs of one turn must not both find nothing.
            hold = func.pg_advisory_xact_lock(func.hashtextextended(message_id, 0))
            self._session.connection.execute(select(hold))
        query = select(table.c.result).where(table.c.message_id == message_id, table.c.name == name)
        sealed = self._session.connection.execute(query).scalar_one_or_none()
        if sealed is None:
            return None
        result: dict[str, Any] = self._session.vault.open_json(
            sealed, RESULT, f"{message_id}/{name}"
        )
        return result

    def put(self, message_id: str, name: str, result: Mapping[str, Any], now: datetime) -> None:
        """Write down what was done; what stands there already stays."""
        sealed = self._session.vault.seal_json(dict(result), RESULT, f"{message_id}/{name}")
        insert = self._session.insert(table).values(
            message_id=message_id, name=name, result=sealed, at=now
        )
        self._session.connection.execute(
            insert.on_conflict_do_nothing(index_elements=["message_id", "name"])
        )
