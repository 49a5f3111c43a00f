"""What machines proposed: one row a matter, the words sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import exists, select, update

from casework.adapters.orm import matters
from casework.adapters.orm import proposals as table
from casework.adapters.session import Session
from casework.domain.wording.proposal import Paragraph, Proposal, ProposalState

CONTENT = "proposals.content"
WANTED, MADE = ProposalState.WANTED.value, ProposalState.MADE.value


class SqlProposals:
    def __init__(self, session: Session) -> None:
        self._session = session

    def next_due(self, now: datetime, since: datetime) -> str | None:
        """The matter to ask about next: one to be tried again, or one handed over after ``since``
        that was never asked about. A sealed matter never."""
        again = select(table.c.matter_id).where(table.c.state == WANTED, table.c.due_at <= now)
        asked = exists().where(table.c.matter_id == matters.c.id)
        new = (
            select(matters.c.id)
            .where(matters.c.created_at >= since, matters.c.sealed.is_(False), ~asked)
            .order_by(matters.c.position)
        )
        for query in (again.order_by(table.c.due_at), new):
            found: str | None = self._session.connection.execute(query.limit(1)).scalar()
            if found is not None:
                return found
        return None

    def claim(self, matter_id: str, now: datetime, until: datetime) -> int | None:
        """Take it for oneself up to ``until``: which attempt it is; None where somebody else has it,
        or where nothing is wanted any more."""
        insert = self._session.insert(table).values(
            matter_id=matter_id,
            state=WANTED,
            attempts=1,
            due_at=until,
            model="",
            reason="",
            dropped=0,
        )
        claimed = insert.on_conflict_do_update(
            index_elements=["matter_id"],
            set_={"attempts": table.c.attempts + 1, "due_at": until},
            where=(table.c.state == WANTED) & (table.c.due_at <= now),
        ).returning(table.c.attempts)
        attempt: int | None = self._session.connection.execute(claimed).scalar_one_or_none()
        return attempt

    def keep(self, proposal: Proposal, due_at: datetime) -> None:
        """Write down what came of asking; ``due_at`` counts only where it is wanted still. One that
        was made stays as it is until it is discarded, whatever a slower worker brings."""
        before = MADE if proposal.state is ProposalState.DISCARDED else WANTED
        self._session.connection.execute(
            update(table)
            .where(table.c.matter_id == proposal.matter_id, table.c.state == before)
            .values(
                state=proposal.state.value,
                model=proposal.model,
                reason=proposal.reason,
                made_at=proposal.made_at,
                dropped=proposal.dropped,
                due_at=due_at,
                content=self._sealed(proposal),
            )
        )

    def for_matter(self, matter_id: str) -> Proposal | None:
        query = select(table).where(table.c.matter_id == matter_id)
        row = self._session.connection.execute(query).one_or_none()
        if row is None:
            return None
        paragraphs: list[dict[str, Any]] = (
            [] if row.content is None
            else self._session.vault.open_json(row.content, CONTENT, row.matter_id)
        )  # fmt: skip
        return Proposal(
            matter_id=row.matter_id,
            state=ProposalState(row.state),
            attempts=row.attempts,
            model=row.model,
            reason=row.reason,
            made_at=row.made_at,
            paragraphs=tuple(
                Paragraph(one["text"], tuple(one["quotes"]), tuple(one["messages"]))
                for one in paragraphs
            ),
            dropped=row.dropped,
        )

    def _sealed(self, proposal: Proposal) -> bytes | None:
        if not proposal.paragraphs:
            return None
        paragraphs = [
            {"text": one.text, "quotes": list(one.quotes), "messages": list(one.messages)}
            for one in proposal.paragraphs
        ]
        return self._session.vault.seal_json(paragraphs, CONTENT, proposal.matter_id)
