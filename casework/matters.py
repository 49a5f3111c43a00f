"""The ledger: who sees a matter, moves it on and writes into its history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from casework.domain.errors import NotAllowed, SealedMatter, UnknownMatter
from casework.domain.matter import Matter, MatterEvent, MatterKind, MatterStatus
from casework.domain.messages import Author, Utterance
from casework.domain.people import Staff
from casework.domain.rights import MATTERS, UNSEALS, require_matter
from casework.domain.text import clean
from casework.domain.wording.proposal import Proposal, ProposalState
from casework.ports import Clock, OutboxItem, Store, UnitOfWork

PAGE_SIZE = 50
# The longest note, in characters.
LONGEST_NOTE = 2_000
# What a number can look like (``Matters.next_number``); anything else is not looked for.
_NUMBER = re.compile(r"[A-Z]{2}\d{8}-\d{4,8}", re.ASCII)
# Before anything was said: of such a conversation only what was added counts.
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class LedgerPage:
    """One page of the ledger, newest first; sealed matters are never in it."""

    matters: list[Matter]
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True)
class OpenedMatter:
    """A matter with all that belongs to it: history, deliveries and the citizen's own words."""

    matter: Matter
    events: list[MatterEvent]
    deliveries: list[OutboxItem]
    proposal: Proposal | None  # a machine's wording that can be read; never of a sealed matter
    words: list[Utterance]  # what the citizen said up to the confirmation, verbatim


class Matters:
    """What staff do with matters. Every opening and every change is written down."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def ledger(
        self,
        staff: Staff,
        kind: MatterKind | None = None,
        status: MatterStatus | None = None,
        page: int = 1,
        size: int = PAGE_SIZE,
    ) -> LedgerPage:
        """A page of matters of one kind, or of all kinds where the role sees them all.

        Raises ``NotAllowed`` for a kind that the role does not work on. Callers mask what they
        list.
        """
        seen = MATTERS[staff.role] if staff.active else frozenset()
        if not seen or (kind is not None and kind not in seen):
            raise NotAllowed(staff.role)
        page = max(1, page)
        with self._store.reading() as work:
            if kind is None and seen != frozenset(MatterKind):
                matters, total = self._several(work, seen, status, page, size)
            else:
                matters, total = work.matters.ledger(kind, status, page, size)
        return LedgerPage(matters, total, page, size)

    def open(self, staff: Staff, number: str) -> OpenedMatter:
        """Open a matter; the view is logged and stands in its history.

        Raises ``UnknownMatter``; for a sealed matter ``SealedMatter`` to those who may open it
        with ``open_sealed``, and ``UnknownMatter`` to everybody else.
        """
        with self._store() as work:
            matter = self._find(work, staff, number)
            if matter.sealed:
                raise SealedMatter(number)
            return self._opened(work, staff, matter, "opened", "")

    def open_sealed(self, staff: Staff, number: str, reason: str) -> OpenedMatter:
        """Open a sealed matter for a reason, which is logged (design invariant 7)."""
        why = clean(reason).strip()[:LONGEST_NOTE]
        with self._store() as work:
            matter = self._find(work, staff, number)
            if staff.role not in UNSEALS or not why:
                raise SealedMatter(number)
            return self._opened(work, staff, matter, "opened sealed", why)

    def change_status(
        self,
        staff: Staff,
        number: str,
        status: MatterStatus,
        note: str = "",
        public: bool = True,
    ) -> Matter:
        """Move a matter on. The change is public; the note only where ``public`` is true.

        Raises ``BadTransition``, ``NotAllowed``, ``UnknownMatter``, ``Conflict``.
        """
        now = self._clock.now()
        words = clean(note).strip()[:LONGEST_NOTE]
        with self._store() as work:
            matter = self._find(work, staff, number)
            matter.move_to(status)
            matter.handler_id = staff.id
            work.matters.save(matter)
            shown = words if public else ""
            work.matters.add_event(
                matter.id, MatterEvent(now, "status", staff.id, status, shown, public=True)
            )
            if words and not public:
                work.matters.add_event(
                    matter.id, MatterEvent(now, "note", staff.id, note=words, public=False)
                )
            work.audit.record(now, staff.id, "changed status", matter.id, status.value)
            work.commit()
        return matter

    def add_note(self, staff: Staff, number: str, note: str, public: bool = False) -> None:
        """Write a note; the citizen sees it only where ``public`` is true."""
        now = self._clock.now()
        words = clean(note).strip()[:LONGEST_NOTE]
        if not words:
            return
        with self._store() as work:
            matter = self._find(work, staff, number)
            work.matters.add_event(
                matter.id, MatterEvent(now, "note", staff.id, note=words, public=public)
            )
            work.audit.record(now, staff.id, "wrote a note", matter.id)
            work.commit()

    def _find(self, work: UnitOfWork, staff: Staff, number: str) -> Matter:
        wanted = number.strip().upper()
        matter = work.matters.by_number(wanted) if _NUMBER.fullmatch(wanted) else None
        if matter is None:
            raise UnknownMatter(number)
        if matter.sealed and staff.role not in UNSEALS:
            raise UnknownMatter(number)  # not even that it exists
        require_matter(staff, matter.kind)
        return matter

    def _several(
        self,
        work: UnitOfWork,
        kinds: frozenset[MatterKind],
        status: MatterStatus | None,
        page: int,
        size: int,
    ) -> tuple[list[Matter], int]:
        """One page over some kinds: the newest of each are merged, which is exact for the page."""
        found: list[Matter] = []
        total = 0
        for kind in kinds:
            matters, count = work.matters.ledger(kind, status, 1, page * size)
            found += matters
            total += count
        found.sort(key=lambda matter: (matter.created_at, matter.number), reverse=True)
        return found[(page - 1) * size : page * size], total

    def _opened(
        self, work: UnitOfWork, staff: Staff, matter: Matter, what: str, why: str
    ) -> OpenedMatter:
        now = self._clock.now()
        work.audit.record(now, staff.id, what, matter.id, why)
        work.matters.add_event(
            matter.id, MatterEvent(now, "viewed", staff.id, note=why, public=False)
        )
        opened = OpenedMatter(
            matter=matter,
            events=work.matters.events(matter.id),
            deliveries=work.outbox.for_matter(matter.id),
            proposal=_proposal(work, matter),
            words=_words(work, matter),
        )
        work.commit()
        return opened


def _proposal(work: UnitOfWork, matter: Matter) -> Proposal | None:
    found = None if matter.sealed else work.proposals.for_matter(matter.id)
    return found if found and found.state is ProposalState.MADE else None


def _words(work: UnitOfWork, matter: Matter) -> list[Utterance]:
    """What the citizen said before the matter was confirmed, in whatever conversation it was told,
    and what was added to it since."""
    told = [*work.drafts.came_from(matter.draft_id), (matter.conversation_id, matter.created_at)]
    added = [source for one in matter.summary.get("supplements", []) for source in one["sources"]]
    until: dict[str, datetime] = {}
    for conversation_id, moment in told:
        until[conversation_id] = max(moment, until.get(conversation_id, moment))
    for source in added:
        until.setdefault(work.inbox.get(source).conversation_id, _NEVER)
    lines = [
        line
        for conversation_id, moment in until.items()
        for line in _said_in(work, conversation_id, moment, added)
    ]
    return sorted(lines, key=lambda line: line.at)


def _said_in(
    work: UnitOfWork, conversation_id: str, until: datetime, added: Sequence[str]
) -> list[Utterance]:
    lines: list[Utterance] = []
    since = 0
    while batch := work.transcript.since(conversation_id, since):
        since = batch[-1].seq
        lines += [
            line
            for line in batch
            if line.author is Author.CITIZEN and (line.at <= until or line.message_id in added)
        ]
        if batch[-1].at > until and not added:
            break
    return lines
