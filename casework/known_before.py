"""Who somebody is and where, as told for an earlier matter: offered with one tap, never copied.

The words are put under the question for the same fact; tapped, they are the citizen's answer like
any other and name the message that said so. Nothing is offered from a sealed matter.
"""

from __future__ import annotations

from casework.domain.draft import Draft
from casework.domain.intake.topic import FactSpec
from casework.ports import UnitOfWork

NOTE = "before"  # of a draft: {fact id: words}
_OFFERED = ("name", "phone", "where")


def known_before(work: UnitOfWork, conversation_id: str) -> dict[str, str]:
    """What was told for the newest matters of a conversation, by the id of the fact."""
    known: dict[str, str] = {}
    for matter in work.matters.for_conversation(conversation_id):
        if matter.sealed:
            continue
        for field in matter.summary.get("fields", ()):
            if field["id"] in _OFFERED and field["state"] == "told" and field["text"]:
                known[field["id"]] = str(field["text"])
    return known


def offered(draft: Draft, spec: FactSpec | None, along: FactSpec | None) -> str:
    """The words that answer this question as the last time; empty where something is not known."""
    before = draft.notes.get(NOTE, {})
    wanted = [one.id for one in (spec, along) if one is not None]
    if draft.notes.get("editing") or not wanted or any(one not in before for one in wanted):
        return ""
    return "，".join(before[one] for one in wanted)
