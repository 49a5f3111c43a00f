"""Threads that answer what waits in a conversation: at most one per conversation in a process.

A channel waits for an answer only so long (WeChat: 5 s in all); the turn goes on without it on a
thread of its own, and whoever waits for a later message of the same conversation waits for the
same thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import structlog

from casework.domain.messages import InboxMessage
from casework.turn import TurnResult

log = structlog.get_logger(__name__)


class Drain:
    """The answering of one conversation's pending messages, seen from those who wait."""

    def __init__(self, conversation_id: str, resumed: bool) -> None:
        self.conversation_id = conversation_id
        self.resumed = resumed  # nobody in this process received the message: its process died
        self.started = time.monotonic()
        self.answered = 0
        self._results: dict[str, TurnResult] = {}
        self._finished = False
        self._changed = threading.Condition()

    def done_with(self, message: InboxMessage, result: TurnResult) -> None:
        """Note a turn's result; of several messages that were one turn the last has the replies."""
        with self._changed:
            for part in message.messages:
                self._results[part.id] = replace(result, replies=[])
            self._results[message.id] = result
            self.answered += 1
            self._changed.notify_all()

    def finish(self) -> None:
        with self._changed:
            self._finished = True
            self._changed.notify_all()

    def wait_for(self, message_id: str | None, seconds: float) -> TurnResult | None:
        """The result for a message, or None when the drain ends or time is up without one."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._finished or message_id in self._results, max(0.0, seconds)
            )
            return self._results.get(message_id) if message_id else None


class Drains:
    """Starts drains, keeps track of them and has the leases of slow ones renewed."""

    def __init__(
        self,
        run: Callable[[Drain], None],
        renew: Callable[[str], None],
        renew_seconds: float,
        threads: int,
    ) -> None:
        self._run = run
        self._renew = renew
        self._renew_seconds = renew_seconds
        self._threads = threads
        self._running: dict[str, Drain] = {}
        self._guard = threading.Lock()
        # Both are made when first needed: a server may fork after it has built this object.
        self._pool: ThreadPoolExecutor | None = None
        self._keeper: threading.Thread | None = None

    def start(self, conversation_id: str, resumed: bool = False) -> Drain:
        """The drain that runs for this conversation, started if there is none."""
        with self._guard:
            running = self._running.get(conversation_id)
            if running is not None:
                return running
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="turn")
            drain = Drain(conversation_id, resumed)
            try:
                self._pool.submit(self._guarded, drain)
            except RuntimeError:  # the process is ending: another one will take the message up
                drain.finish()
                return drain
            self._running[conversation_id] = drain
            if self._keeper is None:
                self._keeper = threading.Thread(target=self._keep, name="leases", daemon=True)
                self._keeper.start()
            return drain

    def close(self) -> None:
        """Let the running turns end; nothing can be started afterwards."""
        if self._pool is not None:
            self._pool.shutdown(wait=True)

    def _guarded(self, drain: Drain) -> None:
        try:
            self._run(drain)
        except Exception as error:  # the message stays pending and is taken up again
            log.error(
                "turn failed", conversation_id=drain.conversation_id, error=type(error).__name__
            )
        finally:
            with self._guard:
                self._running.pop(drain.conversation_id, None)
            drain.finish()

    def _keep(self) -> None:
        """Renew the leases of slow drains until none is left."""
        while True:
            time.sleep(self._renew_seconds)
            with self._guard:
                if not self._running:
                    self._keeper = None
                    return
                oldest = time.monotonic() - self._renew_seconds
                slow = [d.conversation_id for d in self._running.values() if d.started < oldest]
            for conversation_id in slow:
                try:
                    self._renew(conversation_id)
                except Exception as error:  # the lease may be lost; writing will notice
                    log.warning(
                        "lease not renewed",
                        conversation_id=conversation_id,
                        error=type(error).__name__,
                    )
