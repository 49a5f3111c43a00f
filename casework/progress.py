"""Where a matter stands: for whoever holds its number and query code, and for its own conversation.

A wrong number and a wrong code get the same answer, in the same words and after the same work, so
that nobody learns which numbers exist. Only the status and public notes are ever told, never the
summary.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.domain import codes
from casework.domain.bureau import CHINA
from casework.domain.choices import resolve
from casework.domain.errors import TooManyAttempts, UnknownMatter
from casework.domain.extraction import references
from casework.domain.extraction.entity import MATTER_NUMBER, QUERY_CODE
from casework.domain.matter import OVER, Matter, MatterEvent, MatterKind, MatterStatus
from casework.domain.messages import Button, Reply
from casework.domain.text import fold
from casework.own_matters import button_of, title_of
from casework.ports import Clock, Limiter, Store, UnitOfWork
from casework.texts import Texts

# Look-ups by number and code that one conversation or one address may make in ten minutes.
ATTEMPTS, WINDOW_SECONDS = 10, 600
# How many of their own matters somebody is shown at once.
_MOST_SHOWN = 5
# Compared with when there is no such number, so that both ways take the same time.
_NO_CODE = "2222-2222"


@dataclass(frozen=True)
class ProgressLine:
    """One public line of a matter's history, in words."""

    at: datetime
    text: str


@dataclass(frozen=True)
class ProgressReport:
    """What may be told about a matter to whoever has its number and code."""

    number: str
    kind: MatterKind
    kind_name: str
    status: MatterStatus
    status_name: str
    submitted_at: datetime
    lines: tuple[ProgressLine, ...]
    next_step: str  # what follows and by when, with the article; empty where nothing does


class Progress:
    """Answers the question what has become of a matter."""

    def __init__(self, store: Store, clock: Clock, texts: Texts, limiter: Limiter) -> None:
        self._store = store
        self._clock = clock
        self._texts = texts
        self._limiter = limiter

    def look_up(self, conversation_id: str, message_id: str) -> list[Reply]:
        """Answer a citizen who asks in a conversation; the message is read word for word."""
        with self._store.reading() as work:
            message = work.inbox.turn(message_id)
            conversation = work.conversations.get(conversation_id)
            picked = resolve(message.text, conversation.offered)  # "2" stands for the matter
            found = list(references.find(fold(picked.label if picked else message.text)))
            number = next((e.value for e in found if e.kind == MATTER_NUMBER), None)
            code = next((e.value for e in found if e.kind == QUERY_CODE), None)
            number = number or (conversation.notes.get("asked_about") if code else None)
            own = work.matters.for_conversation(conversation_id)
            if number is None:
                if code is None and own:
                    return self._own(work, own)
                return [Reply(self._texts.say("progress.ask_number" if code else "progress.ask"))]
            mine = next((matter for matter in own if matter.number == number), None)
            if mine is not None:
                return [self._one(self._report(work, mine))]
        if code is None:
            self._remember(conversation_id, number)
            return [Reply(self._texts.say("progress.ask_code"))]
        try:
            report = self._by_code(number, code, f"conversation:{conversation_id}")
        except TooManyAttempts:
            return [Reply(self._texts.say("progress.too_many"), (self._person(),))]
        except UnknownMatter:
            return [Reply(self._texts.say("progress.wrong"), (self._person(),))]
        return [self._one(report)]

    def by_code(self, number: str, code: str, client: str) -> ProgressReport:
        """The report for a web form. ``client`` is the address that asks.

        Raises ``UnknownMatter`` (whichever was wrong) and ``TooManyAttempts``.
        """
        found = list(references.find(fold(number[:100])))
        read = next((e.value for e in found if e.kind == MATTER_NUMBER), "")
        return self._by_code(read, codes.normalise(fold(code[:50])) or "", f"client:{client}")

    def matter_of(self, number: str, code: str, who: str) -> str:
        """The id of the matter with this number and code. Raises as ``by_code`` does."""
        with self._store.reading() as work:
            return self._checked(work, number, code, who).id

    def _by_code(self, number: str, code: str, who: str) -> ProgressReport:
        with self._store.reading() as work:
            return self._report(work, self._checked(work, number, code, who))

    def _checked(self, work: UnitOfWork, number: str, code: str, who: str) -> Matter:
        if not self._limiter.hit("progress", who, ATTEMPTS, WINDOW_SECONDS):
            raise TooManyAttempts
        matter = work.matters.by_number(number)
        expected = matter.code if matter else _NO_CODE
        right = hmac.compare_digest(
            (codes.normalise(expected) or "").encode(), code.encode("ascii", "replace")
        )
        if matter is None or not right:
            raise UnknownMatter
        return matter

    def _remember(self, conversation_id: str, number: str) -> None:
        """Keep the number, so that the code may come in the next message."""
        with self._store() as work:
            conversation = work.conversations.get(conversation_id)
            conversation.notes["asked_about"] = number
            work.conversations.save(conversation)
            work.commit()

    def _report(self, work: UnitOfWork, matter: Matter) -> ProgressReport:
        after = f"progress.after.{matter.kind}.{matter.status}"
        shown = [e for e in work.matters.events(matter.id) if e.public and e.what != "submitted"]
        lines = [self._line(event) for event in shown]
        return ProgressReport(
            number=matter.number,
            kind=matter.kind,
            kind_name=self._texts.say(f"progress.kind.{matter.kind}"),
            status=matter.status,
            status_name=self._texts.say(f"progress.status.{matter.status}"),
            submitted_at=matter.created_at,
            lines=tuple(line for line in lines if line.text),
            next_step=self._texts.say(after) if self._texts.has(after) else "",
        )

    def _line(self, event: MatterEvent) -> ProgressLine:
        if event.what == "supplement":
            return ProgressLine(event.at, self._texts.say("progress.supplemented", text=event.note))
        status = self._texts.say(f"progress.status.{event.status}") if event.status else ""
        # A note given with a change of status stands behind it: 已受理：已转民政局
        return ProgressLine(event.at, "：".join(part for part in (status, event.note) if part))

    def _own(self, work: UnitOfWork, own: Sequence[Matter]) -> list[Reply]:
        """The matters of a conversation that are not over, each with a button; one by itself."""
        still = [matter for matter in own if matter.status not in OVER]
        shown = sorted(still or own, key=lambda m: (m.created_at, m.number), reverse=True)
        newest = shown[:_MOST_SHOWN]
        if len(shown) == 1:
            lone = self._one(self._report(work, shown[0]))
            if len(own) == 1:
                return [lone]
            return [lone, Reply(self._texts.say("progress.others", count=len(own) - 1))]
        lines = [self._texts.say("progress.yours" if still else "progress.over", count=len(shown))]
        lines += [self._listed(matter) for matter in newest]
        buttons = tuple(button_of(self._texts, matter, "/progress") for matter in newest)
        return [Reply("\n".join(lines), buttons)]

    def _listed(self, matter: Matter) -> str:
        title = title_of(matter)
        return self._texts.say(
            "progress.line",
            kind=self._texts.say(f"progress.kind.{matter.kind}"),
            about=self._texts.say("progress.about", title=title) if title else "",
            number=matter.number,
            status=self._texts.say(f"progress.status.{matter.status}"),
            date=self._date(matter.created_at),
        )

    def _one(self, report: ProgressReport) -> Reply:
        parts = [
            self._texts.say(
                "progress.one",
                kind=report.kind_name,
                number=report.number,
                date=self._date(report.submitted_at),
                status=report.status_name,
            )
        ]
        parts += [
            self._texts.say("progress.noted", date=self._date(line.at), note=line.text)
            for line in report.lines[-_MOST_SHOWN:]
        ]
        if report.next_step:
            parts.append(self._texts.say("progress.next", next=report.next_step))
        return Reply("\n".join(parts))

    def _date(self, moment: datetime) -> str:
        day = moment.astimezone(CHINA).date()
        return self._texts.say("progress.date", year=day.year, month=day.month, day=day.day)

    def _person(self) -> Button:
        return Button(self._texts.say("progress.button.person"), "/person")
