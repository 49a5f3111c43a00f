"""Where Rasa keeps its conversations: one SQLite file, or PostgreSQL for many machines.

Personal data is not in it: what comes here carries marks in its place (``entities.py``). The words
themselves are, so the file is readable by its owner alone.
"""

from __future__ import annotations

import itertools
import json
import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker

_SQLITE = "sqlite:///"


def database_url(setting: str) -> str:
    """The address for SQLAlchemy 1.4: a path is an SQLite file; of the PostgreSQL drivers this
    environment has psycopg2, where the service's settings say psycopg.
    """
    if "://" not in setting:
        return _SQLITE + str(Path(setting).absolute())
    return setting.replace("postgresql+psycopg://", "postgresql+psycopg2://", 1)


class ConversationStore(SQLTrackerStore):
    """Rasa's SQL store at the address of ``TRACKER_DB``: a path or a URL.

    Same table, fewer statements: Rasa's own builds the session query three times a turn and inserts
    row by row through the ORM, which is two fifths of a turn. A tracker must be saved by whoever
    retrieved it, as a turn does (``turn.py``).
    """

    def __init__(self, domain: Any = None, host: str | None = None, **kwargs: Any) -> None:
        url = database_url(host or "")
        if url.startswith(_SQLITE):
            _make_private(Path(url[len(_SQLITE) :]))
        super().__init__(domain=domain, host=url, **kwargs)
        if self.engine.dialect.name == "sqlite":
            # One connection kept open: opening the file costs more than a turn's statements.
            self.engine = sa.create_engine(url, poolclass=sa.pool.SingletonThreadPool)
            sa.event.listen(self.engine, "connect", _tune)
            self.sessionmaker.configure(bind=self.engine)
        events = self.SQLEvent.__table__
        mine = events.c.sender_id == sa.bindparam("sender")
        started = sa.select(sa.func.max(events.c.id)).where(
            mine, events.c.type_name == SessionStarted.type_name
        )
        self._all = sa.select(events.c.data).where(mine).order_by(events.c.id)
        self._session = self._all.where(
            events.c.id >= sa.func.coalesce(started.scalar_subquery(), 0)
        )
        self._insert = sa.insert(events)

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        """Rasa's, in one statement; it also notes how many events of the session are stored."""
        query = self._all if fetch_events_from_all_sessions else self._session
        with self.engine.connect() as connection:
            stored = connection.execute(query, {"sender": sender_id}).scalars().all()
        if not stored or not self.domain:
            return None
        events = [json.loads(data) for data in stored]
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        tracker.stored_events = len(events)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add what is new since the tracker was retrieved or saved, in one transaction."""
        stored = getattr(tracker, "stored_events", 0)
        rows = [
            _row(tracker.sender_id, event)
            for event in itertools.islice(tracker.events, stored, None)
        ]
        if rows:
            with self.engine.begin() as connection:
                connection.execute(self._insert, rows)
        tracker.stored_events = len(tracker.events)


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": ((data.get("parse_data") or {}).get("intent") or {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


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
