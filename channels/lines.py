"""Lines of a transcript as pages get them: labels, never payloads; names and roles, never ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casework.domain.messages import Utterance
from channels.laws import sources
from channels.parts import container
from channels.staff_names import staff_by_id, title


def after(conversation_id: str, seq: int) -> list[dict[str, Any]]:
    """What was said after ``seq``. Raises ``UnknownConversation``."""
    return as_json(container().conversations.transcript(conversation_id, seq))


def latest(conversation_id: str, limit: int) -> list[dict[str, Any]]:
    """The newest lines, oldest of them first."""
    with container().store.reading() as work:
        return as_json(work.transcript.last(conversation_id, limit))


def as_json(lines: Iterable[Utterance]) -> list[dict[str, Any]]:
    lines = list(lines)
    people = staff_by_id(line.staff_id for line in lines)
    relied = sources.of(lines)
    return [
        {
            "seq": line.seq,
            "author": line.author.value,
            "text": line.text,
            "labels": list(line.labels),
            "at": line.at.isoformat(),
            "message_id": line.message_id,
            "staff_name": line.staff_name,
            "staff_title": title(people.get(line.staff_id or "")),
            "laws": relied.get(line.seq, []),
        }
        for line in lines
    ]


def status(conversation_id: str) -> dict[str, Any]:
    """Who answers now, and the name and role of the member of staff who does."""
    with container().store.reading() as work:
        conversation = work.conversations.get(conversation_id)
        staff = work.staff.get(conversation.staff_id) if conversation.staff_id else None
    return {
        "owner": conversation.owner.value,
        "staff_name": staff.name if staff else None,
        "staff_title": title(staff),
    }
