"""Turning a draft into one of another kind without asking for anything again."""

from __future__ import annotations

from typing import Any

from casework.domain.draft import Draft
from casework.domain.intake import ledger
from casework.domain.intake.topic import Topic


def switch(draft: Draft, topic: Topic) -> None:
    """Make the draft one of ``topic``; facts that have no place there wait aside."""
    aside: dict[str, Any] = draft.notes.setdefault("aside", {})
    for fact_id in list(draft.facts):
        if topic.spec(fact_id) is None:
            fact = draft.facts.pop(fact_id)
            aside[fact_id] = [fact.text, fact.value, list(fact.sources)]
    ledger.restore(draft, aside, {spec.id for spec in topic.facts})
    draft.kind = topic.kind
    draft.asked = [fact_id for fact_id in draft.asked if topic.spec(fact_id)]
    draft.skipped = [fact_id for fact_id in draft.skipped if topic.spec(fact_id)]
    draft.undo.clear()
    for note in ("editing", "sealed"):
        draft.notes.pop(note, None)
