"""A small shelf for what the processes of this channel must share for minutes or hours.

Nonces that were used, the access token, which message was answered passively: all of it can be
lost without losing a message, so none of it belongs in the database. Redis where one is set (many
machines); else a file in the data directory (many processes of one machine).
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol, TypeVar

import structlog

log = structlog.get_logger(__name__)

T = TypeVar("T")

#: Seconds for which a Redis that did not answer is not asked again.
_LEAVE_ALONE = 10.0
_REDIS_SECONDS = 0.5

_SCHEMA = """CREATE TABLE IF NOT EXISTS shelf
(name TEXT PRIMARY KEY, value TEXT NOT NULL, until REAL NOT NULL) WITHOUT ROWID"""


class Shelf(Protocol):
    """Short texts under names, each for a number of seconds."""

    def get(self, name: str) -> str | None: ...
    def put(self, name: str, value: str, seconds: float) -> None: ...
    def add(self, name: str, value: str, seconds: float) -> str | None:
        """Put it there unless something is: None if it was put, else what stands there."""
        ...

    def drop(self, name: str) -> None: ...


class FileShelf:
    """A shelf in one SQLite file, readable by its owner only (it holds the access token)."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
        with closing(self._open()) as file:
            file.execute(_SCHEMA)
            file.execute("DELETE FROM shelf WHERE until <= ?", (self._now(),))

    def _open(self) -> sqlite3.Connection:
        file = sqlite3.connect(self._path, timeout=5, isolation_level=None)
        # A cache: what a power cut takes is fetched again.
        file.execute("PRAGMA synchronous = OFF")
        return file

    def get(self, name: str) -> str | None:
        with closing(self._open()) as file:
            row = file.execute(
                "SELECT value FROM shelf WHERE name = ? AND until > ?", (name, self._now())
            ).fetchone()
        return str(row[0]) if row else None

    def put(self, name: str, value: str, seconds: float) -> None:
        with closing(self._open()) as file:
            file.execute(
                "INSERT OR REPLACE INTO shelf VALUES (?, ?, ?)",
                (name, value, self._now() + seconds),
            )

    def add(self, name: str, value: str, seconds: float) -> str | None:
        now = self._now()
        with closing(self._open()) as file:
            file.execute("BEGIN IMMEDIATE")
            file.execute("DELETE FROM shelf WHERE until <= ?", (now,))
            row = file.execute("SELECT value FROM shelf WHERE name = ?", (name,)).fetchone()
            if row is None:
                file.execute("INSERT INTO shelf VALUES (?, ?, ?)", (name, value, now + seconds))
            file.execute("COMMIT")
        return str(row[0]) if row else None

    def drop(self, name: str) -> None:
        with closing(self._open()) as file:
            file.execute("DELETE FROM shelf WHERE name = ?", (name,))


class RedisShelf:
    """A shelf in Redis, under ``suqiu:wechat:``; a Redis that is away is stood in for by a file.

    The signature and the message's own identity are checked whatever becomes of the shelf, so a
    call is not refused because Redis is down.
    """

    def __init__(self, redis: Any, spare: Shelf, now: Callable[[], float] = time.monotonic) -> None:
        self._redis = redis
        self._spare = spare
        self._now = now
        self._away_until = 0.0

    def get(self, name: str) -> str | None:
        def ask() -> str | None:
            value = self._redis.get(_named(name))
            return None if value is None else _text(value)

        return self._try(ask, lambda: self._spare.get(name))

    def put(self, name: str, value: str, seconds: float) -> None:
        self._try(
            lambda: self._redis.set(_named(name), value, px=_milliseconds(seconds)),
            lambda: self._spare.put(name, value, seconds),
        )

    def add(self, name: str, value: str, seconds: float) -> str | None:
        def ask() -> str | None:
            # NX and GET together need Redis 7; asking twice is the same unless it expires between.
            if self._redis.set(_named(name), value, px=_milliseconds(seconds), nx=True):
                return None
            found = self._redis.get(_named(name))
            return None if found is None else _text(found)

        return self._try(ask, lambda: self._spare.add(name, value, seconds))

    def drop(self, name: str) -> None:
        self._try(lambda: self._redis.delete(_named(name)), lambda: self._spare.drop(name))

    def _try(self, ask: Callable[[], T], spare: Callable[[], T]) -> T:
        from redis.exceptions import RedisError

        if self._now() < self._away_until:
            return spare()
        try:
            return ask()
        except RedisError as error:
            # Not asked again for a while: a call of the platform has 5 s in all.
            self._away_until = self._now() + _LEAVE_ALONE
            log.warning("wechat.redis_away", error=type(error).__name__)
            return spare()


def shelf_of(settings: Any) -> Shelf:
    """The shelf that ``casework.settings.Settings`` asks for."""
    file = FileShelf(Path(settings.data_dir) / "wechat.sqlite3")
    url = getattr(settings, "redis_url", None)
    if not url:
        return file
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    client = Redis.from_url(
        str(url),
        socket_timeout=_REDIS_SECONDS,
        socket_connect_timeout=_REDIS_SECONDS,
        retry=Retry(NoBackoff(), 1),  # by default the client goes on trying for many seconds
    )
    return RedisShelf(client, spare=file)


def _named(name: str) -> str:
    return f"suqiu:wechat:{name}"


def _milliseconds(seconds: float) -> int:
    return max(1, int(seconds * 1000))


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
