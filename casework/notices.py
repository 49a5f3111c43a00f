"""Saying something to a citizen outside of a turn: a lawyer's words, a notice of the system."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from casework.domain.conversation import Conversation
from casework.domain.messages import Author, Utterance
from casework.domain.people import Staff
from casework.ports import UnitOfWork

PUSH_CHANNELS = frozenset({"wechat"})


def tell(
    work: UnitOfWork,
    conversation: Conversation,
    author: Author,
    text: str,
    key: str,
    now: datetime,
    staff: Staff | None = None,
    push_channels: Collection[str] = PUSH_CHANNELS,
) -> Utterance:
    """Write the line and, where the channel must push, promise to send it. Once per ``key``."""
    line = work.transcript.append(conversation.id, author, text, now, staff=staff, key=key)
    if conversation.channel in push_channels:
        work.outbox.add(
            kind="push",
            target=conversation.channel,
            key=f"line:{line.id}",
            payload={
                "recipient": conversation.sender,
                "replies": [{"text": line.text, "labels": []}],
            },
            now=now,
            conversation_id=conversation.id,
        )
    return line
