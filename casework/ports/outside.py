"""What lies outside of the storage: time, places, the dialogue, other systems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from casework.domain.addresses import Address
from casework.domain.messages import Reply


class Clock(Protocol):
    """The time. Use cases never read the machine's clock themselves."""

    def now(self) -> datetime: ...


class WorkCalendar(Protocol):
    """Which days are worked, by the national holiday notices."""

    def is_workday(self, day: date) -> bool: ...


@dataclass(frozen=True)
class DialogueTurn:
    """One message for the dialogue server.

    ``text`` has personal data replaced by marks such as ``〔手机号〕`` (docs/adr/0005); ``trusted``
    is true only for payloads that casework itself offered as a button.
    """

    conversation_id: str
    message_id: str
    text: str
    trusted: bool = False
    metadata: Mapping[str, Any] = field(default_factory=dict)


class Dialogue(Protocol):
    """The dialogue server (Rasa)."""

    def ask(self, turn: DialogueTurn) -> list[Reply]:
        """Replies of the bot, at least one.

        The same ``message_id`` asked twice gets the stored replies. Raises
        ``DialogueUnavailable`` when there is no usable answer within the time limit.
        """
        ...

    def healthy(self) -> bool: ...


@dataclass(frozen=True)
class DeliveryResult:
    """What came of one attempt. ``code`` is an HTTP status, a platform's error code or a name."""

    ok: bool
    code: str = ""
    detail: str = ""
    reference: str = ""  # the receiver's own number for the matter
    retry_after: float | None = None  # seconds, where the receiver said so


class PetitionSystem(Protocol):
    """Where confirmed matters go. Never raises: what went wrong is in the result."""

    name: str

    def deliver(self, key: str, matter: Mapping[str, Any]) -> DeliveryResult: ...


class Sender(Protocol):
    """Pushes replies to a citizen outside of a request. Never raises."""

    channel: str

    def send(
        self, recipient: str, key: str, replies: Iterable[Mapping[str, Any]]
    ) -> DeliveryResult:
        """Send ``[{"text": …, "labels": […]}]`` to the channel's user."""
        ...


@dataclass(frozen=True)
class Drafted:
    """What a machine answered. ``code`` is an HTTP status or a name."""

    ok: bool
    code: str = ""
    text: str = ""
    retry_after: float | None = None  # seconds, where the service said so


class Locator(Protocol):
    """Resolves the words somebody told a place in, by the divisions and the bureau's own tree."""

    def __call__(self, text: str, /) -> Address: ...


class Drafter(Protocol):
    """A machine that words a summary anew. Never raises: what went wrong is in the result."""

    model: str

    def draft(self, instructions: str, material: str) -> Drafted: ...


class Limiter(Protocol):
    """Counts attempts, across processes where a Redis is set."""

    def hit(self, name: str, key: str, limit: int, seconds: int) -> bool:
        """Count one attempt; False once there were more than ``limit`` in ``seconds``."""
        ...
