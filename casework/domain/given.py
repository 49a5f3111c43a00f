"""Answers that were given from the guidance, and the law they relied on. Nothing personal in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Relied:
    """An article that an answer cited, as it was read on a day."""

    law: str
    article: str
    """``85`` or ``26之一``."""
    read_on: date
    """The day an editor last read the article for this entry: it says which version that was."""


@dataclass(frozen=True)
class Given:
    """An entry that was shown in a conversation, with one article it relied on."""

    entry_id: str
    relied: Relied
    conversation_id: str
    message_id: str
    at: datetime
