"""What comes in and what goes out of the rules of an intake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from casework.domain.extraction.entity import Entity

Extract = Callable[[str], list[Entity]]


@dataclass(frozen=True)
class Heard:
    """A citizen's message: the verbatim words and what the dialogue took them for."""

    message_id: str
    text: str
    intent: str = "inform"
    insists: bool = False  # the same words as just before: no question, but the answer
    unread: bool = False  # sent before the question was put: no answer to it
    goes_on: bool = False  # more of the story, told while the question came


@dataclass(frozen=True)
class Said:
    """Something to be said: ``key`` of ``casework/texts/intake.yml``, or ``text`` as it stands."""

    key: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    text: str = ""
