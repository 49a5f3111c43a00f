"""The engine, the upgrade of its tables, and the check that the key ring belongs to it."""

from __future__ import annotations

import os
import random
import sqlite3
import time
import weakref
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, text
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import IntegrityError, OperationalError

import casework.migrations
from casework.adapters.keys import KeysUnusable
from casework.adapters.orm import vault_marks
from casework.adapters.vault import Vault, VaultError
from casework.domain.errors import Conflict, StorageUnavailable
from casework.settings import Settings

# Execution options of a connection that only looks.
READING: dict[str, Any] = {"postgresql_readonly": True, "suqiu_reading": True}

BUSY_SECONDS = 15  # how long a writer waits for another before giving up
KNOCK_SECONDS = 0.001  # between two tries of a writer while another process writes
POOL_SIZE, POOL_OVERFLOW = 16, 112
_MIGRATION_LOCK = 0x737571697531  # any number that nobody else uses with this database
_MARK = "vault_marks.mark"


def open_engine(settings: Settings) -> Engine:
    """The database of these settings. Connections are pooled and opened when first needed.

    Its errors become ``Conflict`` and ``StorageUnavailable``; statements are never shown with
    their parameters.
    """
    url = make_url(settings.database_url)
    options: dict[str, Any] = {
        "hide_parameters": True,
        "pool_size": POOL_SIZE,
        "max_overflow": POOL_OVERFLOW,
        "pool_timeout": BUSY_SECONDS,
    }
    if url.get_backend_name() == "sqlite":
        if url.database:
            _make_private(Path(url.database))
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, **options)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(
            url, pool_pre_ping=True, connect_args={"connect_timeout": BUSY_SECONDS}, **options
        )
        event.listen(engine, "connect", _set_up_postgresql)
    event.listen(engine, "handle_error", _translate, retval=True)
    _leave_at_fork(engine)
    return engine


def migrate(settings: Settings) -> None:
    """Bring the tables to the newest version. Safe to run by several processes at once."""
    engine = open_engine(settings)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(
                    select(text("pg_advisory_xact_lock(:lock)")), {"lock": _MIGRATION_LOCK}
                )
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def is_current(engine: Engine) -> bool:
    """Whether the tables are at the version of this program."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    with engine.connect().execution_options(**READING) as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def is_empty(engine: Engine) -> bool:
    """Whether nothing was ever written under a key."""
    with engine.connect().execution_options(**READING) as connection:
        if not inspect(connection).has_table(vault_marks.name):
            return True
        return connection.execute(select(vault_marks.c.key_id).limit(1)).first() is None


def check_keys(engine: Engine, vault: Vault) -> None:
    """Stop with ``KeysUnusable`` where this key ring is not the one the database was written with.

    Keys that are new to the database are marked in it.
    """
    with engine.connect().execution_options(**READING) as connection:
        marks = {row.key_id: row.mark for row in connection.execute(select(vault_marks))}
    for key_id, mark in marks.items():
        try:
            vault.open(mark, _MARK, key_id)
        except VaultError:
            raise KeysUnusable(
                f"the key ring does not belong to this database (key {key_id} is missing or "
                "different): put back the key file that was used with it"
            ) from None
    fresh = [key_id for key_id in vault.key_ids if key_id not in marks]
    if not fresh:
        return
    with engine.begin() as connection:
        for key_id in fresh:
            mark = vault.seal_with(key_id, vault.fingerprint("mark", _MARK), _MARK, key_id)
            connection.execute(vault_marks.insert().values(key_id=key_id, mark=mark))


def _config() -> Config:
    here = str(Path(casework.migrations.__file__).parent)
    config = Config()
    config.set_main_option("script_location", here.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _make_private(path: Path) -> None:
    """Create the file for its owner alone; SQLite gives its companions the same mode."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite alone
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # what was acknowledged survives a power cut
        "foreign_keys=ON",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails at once (SQLITE_BUSY_SNAPSHOT) when
    # another has written meanwhile; an immediate one waits its turn.
    raw: Any = connection.connection.dbapi_connection
    if connection.get_execution_options().get("suqiu_reading", False):
        raw.execute("BEGIN")
        return
    deadline = time.monotonic() + BUSY_SECONDS
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        while not _begins(raw):
            if time.monotonic() > deadline:
                raise StorageUnavailable("another process keeps the database")
            # SQLite's own waiting grows to steps of 0.1 s: among many writers some are then
            # overtaken for seconds. An unequal step keeps two from knocking in time.
            time.sleep(KNOCK_SECONDS * random.uniform(0.5, 1.5))  # noqa: S311
    finally:
        raw.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _begins(raw: sqlite3.Connection) -> bool:
    """Whether the write lock was free."""
    try:
        raw.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            return False
        raise StorageUnavailable(type(error).__name__) from error
    return True


def _set_up_postgresql(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
        cursor.execute("SET idle_in_transaction_session_timeout = '60s'")
    connection.commit()


def _translate(context: ExceptionContext) -> BaseException | None:
    error = context.sqlalchemy_exception
    name = type(context.original_exception).__name__
    if isinstance(error, IntegrityError):
        return Conflict(name)
    if isinstance(error, OperationalError):
        return StorageUnavailable(name)
    return None


def _leave_at_fork(engine: Engine) -> None:
    """A forked child opens connections of its own; its parent's stay untouched."""
    known = weakref.ref(engine)

    def forget() -> None:
        if (inherited := known()) is not None:
            inherited.dispose(close=False)

    os.register_at_fork(after_in_child=forget)
