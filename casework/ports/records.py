"""What is kept of a case: drafts, matters, proposals, answers given, staff, the audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from casework.domain.draft import Draft
from casework.domain.given import Given, Relied
from casework.domain.matter import Matter, MatterEvent, MatterKind, MatterStatus
from casework.domain.people import Staff
from casework.domain.wording.proposal import Proposal


class Drafts(Protocol):
    def open_for(self, conversation_id: str) -> Draft | None:
        """The draft that is neither submitted nor cancelled, if there is one."""
        ...

    def get(self, draft_id: str) -> Draft: ...
    def save(self, draft: Draft) -> None: ...
    def put_code(self, draft: Draft, code: str | None) -> None:
        """Give a saved draft a code, in place of the one it had; only its fingerprint is kept."""
        ...

    def by_code(self, code: str) -> Draft | None:
        """The draft that was given this code last, in whatever stage it is."""
        ...

    def move(self, draft: Draft, conversation_id: str, now: datetime) -> None:
        """Let a saved draft go on in another conversation."""
        ...

    def came_from(self, draft_id: str) -> list[tuple[str, datetime]]:
        """The conversations a draft was in before, and until when."""
        ...

    def left(self, conversation_id: str) -> datetime | None:
        """When a draft went on elsewhere, if nothing was begun in this conversation since."""
        ...

    def untouched_since(self, moment: datetime, limit: int) -> list[Draft]:
        """Open drafts that nobody has gone on with since then, the oldest first."""
        ...


class Matters(Protocol):
    def next_number(self, kind: MatterKind, day: date) -> str:
        """The next number of that day, such as ``XF20261122-0007``; never given out twice."""
        ...

    def add(self, matter: Matter) -> None: ...
    def get(self, matter_id: str) -> Matter: ...
    def by_number(self, number: str) -> Matter | None: ...
    def by_draft(self, draft_id: str) -> Matter | None: ...
    def for_conversation(self, conversation_id: str) -> list[Matter]: ...
    def ledger(
        self,
        kind: MatterKind | None = None,
        status: MatterStatus | None = None,
        page: int = 1,
        size: int = 50,
    ) -> tuple[list[Matter], int]:
        """A page of matters, newest first, without sealed ones, and how many there are."""
        ...

    def save(self, matter: Matter) -> None: ...
    def add_event(self, matter_id: str, event: MatterEvent) -> None: ...
    def events(self, matter_id: str) -> list[MatterEvent]: ...


class Proposals(Protocol):
    """What machines proposed for matters (docs/adr/0012); never for a sealed one."""

    def next_due(self, now: datetime, since: datetime) -> str | None:
        """The matter to ask about next: one to be tried again, or one handed over after ``since``
        that was never asked about."""
        ...

    def claim(self, matter_id: str, now: datetime, until: datetime) -> int | None:
        """Take it for oneself up to ``until``: which attempt it is; None where another has it."""
        ...

    def keep(self, proposal: Proposal, due_at: datetime) -> None:
        """Write down what came of it; ``due_at`` counts only where it is wanted still."""
        ...

    def for_matter(self, matter_id: str) -> Proposal | None: ...


class Effects(Protocol):
    """What an action has done for a message, so that a turn run twice does it once."""

    def get(self, message_id: str, name: str) -> dict[str, Any] | None: ...
    def put(self, message_id: str, name: str, result: Mapping[str, Any], now: datetime) -> None: ...


class GivenAnswers(Protocol):
    """Which entry of the guidance was shown when, and the articles it relied on."""

    def add(
        self,
        conversation_id: str,
        message_id: str,
        entry_id: str,
        relied: Iterable[Relied],
        now: datetime,
    ) -> None: ...
    def relied_on(self) -> list[Relied]:
        """Every article that any answer relied on, each reading of it once."""
        ...

    def citing(self, relied: Relied) -> list[Given]: ...
    def given_to(self, message_ids: Iterable[str]) -> list[Given]:
        """What was shown in answer to these messages."""
        ...


class StaffAccounts(Protocol):
    def add(self, staff: Staff) -> None: ...
    def get(self, staff_id: str) -> Staff | None: ...
    def by_username(self, username: str) -> Staff | None: ...
    def save(self, staff: Staff) -> None: ...
    def all(self) -> list[Staff]: ...
    def put_ticket(self, digest: str, staff_id: str, expires_at: datetime) -> None:
        """Keep the digest of a one-time sign-in."""
        ...

    def take_ticket(self, digest: str, now: datetime) -> str | None:
        """The staff id of an unused, unexpired one-time sign-in, which is then used up."""
        ...


class Audit(Protocol):
    def record(self, at: datetime, by: str, what: str, subject: str, detail: str = "") -> None: ...
    def about(self, subject: str) -> list[tuple[datetime, str, str, str]]: ...
