"""What a newer text of a law leaves behind: entries, and answers given, that rely on the old one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from knowledge_base.entries import Entry
from knowledge_base.lawbook import LawBook, same_text
from knowledge_base.statutes.laws import Law, article_name

Kind = Literal["changed", "gone", "repealed", "unread"]
"""The article has another text; the law has no such article any more; the law was repealed; there is
a newer text and the old one was not imported, so that nobody can tell."""


@dataclass(frozen=True)
class Change:
    """What happened to an article since it was read."""

    law: str
    article: str
    kind: Kind
    read: str
    """Day of the version that was read (ISO), empty where it is not known."""
    now: str
    """Day of the newer version, or of the repeal."""
    begins: str
    """First day of the newer version, where it is known."""
    moved_to: str
    """Where the newer version has the old words, if it has them: 第四十八条."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class StaleEntry:
    id: str
    jurisdiction: str
    reviewed: date
    changes: tuple[Change, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "jurisdiction": self.jurisdiction,
            "reviewed": self.reviewed.isoformat(),
            "changes": [change.as_json() for change in self.changes],
        }


class Changes:
    """Compares what was read on a day with the newest text; each question is answered once."""

    def __init__(self, book: LawBook) -> None:
        self._book = book
        self._known: dict[tuple[str, str, str], Change | None] = {}

    def since(self, law: str, article: str, read_on: date) -> Change | None:
        """What happened to an article since a day; None when nothing did. Raises ``SourceError``."""
        base = self._book.version_on(law, read_on)
        read = base.day if base else ""
        own = (law, article, read or read_on.isoformat())
        if own not in self._known:
            self._known[own] = self._compare(*own, read)
        return self._known[own]

    def _compare(self, law: str, article: str, until: str, base_day: str) -> Change | None:
        facts = self._book.laws.versions(law)
        newest = facts[0] if facts else None
        title = newest.title if newest else law
        if newest and newest.status == "repealed":
            ended = newest.ended.isoformat() if newest.ended else ""
            return Change(title, article, "repealed", base_day, ended, "", "")
        versions = self._book.versions(law)
        if not versions or versions[0].day <= until:
            return None
        latest = versions[0]
        begins = _begins(facts, latest.day)
        found = self._book.article(latest, article)
        base = next((version for version in versions if version.day == base_day), None)
        old = self._book.article(base, article) if base and base_day else None
        if base_day and old is None and found is None:
            return None  # neither was imported: nothing can be said about it
        if found is not None and old is not None and same_text(found.text, old.text):
            return None
        moved = self._book.find(latest, old.text) if old else None
        kind: Kind = "gone" if found is None else "changed" if old else "unread"
        return Change(title, article, kind, base_day, latest.day, begins, moved or "")


def stale_entries(entries: Iterable[Entry], changes: Changes) -> Iterator[StaleEntry]:
    """The entries that cite what changed after their review. Raises ``SourceError``."""
    for entry in entries:
        found = [changes.since(c.law, c.article, entry.reviewed) for c in entry.citations]
        changed = tuple(change for change in found if change is not None)
        if changed:
            yield StaleEntry(entry.id, entry.jurisdiction, entry.reviewed, changed)


def sentence(change: Change) -> str:
    """The change in words, for whoever looks after the guidance."""
    what = f"《{change.law}》{article_name(change.article)}"
    if change.kind == "repealed":
        return f"{what}: the law was repealed{f' on {change.now}' if change.now else ''}"
    words = {
        "changed": f"another text since the version of {change.now}",
        "gone": f"not in the version of {change.now}",
        "unread": f"there is a version of {change.now}, and the one that was read is not imported",
    }[change.kind]
    begins = f", in force from {change.begins}" if change.begins > change.now else ""
    moved = f"; the old words are in {change.moved_to} now" if change.moved_to else ""
    return f"{what}: {words}{begins}{moved}"


def _begins(facts: list[Law], day: str) -> str:
    for fact in facts:
        if fact.version.isoformat() == day and fact.effective:
            return fact.effective.isoformat()
    return ""
