"""Matters for the tests of storage."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.adapters.store import SqlStore
from casework.domain.matter import Matter, MatterKind
from tests.fakes.clock import FakeClock
from tests.integration.casework.storage.steps import DAY, open_conversation


@pytest.fixture
def add_matter(store: SqlStore, clock: FakeClock) -> Callable[..., Matter]:
    """Adds a matter: ``add_matter("m1", kind=…, sealed=…)``."""
    conversation_id = open_conversation(store, clock)

    def add(name: str, kind: MatterKind = MatterKind.PETITION, sealed: bool = False) -> Matter:
        with store() as work:
            matter = Matter(
                *(name, work.matters.next_number(kind, DAY), "CODE", kind, conversation_id),
                draft_id=f"draft of {name}",
                summary={"要点": [name]},
                created_at=clock.now(),
                sealed=sealed,
            )
            work.matters.add(matter)
            work.commit()
        return matter

    return add
