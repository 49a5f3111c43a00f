"""Keeping what the outbox promises: pushes to citizens, matters to petition systems."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta

import structlog

from casework.domain.errors import NotAllowed
from casework.domain.matter import MatterEvent
from casework.domain.people import Staff
from casework.domain.retries import Retry, decide
from casework.domain.rights import RUNS, UNSEALS, require
from casework.ports import Clock, DeliveryResult, OutboxItem, PetitionSystem, Sender, Store
from casework.texts import Texts

log = structlog.get_logger(__name__)

# How long an item is ours once claimed; longer than any receiver may take to answer.
_CLAIM_SECONDS = 120.0


class Delivery:
    """Delivers what is due, one item after the other. Safe to run in several processes."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        texts: Texts,
        systems: Iterable[PetitionSystem],
        senders: Iterable[Sender] = (),
    ) -> None:
        self._store = store
        self._clock = clock
        self._texts = texts
        self._systems = {system.name: system for system in systems}
        self._senders = {sender.channel: sender for sender in senders}
        self._holder = uuid.uuid4().hex

    def add_sender(self, sender: Sender) -> None:
        """Let a channel take part; channels stand above casework and are handed down."""
        self._senders[sender.channel] = sender

    def deliver_due(self, limit: int = 20) -> int:
        """Try everything that is due now, at most ``limit`` items; how many were delivered.

        After a failed push the later ones of the same conversation wait with it, so that a
        citizen never reads an answer before the one it follows.
        """
        with self._store() as work:
            items = work.outbox.claim_due(self._clock.now(), self._holder, _CLAIM_SECONDS, limit)
            work.commit()
        held_up: dict[str, float] = {}
        delivered = 0
        for item in items:
            wait = held_up.get(item.conversation_id or "") if item.kind == "push" else None
            if wait is not None:
                self._postpone(item, wait)
                continue
            result = self._attempt(item)
            after = self._settle(item, result)
            delivered += result.ok
            if after is not None and item.kind == "push" and item.conversation_id:
                held_up[item.conversation_id] = after
        return delivered

    def dead_letters(self, staff: Staff) -> list[OutboxItem]:
        """What was given up, newest first. For operators and supervisors."""
        require(staff, RUNS)
        with self._store.reading() as work:
            return [
                item
                for item in work.outbox.dead_letters()
                # Of a sealed matter only supervisors may even know the receiver's complaint.
                if not _is_sealed(item) or staff.role in UNSEALS
            ]

    def revive(self, staff: Staff, item_id: str) -> None:
        """Try a dead letter again from the start; it is logged who asked for it."""
        require(staff, RUNS)
        now = self._clock.now()
        with self._store() as work:
            if item_id not in {item.id for item in work.outbox.dead_letters(limit=10_000)}:
                raise NotAllowed("not a dead letter")
            work.outbox.revive(item_id, now)
            work.audit.record(now, staff.id, "revived delivery", item_id)
            work.commit()

    def counts(self) -> dict[str, int]:
        with self._store.reading() as work:
            return work.outbox.counts()

    def _attempt(self, item: OutboxItem) -> DeliveryResult:
        try:
            if item.kind == "push":
                sender = self._senders.get(item.target)
                if sender is None:
                    return DeliveryResult(False, "no_sender", item.target)
                recipient = item.payload.get("recipient")
                if not recipient:
                    return DeliveryResult(False, "no_recipient")
                return sender.send(recipient, item.key, item.payload["replies"])
            system = self._systems.get(item.target)
            if system is None:
                return DeliveryResult(False, "no_system", item.target)
            return system.deliver(item.key, item.payload)
        except Exception as error:  # ports do not raise; one that does must not stop the others
            log.error("delivery broke", item=item.id, error=type(error).__name__)
            return DeliveryResult(False, "broken", type(error).__name__)

    def _settle(self, item: OutboxItem, result: DeliveryResult) -> float | None:
        """Write down what came of it; the seconds until the next attempt if there is one."""
        now = self._clock.now()
        after: float | None = None
        with self._store() as work:
            target = self._target(item.target)
            if result.ok:
                work.outbox.delivered(item.id, now)
                event = self._texts.say("staff.event.delivered", target=target)
                note = f"{event} {result.reference}".strip()
            else:
                error = f"{result.code}: {result.detail}" if result.detail else result.code
                decision = decide(item.kind, result.code, item.attempts, result.retry_after)
                note = self._texts.say(
                    "staff.event.undeliverable", target=target, error=result.code
                )
                if isinstance(decision, Retry):
                    after = decision.after
                    work.outbox.retry(item.id, now + timedelta(seconds=after), error)
                else:
                    work.outbox.dead(item.id, error, now)
                    log.warning("delivery given up", item=item.id, why=decision.why)
            if item.matter_id and after is None:
                what = "delivered" if result.ok else "undeliverable"
                work.matters.add_event(
                    item.matter_id, MatterEvent(now, what, "system", note=note, public=False)
                )
            work.commit()
        return after

    def _target(self, name: str) -> str:
        """What staff call the receiver."""
        key = f"staff.target.{name}"
        return self._texts.say(key) if self._texts.has(key) else name

    def _postpone(self, item: OutboxItem, seconds: float) -> None:
        with self._store() as work:
            at = self._clock.now() + timedelta(seconds=seconds)
            work.outbox.retry(item.id, at, item.last_error)
            work.commit()


def _is_sealed(item: OutboxItem) -> bool:
    return bool(item.payload.get("sealed"))
