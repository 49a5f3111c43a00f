"""What can be shown of the articles an answer relied on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import structlog
import yaml

from casework.domain.bureau import CHINA
from casework.domain.given import Relied
from knowledge_base.errors import KnowledgeError
from knowledge_base.lawbook import LawBook
from knowledge_base.stale import Changes
from knowledge_base.wording import day as day_in_words

if TYPE_CHECKING:
    from casework.ports import Clock
    from casework.settings import Settings

log = structlog.get_logger(__name__)

_WORDS = Path(__file__).with_name("words.yml")


@dataclass(frozen=True)
class Shown:
    """An article as it applies today."""

    law: str
    article: str
    """``47`` or ``26之一``."""
    name: str
    """《劳动合同法》第四十七条"""
    text: str
    version: str
    note: str
    """Said where the law has ended, or has changed since the answer; else empty."""

    @property
    def path(self) -> str:
        return f"/law/{quote(self.law)}/{quote(self.article)}"


class Texts:
    """The imported texts, as far as there are any. Never raises: what cannot be read is not shown."""

    def __init__(self, settings: Settings) -> None:
        self._book = LawBook(settings.data_dir / "statutes")

    @property
    def filled(self) -> bool:
        return self._book.filled()

    def of(self, relied: Iterable[Relied], clock: Clock) -> list[Shown]:
        """The articles that can be shown, in the order of laws and numbers."""
        if not self.filled:
            return []
        today = clock.now().astimezone(CHINA).date()
        try:
            changes = Changes(self._book)
            found = [self._one(one, today, changes) for one in dict.fromkeys(relied)]
        except KnowledgeError as error:
            log.error("law texts unusable", reason=str(error))
            return []
        return [shown for shown in found if shown is not None]

    def _one(self, relied: Relied, today: date, changes: Changes) -> Shown | None:
        version = self._book.version_on(relied.law, today)
        found = self._book.article(version, relied.article) if version else None
        if version is None or found is None:
            return None
        newest = self._book.laws.resolve(relied.law)
        day = self._words["undated"]
        if found.day:
            day = self._words["version"].format(day=day_in_words(date.fromisoformat(found.day)))
        ended = newest is not None and newest.status == "repealed"
        changed = changes.since(relied.law, relied.article, relied.read_on) is not None
        return Shown(
            found.law,
            relied.article,
            self._words["name"].format(law=found.law, article=found.title),
            found.text,
            day,
            self._words["ended"] if ended else self._words["changed"] if changed else "",
        )

    @cached_property
    def _words(self) -> dict[str, str]:
        loaded: dict[str, str] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
        return loaded


def link_of(settings: Settings) -> Callable[[str], str]:
    """Where the law behind the answer to a message can be read; empty without imported texts."""
    book = LawBook(settings.data_dir / "statutes")

    def link(message_id: str) -> str:
        return f"{settings.public_url}/law/of/{message_id}" if book.filled() else ""

    return link
