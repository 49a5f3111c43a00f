"""What every table adapter works with inside one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Table
from sqlalchemy.dialects import postgresql, sqlite

from casework.adapters.vault import Vault
from casework.ports import Clock


@dataclass(frozen=True)
class Session:
    """An open transaction and what is needed to write in it.

    ``writing`` is false in units opened by ``Store.reading()``: they take no row locks.
    """

    connection: Connection
    vault: Vault
    clock: Clock
    writing: bool

    @property
    def on_sqlite(self) -> bool:
        return self.connection.dialect.name == "sqlite"

    def insert(self, table: Table) -> postgresql.Insert:
        """An insert that knows ``on_conflict_do_…`` in the dialect of this connection.

        SQLite's has the same methods; one type for both keeps the callers readable.
        """
        if self.on_sqlite:
            return sqlite.insert(table)  # type: ignore[return-value]
        return postgresql.insert(table)

    def locked(self, query: Select[Any]) -> Select[Any]:
        """The query, holding its rows until the end of a writing unit.

        On SQLite a writing unit holds the whole file already (``BEGIN IMMEDIATE``). The lock is the
        weaker ``FOR NO KEY UPDATE``, so that others may still insert rows that refer to these.
        """
        if not self.writing or self.on_sqlite:
            return query
        return query.with_for_update(key_share=True)


def new_id() -> str:
    return uuid.uuid4().hex


def strings(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)
