"""Keeps which answers were given, so that those whose law has changed can be found again.

What is kept is the entry, the articles it cited and the ids of conversation and message: no word of
anybody (``suqiu kb stale`` reads it).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import structlog

from casework.domain.errors import StorageUnavailable
from casework.domain.given import Given, Relied
from casework.ports import Clock, Store

log = structlog.get_logger(__name__)


class GivenAnswers:
    """The answers that were given."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def record(
        self, conversation_id: str, message_id: str, entry_id: str, relied: Sequence[Relied]
    ) -> None:
        """Keep that an entry was shown; a turn that runs twice is kept once. Where nothing can be
        written, the answer is worth more than its record."""
        if not relied:
            return
        try:
            with self._store() as work:
                work.given_answers.add(
                    conversation_id, message_id, entry_id, relied, self._clock.now()
                )
                work.commit()
        except StorageUnavailable:
            log.warning("answer not recorded", message_id=message_id, entry_id=entry_id)

    def relied_on(self) -> list[Relied]:
        """Every article that any answer relied on, each reading of it once."""
        with self._store.reading() as work:
            return work.given_answers.relied_on()

    def citing(self, relied: Relied) -> list[Given]:
        """The answers that relied on an article as it was read on that day, oldest first."""
        with self._store.reading() as work:
            return work.given_answers.citing(relied)

    def given_to(self, message_ids: Iterable[str]) -> list[Given]:
        """What was shown in answer to these messages, of any conversation."""
        with self._store.reading() as work:
            return work.given_answers.given_to(message_ids)
