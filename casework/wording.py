"""Asking a machine to word a summary for staff, after a matter was handed over (docs/adr/0012).

Off unless an operator sets a service up. What comes back is a proposal beside the summary and never
part of it: neither the citizen nor a petition system ever gets it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import structlog

from casework.domain.errors import UnknownMatter
from casework.domain.matter import Matter
from casework.domain.people import Staff
from casework.domain.retries import Retry, decide
from casework.domain.rights import require_matter
from casework.domain.wording.answer import NotAnswered, read
from casework.domain.wording.check import Checks
from casework.domain.wording.material import gather
from casework.domain.wording.proposal import Proposal, ProposalState
from casework.domain.wording.vocabulary import Vocabulary
from casework.ports import Clock, Drafter, Store, UnitOfWork
from casework.texts import Texts

log = structlog.get_logger(__name__)

# Matters older than this are not asked about when a service is set up.
RECENT = timedelta(days=7)
# How long a matter is ours once claimed; longer than any service may take to answer.
CLAIM = timedelta(seconds=300)


class Wording:
    """Proposals of one installation. Without a ``drafter`` there are no new ones; ``places`` are names
    that need no suffix."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        texts: Texts,
        vocabulary: Vocabulary,
        drafter: Drafter | None = None,
        places: tuple[str, ...] = (),
    ) -> None:
        self._store = store
        self._clock = clock
        self._texts = texts
        self._vocabulary = vocabulary
        self._drafter = drafter
        self._places = places

    @property
    def is_on(self) -> bool:
        return self._drafter is not None

    def propose_due(self) -> int:
        """Ask about one matter that waits for it; how many were asked about. Safe to run in several
        processes. For the worker: it may take as long as the service."""
        if self._drafter is None:
            return 0
        now = self._clock.now()
        with self._store.reading() as work:
            matter_id = work.proposals.next_due(now, now - RECENT)
        if matter_id is None:
            return 0
        with self._store() as work:
            attempt = work.proposals.claim(matter_id, now, now + CLAIM)
            matter = work.matters.get(matter_id)
            if attempt is not None and not matter.sealed:
                work.audit.record(
                    now, "system", "asked for wording", matter_id, self._drafter.model
                )
            work.commit()
        if attempt is None:
            return 0  # another worker was quicker
        proposal, retry_after = self._asked(self._drafter, matter)
        self._settle(proposal, attempt, retry_after)
        return 1

    def discard(self, staff: Staff, number: str) -> None:
        """Throw a proposal away, its words with it; it is not asked for again.

        Raises ``UnknownMatter`` where there is none that this role may see, and ``NotAllowed``.
        """
        now = self._clock.now()
        with self._store() as work:
            matter = self._made_for(work, staff, number)
            gone = Proposal(matter.id, ProposalState.DISCARDED)
            work.proposals.keep(gone, now)
            work.audit.record(now, staff.id, "discarded wording", matter.id)
            work.commit()

    def copied(self, staff: Staff, number: str) -> None:
        """Write down that somebody took the words over. Raises as ``discard`` does."""
        with self._store() as work:
            matter = self._made_for(work, staff, number)
            work.audit.record(self._clock.now(), staff.id, "copied wording", matter.id)
            work.commit()

    def _asked(self, drafter: Drafter, matter: Matter) -> tuple[Proposal, float | None]:
        """What came of asking, as a proposal; ``WANTED`` where it failed."""
        failed = Proposal(matter.id, ProposalState.WANTED, model=drafter.model)
        none = replace(failed, state=ProposalState.NONE)
        if matter.sealed:  # never chosen; and never sent, whatever chose it
            return replace(none, reason="sealed"), None
        try:
            material = gather(
                matter.summary, matter.created_at, self._vocabulary.words, self._places
            )
            if not material.messages:
                return replace(none, reason="no_words"), None
            instructions = self._texts.say("wording.instructions")
            shown = json.dumps(material.shown(), ensure_ascii=False)
            answer = drafter.draft(instructions, shown)
            if not answer.ok:
                return replace(failed, reason=answer.code), answer.retry_after
            try:
                said = read(answer.text)
            except NotAnswered as code:
                return replace(failed, reason=str(code)), None
            checked = Checks(material, self._vocabulary, self._places).check(said)
        except Exception as error:  # a broken proposal must not stop those of others
            log.error("wording broke", matter=matter.id, error=type(error).__name__)
            return replace(failed, reason="broken"), None
        dropped = sum(checked.faults.values())
        log.info(
            "wording checked", matter=matter.id, kept=len(checked.paragraphs), **checked.faults
        )
        if not checked.paragraphs:
            return replace(none, reason="nothing_left"), None
        return (
            Proposal(
                matter.id,
                ProposalState.MADE,
                model=drafter.model,
                made_at=self._clock.now(),
                paragraphs=checked.paragraphs,
                dropped=dropped,
            ),
            None,
        )

    def _settle(self, proposal: Proposal, attempt: int, retry_after: float | None) -> None:
        now = due_at = self._clock.now()
        if proposal.state is ProposalState.WANTED:
            decision = decide("wording", proposal.reason, attempt, retry_after)
            if isinstance(decision, Retry):
                due_at = now + timedelta(seconds=decision.after)
            else:
                proposal = replace(proposal, state=ProposalState.NONE)
        if proposal.state is ProposalState.NONE:
            log.warning("no wording", matter=proposal.matter_id, reason=proposal.reason)
        with self._store() as work:
            work.proposals.keep(proposal, due_at)
            work.commit()

    def _made_for(self, work: UnitOfWork, staff: Staff, number: str) -> Matter:
        matter = work.matters.by_number(number.strip().upper())
        if matter is None or matter.sealed:
            raise UnknownMatter(number)
        require_matter(staff, matter.kind)
        proposal = work.proposals.for_matter(matter.id)
        if proposal is None or proposal.state is not ProposalState.MADE:
            raise UnknownMatter(number)
        return matter
