"""Steps that several tests of storage take."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date

from sqlalchemy import text

from casework.adapters.store import SqlStore
from tests.fakes.clock import FakeClock

DAY = date(2026, 11, 23)


def open_conversation(store: SqlStore, clock: FakeClock, sender: str = "visitor") -> str:
    with store() as work:
        conversation = work.conversations.find_or_create("widget", sender, clock.now())
        work.commit()
    return conversation.id


def at_once(times: int, run: Callable[[int], None]) -> None:
    """Run in so many threads, all let go at the same moment; fails if any of them fails."""
    gate = threading.Barrier(times)
    failures: list[BaseException] = []

    def start(number: int) -> None:
        gate.wait()
        try:
            run(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=start, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def wait_until_one_waits(store: SqlStore) -> None:
    """Until some session of this PostgreSQL database waits for a lock of another."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        deadline = time.monotonic() + 10
        while connection.execute(waiting).scalar_one() == 0:
            assert time.monotonic() < deadline, "nobody waits"
            time.sleep(0.01)
