"""Receiving a message and seeing that it is answered: the entry for every channel.

``receive`` writes the message down; once it returns, the message cannot be lost. ``attend`` waits
for its answer, answering whatever waits before it. ``resume_stranded`` is the worker's: it takes
up what a process that died has left.
"""

from __future__ import annotations

import time
import traceback
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from casework.bursts import Bursts
from casework.domain.draft import Draft
from casework.domain.errors import StorageUnavailable
from casework.domain.messages import Author, Inbound, Utterance
from casework.domain.text import clean
from casework.drains import Drain, Drains
from casework.hearing import KEPT_CHARACTERS, Assessor, Hearing, Wished, no_wish
from casework.ports import Clock, Dialogue, Store, UnitOfWork
from casework.texts import Texts
from casework.turn import LeaseLost, Pending, Turn, TurnResult, lease_name

__all__ = ["Conversations", "Receipt", "TurnResult"]

log = structlog.get_logger(__name__)

# How long to look away while another process has the conversation's turn.
_STEP_SECONDS = 0.02
# A message that fails this often, in one process or by ending it, is answered with an apology.
_MOST_FAILURES = 2
_MOST_RESUMES = 3


@dataclass(frozen=True)
class Receipt:
    """A message that has been written down. A duplicate has the ids of the first, not new ones."""

    conversation_id: str
    message_id: str
    is_new: bool


class Conversations:
    """One object per process. ``asking_kind`` says what kind of answer a draft waits for."""

    def __init__(
        self,
        store: Store,
        dialogue: Dialogue,
        clock: Clock,
        texts: Texts,
        risk: Assessor,
        asking_kind: Callable[[Draft], str | None],
        *,
        places: Collection[str] = (),
        wished: Wished = no_wish,
        push_channels: Collection[str] = ("wechat",),
        passive_seconds: float = 5.0,
        lease_seconds: float = 9.0,
        threads: int = 32,
    ) -> None:
        self._store = store
        self._clock = clock
        self._hearing = Hearing(texts, risk, asking_kind, places, wished)
        self._turn = Turn(
            store,
            dialogue,
            clock,
            texts,
            self._hearing,
            Bursts(risk),
            push_channels=push_channels,
            passive_seconds=passive_seconds,
            lease_seconds=lease_seconds,
        )
        self._lease_seconds = lease_seconds
        # One holder for the process: within it, ``Drains`` lets only one thread into a conversation.
        self._holder = uuid.uuid4().hex
        self._drains = Drains(self._drain, self._renew, lease_seconds / 3, threads)

    def receive(self, inbound: Inbound) -> Receipt:
        """Write the message down, once per (channel, sender, key), and take the lease if it is free.

        More than 20,000 characters are cut; characters that nobody types on purpose go away.
        """
        now = self._clock.now()
        text = clean(inbound.text[: 2 * KEPT_CHARACTERS])[:KEPT_CHARACTERS]
        # The sender is made part of the key, so that nobody is handed another's answers by
        # sending a key that is not theirs.
        kept = replace(inbound, text=text, key=f"{inbound.sender}\n{inbound.key}")
        with self._store() as work:
            conversation = work.conversations.find_or_create(inbound.channel, inbound.sender, now)
            message, is_new = work.inbox.add(kept, conversation.id)
            if is_new:
                shown = self._hearing.kept(inbound.kind, text)
                if shown is not None:
                    work.transcript.append(
                        conversation.id, Author.CITIZEN, shown, now, message_id=message.id
                    )
                work.leases.acquire(
                    lease_name(conversation.id), self._holder, now, self._lease_seconds
                )
                work.commit()
        return Receipt(conversation.id, message.id, is_new)

    def attend(
        self, conversation_id: str, message_id: str, wait_seconds: float = 30.0
    ) -> TurnResult:
        """The replies to a message, waiting for them at most ``wait_seconds``.

        Of several messages that were answered as one the last has the replies, the others none.
        The turn goes on when the wait is over: ``done`` is then false, and the replies come to
        the transcript and, for channels that push, to the outbox.
        """
        deadline = time.monotonic() + wait_seconds
        while True:
            drain = self._drains.start(conversation_id)
            result = drain.wait_for(message_id, deadline - time.monotonic())
            result = result or self._stored(conversation_id, message_id)
            if result.done or time.monotonic() >= deadline:
                return result
            time.sleep(_STEP_SECONDS)

    def transcript(self, conversation_id: str, since: int = 0) -> list[Utterance]:
        """The lines after ``since``, in order. Raises ``UnknownConversation``."""
        with self._store.reading() as work:
            work.conversations.get(conversation_id)
            return work.transcript.since(conversation_id, since)

    def resume_stranded(self, limit: int = 20) -> int:
        """Answer messages that a process which died has left; how many were answered."""
        now = self._clock.now()
        with self._store.reading() as work:
            stranded = work.inbox.stranded(now - timedelta(seconds=1), now, limit)
        drains = [self._drains.start(conversation_id, resumed=True) for conversation_id in stranded]
        for drain in drains:
            drain.wait_for(None, 10 * self._lease_seconds)
        return sum(drain.answered for drain in drains)

    def close(self) -> None:
        """Let running turns end before the process does."""
        self._drains.close()

    # ── on a drain's thread ──────────────────────────────────────────────────────────────────────

    def _drain(self, drain: Drain) -> None:
        """Answer what is pending, in order of arrival, until nothing is or the lease is gone."""
        count_first = drain.resumed
        more = True
        while more:
            pending = self._load(drain.conversation_id)
            if pending is None:
                return
            try:
                if count_first and self._count(pending) > _MOST_RESUMES:
                    result, more = self._turn.give_up(pending.message, self._holder)
                else:
                    result, more = self._turn.run(pending, self._holder)
            except (LeaseLost, StorageUnavailable):
                return
            except Exception as error:
                log.error(
                    "turn broke",
                    message_id=pending.message.id,
                    error=type(error).__name__,
                    at=_where(error),
                )
                if self._count(pending) < _MOST_FAILURES:
                    continue
                result, more = self._turn.give_up(pending.message, self._holder)
            drain.done_with(pending.message, result)
            count_first = False

    def _load(self, conversation_id: str) -> Pending | None:
        """The oldest pending message; None if there is none or another process has the lease.

        The lease is this process's already when it has just received the message: then nothing
        needs to be written.
        """
        now, lease = self._clock.now(), lease_name(conversation_id)
        with self._store.reading() as work:
            holder = work.leases.holder(lease, now)
            if holder == self._holder:
                return self._pending(work, conversation_id)
            if holder is not None or work.inbox.next_pending(conversation_id) is None:
                return None
        with self._store() as work:
            work.conversations.get(conversation_id)  # before its lease, as everywhere
            if not work.leases.acquire(lease, self._holder, now, self._lease_seconds):
                return None
            pending = self._pending(work, conversation_id)
            if pending is not None:
                work.commit()
        return pending

    def _pending(self, work: UnitOfWork, conversation_id: str) -> Pending | None:
        message = work.inbox.next_pending(conversation_id)
        if message is None:
            return None
        conversation = work.conversations.get(conversation_id)
        return Pending(message, conversation, work.drafts.open_for(conversation_id))

    def _count(self, pending: Pending) -> int:
        with self._store() as work:
            attempts = work.inbox.count_attempt(pending.message.id)
            work.commit()
        return attempts

    def _renew(self, conversation_id: str) -> None:
        """Extend the lease of a slow turn, unless it has been given up meanwhile."""
        now = self._clock.now()
        name = lease_name(conversation_id)
        with self._store() as work:
            if work.leases.holder(name, now) == self._holder:
                work.leases.acquire(name, self._holder, now, self._lease_seconds)
                work.commit()

    def _stored(self, conversation_id: str, message_id: str) -> TurnResult:
        with self._store.reading() as work:
            conversation = work.conversations.get(conversation_id)
            done = work.inbox.get(message_id).done
            replies = work.transcript.replies_to(message_id) if done else []
        return TurnResult(replies, conversation.owner, done)


def _where(error: Exception) -> str:
    """The line that failed, without the message, which may hold a citizen's words."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename}:{last.lineno}"
