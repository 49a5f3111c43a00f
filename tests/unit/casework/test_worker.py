"""The jobs of the worker: none ends another, none gives up."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from casework import worker
from casework.worker import Job


def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to it"
        time.sleep(0.005)


def test_a_job_goes_on_at_once_while_there_is_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "IDLE_SECONDS", 3600.0)
    stopping, done = threading.Event(), []

    def work() -> int:
        done.append(1)
        return 3 - len(done)  # the third time there is nothing left

    job = Job("turns", work, stopping)
    job.start()
    until(lambda: len(done) == 3)
    stopping.set()
    job.join(5)
    assert not job.is_alive()
    assert len(done) == 3


def test_a_job_that_fails_tries_again_after_ever_longer_pauses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pauses: list[float] = []

    class Stopping(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            pauses.append(timeout or 0.0)
            if len(pauses) == 10:
                self.set()
            return self.is_set()

    def work() -> int:
        if len(pauses) < 8:
            raise RuntimeError("the database is away")
        return 0

    Job("turns", work, Stopping()).run()
    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0, 0.5, 0.5]


def test_a_job_that_hangs_or_has_ended_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "STUCK_SECONDS", 0.05)
    stopping, let_go = threading.Event(), threading.Event()

    def work() -> int:
        let_go.wait(10)
        return 0

    job = Job("turns", work, stopping)
    assert not job.is_well()
    job.start()
    until(lambda: not job.is_well())
    assert job.is_alive()
    stopping.set()
    let_go.set()
    job.join(5)
    assert not job.is_well()


def test_a_worker_is_alive_while_its_heartbeat_is_young(tmp_path: Path) -> None:
    assert not worker.is_alive(tmp_path)
    worker.heartbeat_file(tmp_path).touch()
    assert worker.is_alive(tmp_path)
    old = time.time() - worker.ALIVE_SECONDS - 1
    os.utime(worker.heartbeat_file(tmp_path), (old, old))
    assert not worker.is_alive(tmp_path)
