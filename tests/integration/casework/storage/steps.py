"""Steps that several tests of storage take."""

from __future__ import annotations

import threading
from collections.abc import Callable

from casework.adapters.store import SqlStore
from tests.fakes.clock import FakeClock


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
