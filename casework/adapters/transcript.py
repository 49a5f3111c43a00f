"""The transcript: what was said, numbered without gaps per conversation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, update

from casework.adapters.orm import conversations, staff
from casework.adapters.orm import transcript as table
from casework.adapters.session import Session, new_id, strings
from casework.domain.errors import UnknownConversation
from casework.domain.messages import Author, Utterance
from casework.domain.people import Staff

WORDS = "transcript.words"
KEY = "transcript.key"


class SqlTranscript:
    def __init__(self, session: Session) -> None:
        self._session = session

    def append(
        self,
        conversation_id: str,
        author: Author,
        text: str,
        now: datetime,
        labels: Sequence[str] = (),
        message_id: str | None = None,
        staff: Staff | None = None,
        key: str | None = None,
    ) -> Utterance:
        connection, vault = self._session.connection, self._session.vault
        digest = None if key is None else vault.fingerprint(key, KEY)
        if digest is not None:
            # Held first, so that the same key from two processes is seen by the second.
            held = select(conversations.c.id).where(conversations.c.id == conversation_id)
            connection.execute(self._session.locked(held))
            stored = self._read(
                _lines().where(
                    table.c.conversation_id == conversation_id, table.c.key_digest == digest
                )
            )
            if stored:
                return stored[0]
        seq = connection.execute(
            update(conversations)
            .where(conversations.c.id == conversation_id)
            .values(last_seq=conversations.c.last_seq + 1)
            .returning(conversations.c.last_seq)
        ).scalar_one_or_none()
        if seq is None:
            raise UnknownConversation(conversation_id)
        line = Utterance(
            id=new_id(),
            conversation_id=conversation_id,
            seq=seq,
            author=author,
            text=text,
            at=now,
            labels=tuple(labels),
            message_id=message_id,
            staff_id=None if staff is None else staff.id,
            staff_name=None if staff is None else staff.name,
        )
        connection.execute(
            self._session.insert(table).values(
                conversation_id=conversation_id,
                seq=seq,
                id=line.id,
                author=author.value,
                words=vault.seal_json([text, list(labels)], WORDS, line.id),
                at=now,
                message_id=message_id,
                staff_id=line.staff_id,
                key_digest=digest,
            )
        )
        return line

    def since(self, conversation_id: str, seq: int, limit: int = 200) -> list[Utterance]:
        return self._read(
            _lines()
            .where(table.c.conversation_id == conversation_id, table.c.seq > seq)
            .order_by(table.c.seq)
            .limit(limit)
        )

    def last(self, conversation_id: str, limit: int = 50) -> list[Utterance]:
        """The newest lines, oldest of them first."""
        newest = self._read(
            _lines()
            .where(table.c.conversation_id == conversation_id)
            .order_by(table.c.seq.desc())
            .limit(limit)
        )
        return newest[::-1]

    def replies_to(self, message_id: str) -> list[Utterance]:
        """What was said in answer to a message, without the message itself."""
        return self._read(
            _lines()
            .where(table.c.message_id == message_id, table.c.author != Author.CITIZEN.value)
            .order_by(table.c.conversation_id, table.c.seq)
        )

    def _read(self, query: Select[Any]) -> list[Utterance]:
        return [self._from_row(row) for row in self._session.connection.execute(query)]

    def _from_row(self, row: Row[Any]) -> Utterance:
        text, labels = self._session.vault.open_json(row.words, WORDS, row.id)
        return Utterance(
            id=row.id,
            conversation_id=row.conversation_id,
            seq=row.seq,
            author=Author(row.author),
            text=text,
            at=row.at,
            labels=strings(labels),
            message_id=row.message_id,
            staff_id=row.staff_id,
            staff_name=row.staff_name,
        )


def _lines() -> Select[Any]:
    """Lines with the name of whoever of the staff spoke, in one query."""
    return select(table, staff.c.name.label("staff_name")).outerjoin(
        staff, staff.c.id == table.c.staff_id
    )
