"""What the receiver has taken, in one SQLite file. A key is counted once."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from channels.receiver.verify import Delivered, Refusal

_SCHEMA = """
CREATE TABLE IF NOT EXISTS taken (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    matter TEXT NOT NULL,
    reference TEXT NOT NULL DEFAULT '',
    at REAL NOT NULL,
    times INTEGER NOT NULL DEFAULT 1
)"""
_CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Taken:
    """A matter that was taken; ``times`` counts how often it was delivered."""

    key: str
    reference: str
    matter: dict[str, Any]
    at: datetime
    times: int


class Ledger:
    """Safe to use from several threads and processes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # personal data
        path.chmod(0o600)
        with self._writing() as file:
            file.execute(_SCHEMA)

    def take(self, delivered: Delivered, now: float) -> tuple[str, bool]:
        """Our reference for the matter, and whether it is new.

        Raises a ``Refusal`` (409) when the key was used for another matter.
        """
        with self._writing() as file:
            row = file.execute(
                "SELECT digest, reference FROM taken WHERE key = ?", (delivered.key,)
            ).fetchone()
            if row is not None:
                if row[0] != delivered.digest:
                    raise Refusal(409, "key_reused", "the key was used for another matter")
                file.execute("UPDATE taken SET times = times + 1 WHERE key = ?", (delivered.key,))
                return str(row[1]), False
            added = file.execute(
                "INSERT INTO taken (key, digest, matter, at) VALUES (?, ?, ?, ?)",
                (
                    delivered.key,
                    delivered.digest,
                    json.dumps(delivered.matter, ensure_ascii=True),
                    now,
                ),
            )
            year = datetime.fromtimestamp(now, _CHINA).year
            reference = f"{year}-{added.lastrowid:06d}"
            file.execute(
                "UPDATE taken SET reference = ? WHERE id = ?", (reference, added.lastrowid)
            )
            return reference, True

    def all(self) -> list[Taken]:
        """Everything taken, newest first."""
        with closing(self._open()) as file:
            rows = file.execute(
                "SELECT key, reference, matter, at, times FROM taken ORDER BY id DESC"
            ).fetchall()
        return [
            Taken(key, reference, json.loads(matter), datetime.fromtimestamp(at, UTC), times)
            for key, reference, matter, at, times in rows
        ]

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=10, isolation_level=None)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with closing(self._open()) as file:
            file.execute("BEGIN IMMEDIATE")
            try:
                yield file
            except BaseException:
                file.execute("ROLLBACK")
                raise
            file.execute("COMMIT")
