"""What people and the bot say to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum


class MessageKind(StrEnum):
    """How a message of a citizen reached us."""

    TEXT = "text"  # typed, or the platform's own transcript of a voice message
    BUTTON = "button"  # a label that we offered
    EVENT = "event"  # follow, scan, menu click: the key stands in ``text``
    OTHER = "other"  # sticker, picture, location …: kept, and answered with a sentence


class Author(StrEnum):
    """Who stands behind a line of the transcript."""

    CITIZEN = "citizen"
    BOT = "bot"
    STAFF = "staff"
    NOTICE = "notice"  # of the system itself: "a lawyer has joined"


@dataclass(frozen=True)
class Inbound:
    """One message as a channel hands it over, before anything has been done with it.

    ``key`` is its identity within the channel (WeChat: MsgId, or FromUser + CreateTime for
    events; widget: the id the page made); the pair (channel, key) is acted on once.
    """

    channel: str
    sender: str
    key: str
    kind: MessageKind
    text: str
    sent_at: datetime


@dataclass(frozen=True)
class InboxMessage:
    """An inbound message that has been written down and numbered.

    Where several are answered as one, their turn has the id of the last, the words
    of all, and the messages themselves as ``parts``.
    """

    id: str
    conversation_id: str
    channel: str
    kind: MessageKind
    text: str
    received_at: datetime
    done: bool = False
    attempts: int = 0
    parts: tuple[InboxMessage, ...] = ()

    @property
    def messages(self) -> tuple[InboxMessage, ...]:
        """Each message of this turn as it was sent."""
        return self.parts or (self,)


def together(parts: Sequence[InboxMessage]) -> InboxMessage:
    """Messages in order of arrival as one turn, a line each; what was sent twice stands once."""
    last = parts[-1]
    if len(parts) == 1:
        return last
    lines = dict.fromkeys(part.text.strip() for part in parts)
    return replace(last, text="\n".join(line for line in lines if line), parts=tuple(parts))


@dataclass(frozen=True)
class Button:
    """A choice offered to a citizen.

    Only the label ever leaves casework. ``payload`` is what the dialogue receives on the trusted
    path when the citizen chooses it (design invariant 6: typed text can never be a command).
    """

    label: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One bubble: a text and the choices under it."""

    text: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Utterance:
    """One line of the transcript. ``seq`` rises by one per conversation: the stream's cursor."""

    id: str
    conversation_id: str
    seq: int
    author: Author
    text: str
    at: datetime
    labels: tuple[str, ...] = field(default=())
    message_id: str | None = None  # citizen: its own inbox id; bot: the message it answers
    staff_id: str | None = None
    staff_name: str | None = None
