"""Several messages answered as one turn (docs/adr/0011).

A message that finds nobody at work is answered at once, by itself. Those that come in while its
turn runs were written without having read the answer: in the transaction that ends the turn they
are bound together and become the next one. What is bound never changes, so a turn that is run
again after a crash is the same turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from casework import intakes
from casework.domain.choices import resolve
from casework.domain.conversation import Conversation, Owner
from casework.domain.messages import InboxMessage, MessageKind
from casework.domain.ownership import DANGER

if TYPE_CHECKING:
    from casework.hearing import Assessor
    from casework.ports import UnitOfWork

# How many messages are one turn at most, and of how many characters: the dialogue gets all of it.
MOST = 12
_LONGEST = 800
# Two messages further apart are two sayings, however long both have waited.
_BREATH = timedelta(seconds=30)


class Bursts:
    """Finds out which of the waiting messages make up the next turn."""

    def __init__(self, risk: Assessor) -> None:
        self._risk = risk
        self._fragments = intakes.fragments()

    def bind_next(self, work: UnitOfWork, conversation: Conversation) -> bool:
        """Bind what belongs together of what waits; whether anything waits at all.

        Only in the transaction that marks the turn before as done: no process can have begun with
        these messages yet.
        """
        waiting = work.inbox.waiting(conversation.id, MOST)
        burst = self._first(waiting, conversation)
        if len(burst) > 1:
            work.inbox.bind([message.id for message in burst[:-1]], burst[-1].id)
        return bool(waiting)

    def _first(
        self, waiting: Sequence[InboxMessage], conversation: Conversation
    ) -> list[InboxMessage]:
        """The messages at the beginning of the queue that are one saying."""
        burst: list[InboxMessage] = []
        if conversation.owner is Owner.HUMAN or len(waiting) < 2:  # a person reads them as they are
            return burst
        length = 0
        for message in waiting:
            length += len(message.text)
            late = burst and message.received_at - burst[-1].received_at > _BREATH
            if late or length > _LONGEST or not self._joins(message, conversation):
                break
            burst.append(message)
        return burst

    def _joins(self, message: InboxMessage, conversation: Conversation) -> bool:
        return (
            message.kind is MessageKind.TEXT
            and self._fragments.joins(message.text)
            and resolve(message.text, conversation.offered) is None
            and self._risk.assess(message.text).level not in DANGER
        )
