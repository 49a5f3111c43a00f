"""The imported law texts, article by article and version by version, quick to open.

``suqiu statutes import`` keeps the texts in one large file (``statutes/shelf.py``). What shows an
article or compares versions reads them from a table made of that file on first use; it lies in the
cache beside it and is made anew whenever the file changes. Without imported texts the book is empty.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge_base.errors import SourceError
from knowledge_base.statutes.laws import Laws
from knowledge_base.statutes.library import article_number
from knowledge_base.statutes.names import key
from knowledge_base.statutes.shelf import FILE

_TABLES = """
CREATE TABLE versions (id INTEGER PRIMARY KEY, name TEXT, law TEXT, day TEXT);
CREATE INDEX by_name ON versions (name, day);
CREATE TABLE articles (
  version INTEGER, number INTEGER, inserted INTEGER, title TEXT, text TEXT,
  PRIMARY KEY (version, number, inserted)
) WITHOUT ROWID;
"""
_PREFIX = "lawbook-"


@dataclass(frozen=True)
class Version:
    """One text of a law. ``day`` is that of its promulgation (ISO), empty where it is not known."""

    id: int
    law: str
    day: str


@dataclass(frozen=True)
class ArticleText:
    law: str
    title: str
    """第四十七条, as the law writes it."""
    text: str
    day: str


class LawBook:
    """Opened anew for every look, so that it may be shared by threads and forked processes."""

    def __init__(self, folder: Path, laws: Laws | None = None) -> None:
        """``folder`` is where the import keeps the texts."""
        self._file = folder / FILE
        self._cache = folder / "cache"
        self._laws = laws

    @property
    def laws(self) -> Laws:
        if self._laws is None:
            self._laws = Laws.load()
        return self._laws

    def filled(self) -> bool:
        """Whether any texts have been imported."""
        return self._file.is_file()

    def prepare(self) -> None:
        """Makes the table now, so that the first reader need not wait. Raises ``SourceError``."""
        if self.filled():
            self._table()

    def versions(self, law: str) -> list[Version]:
        """The imported versions of a law of any usual name, the newest first. Raises ``SourceError``."""
        if not self.filled():
            return []
        known = self.laws.resolve(law)
        name = key(known.title) if known else key(law)
        with self._reading() as table:
            rows = table.execute(
                "SELECT id, law, day FROM versions WHERE name = ? ORDER BY day DESC", (name,)
            )
            return [Version(*row) for row in rows]

    def version_on(self, law: str, day: date) -> Version | None:
        """The imported version that applied on a day: by its first day where the table of laws knows
        it, else by its promulgation. Raises ``SourceError``."""
        begins = {fact.version.isoformat(): fact.effective for fact in self.laws.versions(law)}
        for version in self.versions(law):
            first = begins.get(version.day)
            if (first.isoformat() if first else version.day) <= day.isoformat():
                return version
        return None

    def article(self, version: Version, number: str) -> ArticleText | None:
        """Article ``47`` or ``26之一`` of a version; None when it has none. Raises ``SourceError``."""
        wanted = article_number(number)
        if wanted is None:
            return None
        with self._reading() as table:
            row = table.execute(
                "SELECT title, text FROM articles WHERE version = ? AND number = ? AND inserted = ?",
                (version.id, *wanted),
            ).fetchone()
        return ArticleText(version.law, row[0], row[1], version.day) if row else None

    def find(self, version: Version, text: str) -> str | None:
        """The title of the article of a version that has just this text. Raises ``SourceError``."""
        with self._reading() as table:
            rows = table.execute(
                "SELECT title, text FROM articles WHERE version = ? ORDER BY number, inserted",
                (version.id,),
            )
            return next((title for title, own in rows if same_text(own, text)), None)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        path = self._table()
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as table:
                yield table
        except sqlite3.Error as error:
            raise SourceError(f"the table of law texts {path} cannot be read: {error}") from error

    def _table(self) -> Path:
        try:
            state = self._file.stat()
            path = self._cache / f"{_PREFIX}{state.st_mtime_ns:x}-{state.st_size:x}.db"
            if not path.exists():
                self._make(path)
        except (OSError, sqlite3.Error) as error:
            raise SourceError(f"the imported texts {self._file} cannot be read: {error}") from error
        return path

    def _make(self, path: Path) -> None:
        """Makes the table beside its place and puts it there at once."""
        texts = _read(self._file)
        self._cache.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=".part-", dir=self._cache)
        os.close(handle)
        try:
            with closing(sqlite3.connect(part)) as table, table:
                table.executescript(_TABLES)
                for number, (law, day, articles) in enumerate(texts):
                    table.execute(
                        "INSERT INTO versions VALUES (?, ?, ?, ?)", (number, key(law), law, day)
                    )
                    table.executemany(
                        "INSERT OR IGNORE INTO articles VALUES (?, ?, ?, ?, ?)",
                        [(number, *where, title, text) for where, title, text in articles],
                    )
            os.replace(part, path)
        finally:
            Path(part).unlink(missing_ok=True)
        for old in self._cache.glob(f"{_PREFIX}*.db"):
            if old != path:
                old.unlink(missing_ok=True)


def same_text(one: str, other: str) -> bool:
    """Whether two texts say the same but for spaces and the width of marks."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _read(
    path: Path,
) -> Iterator[tuple[str, str, list[tuple[tuple[int, int], str, str]]]]:
    """Law, day and articles of every version. Raises ``SourceError``."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        versions = [
            (
                str(version["law"]),
                str(version["date"]),
                [
                    (where, str(title), str(text))
                    for number, (title, text) in version["articles"].items()
                    if (where := article_number(number)) is not None
                ],
            )
            for version in raw.values()
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"the imported texts {path} cannot be read: {error}") from error
    return iter(versions)
