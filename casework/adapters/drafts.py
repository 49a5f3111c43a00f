"""Drafts: the facts of a matter that is not confirmed yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, update

from casework.adapters.orm import draft_moves as moves
from casework.adapters.orm import drafts as table
from casework.adapters.session import Session, strings
from casework.domain.draft import Draft, Fact, Stage
from casework.domain.errors import UnknownConversation
from casework.domain.matter import MatterKind

CONTENT = "drafts.content"
CODE = "drafts.code"
CLOSED = (Stage.SUBMITTED.value, Stage.CANCELLED.value)


class UnknownDraft(UnknownConversation):
    """No draft has this id; to people it is the same as a conversation that is not there."""


class SqlDrafts:
    """A draft that was read is held against other writers until the end of a writing unit."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open_for(self, conversation_id: str) -> Draft | None:
        return self._one(
            (table.c.conversation_id == conversation_id) & table.c.stage.not_in(CLOSED)
        )

    def get(self, draft_id: str) -> Draft:
        """The draft; ``UnknownDraft`` where there is none."""
        draft = self._one(table.c.id == draft_id)
        if draft is None:
            raise UnknownDraft(draft_id)
        return draft

    def save(self, draft: Draft) -> None:
        """Store a draft, new or changed; a second open one in a conversation is a ``Conflict``."""
        content = {
            "facts": [[f.id, f.text, f.value, list(f.sources)] for f in draft.facts.values()],
            "asking": draft.asking,
            "asked": draft.asked,
            "skipped": draft.skipped,
            "undo": draft.undo,
            "seen": draft.seen,
            "notes": draft.notes,
        }
        # The interview notes it when an accusation is being told: from then on its own key.
        sealed = bool(draft.notes.get("sealed"))
        changing = {
            "kind": draft.kind.value,
            "stage": draft.stage.value,
            "updated_at": draft.updated_at,
            "content": self._session.vault.seal_json(content, CONTENT, draft.id, sealed),
        }
        insert = self._session.insert(table).values(
            id=draft.id,
            conversation_id=draft.conversation_id,
            started_at=draft.started_at,
            **changing,
        )
        self._session.connection.execute(
            insert.on_conflict_do_update(index_elements=["id"], set_=changing)
        )

    def put_code(self, draft: Draft, code: str | None) -> None:
        """Give a saved draft a code, in place of the one it had; None takes it away."""
        digest = None if code is None else self._session.vault.fingerprint(code, CODE)
        change = update(table).where(table.c.id == draft.id).values(code_digest=digest)
        self._session.connection.execute(change)

    def by_code(self, code: str) -> Draft | None:
        digest = self._session.vault.fingerprint(code, CODE)
        return self._one(table.c.code_digest == digest)

    def move(self, draft: Draft, conversation_id: str, now: datetime) -> None:
        """Let a saved draft go on in another conversation; ``came_from`` and ``left`` know of it."""
        connection = self._session.connection
        connection.execute(
            self._session.insert(moves).values(
                draft_id=draft.id, conversation_id=draft.conversation_id, at=now
            )
        )
        change = update(table).where(table.c.id == draft.id)
        connection.execute(change.values(conversation_id=conversation_id, updated_at=now))
        draft.conversation_id, draft.updated_at = conversation_id, now

    def came_from(self, draft_id: str) -> list[tuple[str, datetime]]:
        query = select(moves.c.conversation_id, moves.c.at).where(moves.c.draft_id == draft_id)
        rows = self._session.connection.execute(query.order_by(moves.c.position))
        return [(row.conversation_id, row.at) for row in rows]

    def left(self, conversation_id: str) -> datetime | None:
        query = select(func.max(moves.c.at)).where(moves.c.conversation_id == conversation_id)
        at: datetime | None = self._session.connection.execute(query).scalar_one()
        here = select(func.max(table.c.updated_at)).where(
            table.c.conversation_id == conversation_id
        )
        latest: datetime | None = self._session.connection.execute(here).scalar_one()
        return at if at and (latest is None or latest <= at) else None

    def untouched_since(self, moment: datetime, limit: int) -> list[Draft]:
        stale = (table.c.updated_at < moment) & table.c.stage.not_in(CLOSED)
        query = select(table).where(stale).order_by(table.c.updated_at).limit(limit)
        rows = self._session.connection.execute(self._session.locked(query)).all()
        return [self._from_row(row) for row in rows]

    def _one(self, condition: ColumnElement[bool]) -> Draft | None:
        query = self._session.locked(select(table).where(condition))
        row = self._session.connection.execute(query).one_or_none()
        return None if row is None else self._from_row(row)

    def _from_row(self, row: Row[Any]) -> Draft:
        content: dict[str, Any] = self._session.vault.open_json(row.content, CONTENT, row.id)
        facts = [
            Fact(i, text, value, strings(sources)) for i, text, value, sources in content["facts"]
        ]
        return Draft(
            id=row.id,
            conversation_id=row.conversation_id,
            kind=MatterKind(row.kind),
            started_at=row.started_at,
            updated_at=row.updated_at,
            stage=Stage(row.stage),
            facts={fact.id: fact for fact in facts},
            asking=content["asking"],
            asked=content["asked"],
            skipped=content["skipped"],
            undo=content["undo"],
            seen=content["seen"],
            notes=content["notes"],
        )
