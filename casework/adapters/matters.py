"""Matters, their numbers and their history."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, update

from casework.adapters.orm import counters, matter_events
from casework.adapters.orm import matters as table
from casework.adapters.session import Session, new_id
from casework.domain.errors import Conflict, UnknownMatter
from casework.domain.matter import Matter, MatterEvent, MatterKind, MatterStatus

CODE = "matters.code"
SUMMARY = "matters.summary"
NOTE = "matter_events.note"

# 信访, 咨询, 调解, 法援: what a citizen reads at the start of a number.
PREFIXES = {
    MatterKind.PETITION: "XF",
    MatterKind.CONSULTATION: "ZX",
    MatterKind.MEDIATION: "TJ",
    MatterKind.LEGAL_AID: "FY",
}


class SqlMatters:
    """A matter saved after somebody else changed it meanwhile is a ``Conflict``.

    What is read for a change is not locked but numbered: clerks have a matter open for minutes,
    and a citizen's turn must not wait for them.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._versions: dict[str, int] = {}

    def next_number(self, kind: MatterKind, day: date) -> str:
        name = f"{PREFIXES[kind]}{day:%Y%m%d}"
        count = self._session.insert(counters).values(name=name, value=1)
        counted = count.on_conflict_do_update(
            index_elements=["name"], set_={"value": counters.c.value + 1}
        ).returning(counters.c.value)
        value: int = self._session.connection.execute(counted).scalar_one()
        return f"{name}-{value:04d}"

    def add(self, matter: Matter) -> None:
        values = {
            **self._changing(matter),
            "id": matter.id,
            "number": matter.number,
            "kind": matter.kind.value,
            "conversation_id": matter.conversation_id,
            "draft_id": matter.draft_id,
            "created_at": matter.created_at,
            "version": 1,
        }
        self._session.connection.execute(self._session.insert(table).values(values))
        self._versions[matter.id] = 1

    def get(self, matter_id: str) -> Matter:
        """The matter; ``UnknownMatter`` where there is none."""
        matter = self._one(table.c.id == matter_id)
        if matter is None:
            raise UnknownMatter(matter_id)
        return matter

    def by_number(self, number: str) -> Matter | None:
        return self._one(table.c.number == number)

    def by_draft(self, draft_id: str) -> Matter | None:
        return self._one(table.c.draft_id == draft_id)

    def for_conversation(self, conversation_id: str) -> list[Matter]:
        query = select(table).where(table.c.conversation_id == conversation_id)
        rows = self._session.connection.execute(query.order_by(table.c.position))
        return [self._from_row(row) for row in rows]

    def ledger(
        self,
        kind: MatterKind | None = None,
        status: MatterStatus | None = None,
        page: int = 1,
        size: int = 50,
    ) -> tuple[list[Matter], int]:
        wanted: ColumnElement[bool] = table.c.sealed.is_(False)
        if kind is not None:
            wanted &= table.c.kind == kind.value
        if status is not None:
            wanted &= table.c.status == status.value
        count: int = self._session.connection.execute(
            select(func.count()).select_from(table).where(wanted)
        ).scalar_one()
        rows = self._session.connection.execute(
            select(table)
            .where(wanted)
            .order_by(table.c.position.desc())
            .limit(size)
            .offset((max(page, 1) - 1) * size)
        )
        return [self._from_row(row) for row in rows], count

    def save(self, matter: Matter) -> None:
        known = self._versions.get(matter.id)
        query = update(table).where(table.c.id == matter.id)
        if known is not None:
            query = query.where(table.c.version == known)
        version = self._session.connection.execute(
            query.values(version=table.c.version + 1, **self._changing(matter)).returning(
                table.c.version
            )
        ).scalar_one_or_none()
        if version is None:
            raise UnknownMatter(matter.id) if known is None else Conflict(matter.id)
        self._versions[matter.id] = version

    def add_event(self, matter_id: str, event: MatterEvent) -> None:
        sealed = select(table.c.sealed).where(table.c.id == matter_id)
        is_sealed = self._session.connection.execute(sealed).scalar_one_or_none()
        if is_sealed is None:
            raise UnknownMatter(matter_id)
        event_id = new_id()
        note = self._session.vault.seal(event.note, NOTE, event_id, sealed=is_sealed)
        self._session.connection.execute(
            self._session.insert(matter_events).values(
                id=event_id,
                matter_id=matter_id,
                at=event.at,
                what=event.what,
                by=event.by,
                status=None if event.status is None else event.status.value,
                note=note,
                public=event.public,
            )
        )

    def events(self, matter_id: str) -> list[MatterEvent]:
        query = select(matter_events).where(matter_events.c.matter_id == matter_id)
        rows = self._session.connection.execute(query.order_by(matter_events.c.position))
        return [
            MatterEvent(
                at=row.at,
                what=row.what,
                by=row.by,
                status=None if row.status is None else MatterStatus(row.status),
                note=self._session.vault.open(row.note, NOTE, row.id),
                public=row.public,
            )
            for row in rows
        ]

    def _one(self, condition: ColumnElement[bool]) -> Matter | None:
        row = self._session.connection.execute(select(table).where(condition)).one_or_none()
        return None if row is None else self._from_row(row)

    def _changing(self, matter: Matter) -> dict[str, Any]:
        vault, sealed = self._session.vault, matter.sealed
        return {
            "code": vault.seal(matter.code, CODE, matter.id, sealed),
            "summary": vault.seal_json(matter.summary, SUMMARY, matter.id, sealed),
            "status": matter.status.value,
            "sealed": sealed,
            "handler_id": matter.handler_id,
        }

    def _from_row(self, row: Row[Any]) -> Matter:
        vault = self._session.vault
        self._versions[row.id] = row.version
        return Matter(
            id=row.id,
            number=row.number,
            code=vault.open(row.code, CODE, row.id),
            kind=MatterKind(row.kind),
            conversation_id=row.conversation_id,
            draft_id=row.draft_id,
            summary=vault.open_json(row.summary, SUMMARY, row.id),
            created_at=row.created_at,
            status=MatterStatus(row.status),
            sealed=row.sealed,
            handler_id=row.handler_id,
        )
