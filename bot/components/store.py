"""Where Rasa keeps its conversations: one SQLite file, or PostgreSQL for many machines.

Personal data is not in it: what comes here carries marks in its place (``entities.py``). The words
themselves are, so the file is readable by its owner alone.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore

_SQLITE = "sqlite:///"


def database_url(setting: str) -> str:
    """The address for SQLAlchemy 1.4: a path is an SQLite file; of the PostgreSQL drivers this
    environment has psycopg2, where the service's settings say psycopg.
    """
    if "://" not in setting:
        return _SQLITE + str(Path(setting).absolute())
    return setting.replace("postgresql+psycopg://", "postgresql+psycopg2://", 1)


class ConversationStore(SQLTrackerStore):
    """Rasa's SQL store at the address of ``TRACKER_DB``: a path or a URL."""

    def __init__(self, domain: Any = None, host: str | None = None, **kwargs: Any) -> None:
        url = database_url(host or "")
        if url.startswith(_SQLITE):
            _make_private(Path(url[len(_SQLITE) :]))
        super().__init__(domain=domain, host=url, **kwargs)
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _tune)
            self.engine.dispose()  # connections made before the listener


def _make_private(file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    file.chmod(0o600)


def _tune(connection: Any, _record: Any) -> None:
    """Write-ahead log: a turn is one short write, and a killed process leaves whole turns only."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=3000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
