"""The worker: takes up turns that a dead process has left, and keeps what the outbox promises.

Several may run at once, on one machine or on many. What pushes to a channel is handed to the
container's delivery by whoever starts the process (``cli``), for channels stand above casework.
"""

from __future__ import annotations

import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FrameType

import structlog

from casework.bootstrap import Container
from casework.ports import Sender

log = structlog.get_logger(__name__)

IDLE_SECONDS = 0.5  # between looks while there is nothing to do
LONGEST_PAUSE_SECONDS = 30.0  # between tries while something is broken
LOOK_SECONDS = 0.2  # between looks whether to end
RARELY_SECONDS = 60.0  # between looks for what can wait
BEAT_SECONDS = 2.0
ALIVE_SECONDS = 15.0  # a heartbeat older than this counts as none
STUCK_SECONDS = 300.0  # a job that has not come round for so long is not well
STOP_SECONDS = 20.0  # how long running work may take to end


class Job(threading.Thread):
    """Runs ``work`` again and again: at once while there is some, after a pause when there is
    none, after a growing pause when it fails. ``work`` says how much it did."""

    def __init__(
        self,
        name: str,
        work: Callable[[], int],
        stopping: threading.Event,
        idle: float | None = None,
    ) -> None:
        super().__init__(name=name, daemon=True)
        self._work = work
        self._idle = idle  # seconds; ``IDLE_SECONDS`` unless given
        self._stopping = stopping
        self.came_round = time.monotonic()

    def run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                done = self._work()
                failures, pause = 0, 0.0 if done else self._idle or IDLE_SECONDS
                if done:
                    log.info("worked", job=self.name, count=done)
            except Exception as error:  # tomorrow's work must not die of today's
                failures += 1
                pause = min(IDLE_SECONDS * 2.0**failures, LONGEST_PAUSE_SECONDS)
                log.error(
                    "job failed",
                    job=self.name,
                    error=type(error).__name__,
                    at=_where(error),
                    again_in=pause,
                )
            self.came_round = time.monotonic()
            self._stopping.wait(pause)

    def is_well(self) -> bool:
        return self.is_alive() and time.monotonic() - self.came_round < STUCK_SECONDS


class Worker:
    """Each job on a thread of its own: a slow dialogue must not hold up deliveries.

    ``senders`` push to channels.
    """

    def __init__(self, container: Container, senders: Iterable[Sender] = ()) -> None:
        for sender in senders:
            container.delivery.add_sender(sender)
        self._stopping = threading.Event()
        self._told_to_end = False
        self._close = container.conversations.close
        self._heartbeat = heartbeat_file(container.settings.data_dir)
        self._jobs = [
            Job("turns", container.conversations.resume_stranded, self._stopping),
            Job("deliveries", container.delivery.deliver_due, self._stopping),
            Job("drafts", container.intake.keeping.forget_old, self._stopping, RARELY_SECONDS),
        ]
        if container.wording.is_on:
            self._jobs.append(Job("wordings", container.wording.propose_due, self._stopping))

    def run(self) -> None:
        """Work until told to end (SIGTERM, Ctrl-C, or ``stop``); then let what runs come to an end.

        Signals reach it only where it runs in the main thread.
        """
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, self._on_signal)
            signal.signal(signal.SIGINT, self._on_signal)
        self._heartbeat.unlink(missing_ok=True)  # of one that was killed
        for job in self._jobs:
            job.start()
        log.info("worker started")
        try:
            beaten = 0.0
            while not (self._told_to_end or self._stopping.is_set()):
                if time.monotonic() - beaten > BEAT_SECONDS:
                    beaten = time.monotonic()
                    if all(job.is_well() for job in self._jobs):
                        self._beat()
                time.sleep(LOOK_SECONDS)
        finally:
            self.stop()
            deadline = time.monotonic() + STOP_SECONDS
            for job in self._jobs:
                job.join(max(0.0, deadline - time.monotonic()))
            self._heartbeat.unlink(missing_ok=True)
            self._close()
            log.info("worker stopped")

    def stop(self) -> None:
        self._stopping.set()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        # No more than this: an Event set here could wait for a lock that this very thread holds.
        self._told_to_end = True

    def _beat(self) -> None:
        try:
            self._heartbeat.touch(mode=0o600)
        except OSError as error:
            log.warning("no heartbeat", error=type(error).__name__)


def heartbeat_file(data_dir: Path) -> Path:
    """The file whose time of change tells that the worker of this machine is well."""
    return data_dir / "worker.alive"


def is_alive(data_dir: Path) -> bool:
    """Whether a worker of this machine has shown a sign of life lately."""
    try:
        beaten = os.stat(heartbeat_file(data_dir)).st_mtime
    except OSError:
        return False
    return time.time() - beaten < ALIVE_SECONDS


def _where(error: Exception) -> str:
    """The line that failed, without the message, which may hold somebody's words."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
