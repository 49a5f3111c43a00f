"""One message in, at most one passive reply out; what does not fit or comes too late is pushed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog

from casework.domain.messages import Inbound, Utterance
from channels.laws import link_of
from channels.wechat import replies as rendering
from channels.wechat.messages import CHANNEL
from channels.wechat.sender import UNTIL_WRITTEN, owed
from channels.wechat.shelf import Shelf

if TYPE_CHECKING:
    from casework.bootstrap import Container

log = structlog.get_logger(__name__)

#: How long it is known that a message had a passive reply. The platform's last try of a message
#: comes some 10 s after its first.
_REMEMBER = 120
_SAID, _PUSHED = "said", "pushed"
_CLAIM_SECONDS = 30
_DEAD_LETTERS = 1000
#: The overflow of a passive reply follows it, rather than overtaking it.
_OVERFLOW_DELAY = timedelta(seconds=2)


class Answering:
    """Runs the turn of a message and decides how its replies travel."""

    def __init__(self, container: Container, shelf: Shelf) -> None:
        self._conversations = container.conversations
        self._store = container.store
        self._clock = container.clock
        self._shelf = shelf
        self._given = container.given_answers
        self._link = link_of(container.settings)

    def answer(self, inbound: Inbound, wait_seconds: float) -> str:
        """The text of the passive reply; empty where there is none (yet).

        Raises only if the message could not be written down: then it must not be acknowledged,
        and the platform delivers it again.
        """
        receipt = self._conversations.receive(inbound)
        try:
            if self._shelf.get(owed(inbound.sender)):
                self._pay(receipt.conversation_id, inbound.sender)
            turn = self._conversations.attend(
                receipt.conversation_id, receipt.message_id, wait_seconds=wait_seconds
            )
            if not turn.done:
                self._hasten(receipt.message_id)
                return ""
            return self._passive(receipt.conversation_id, receipt.message_id, inbound, turn.replies)
        except Exception as error:
            # The text of an exception may hold the citizen's words; its type does not.
            log.error("wechat.turn_failed", message=receipt.message_id, error=type(error).__name__)
            return ""

    def _passive(
        self, conversation_id: str, message_id: str, inbound: Inbound, replies: Sequence[Utterance]
    ) -> str:
        said: list[dict[str, Any]] = [{"text": u.text, "labels": u.labels} for u in replies]
        if said and self._link(message_id) and self._given.given_to([message_id]):
            said[-1]["sources"] = message_id
        text = rendering.as_text(said, self._link)
        if not text:
            return ""
        first, rest = rendering.head(text)
        # The platform may deliver a message again while the first delivery is being answered, or
        # after its answer was lost. The first one takes the replies from the outbox, the others
        # repeat it: which of them the platform still listens to cannot be known.
        flag = f"passive:{message_id}"
        before = self._shelf.add(flag, _SAID, _REMEMBER)
        if before is not None:
            return first if before == _SAID else ""
        if self._take(conversation_id, message_id, inbound.sender, rest):
            return first
        # The worker has pushed them, or is about to: here they would be said a second time.
        self._shelf.put(flag, _PUSHED, _REMEMBER)
        return ""

    def _take(self, conversation_id: str, message_id: str, openid: str, rest: str) -> bool:
        """Take the replies to a message out of the outbox, and put back what did not fit."""
        now = self._clock.now()
        with self._store() as work:
            claimed = work.outbox.claim_for_message(
                message_id, now, f"wechat:{secrets.token_hex(8)}", _CLAIM_SECONDS
            )
            for item in claimed:
                work.outbox.delivered(item.id, now)
            if claimed and rest:
                work.outbox.add(
                    kind="push",
                    target=CHANNEL,
                    key=f"reply:{message_id}:rest",
                    payload={"recipient": openid, "replies": [{"text": rest, "labels": []}]},
                    now=now,
                    due_at=now + _OVERFLOW_DELAY,
                    conversation_id=conversation_id,
                )
            work.commit()
        return bool(claimed)

    def _pay(self, conversation_id: str, openid: str) -> None:
        """Try again what could not be pushed because the citizen had not written for too long."""
        now = self._clock.now()
        with self._store() as work:
            for item in work.outbox.dead_letters(_DEAD_LETTERS):
                code = item.last_error.split(":", 1)[0]
                if item.conversation_id == conversation_id and code in UNTIL_WRITTEN:
                    work.outbox.revive(item.id, now)
            work.commit()
        self._shelf.drop(owed(openid))

    def _hasten(self, message_id: str) -> None:
        with self._store() as work:
            work.outbox.hasten(message_id, self._clock.now())
            work.commit()
