"""The table of facts about the laws, and what may be cited from it."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from knowledge_base.errors import SourceError
from knowledge_base.numerals import from_chinese, to_chinese
from knowledge_base.statutes.names import key
from knowledge_base.statutes.notes import Notes

TABLE = Path(__file__).parent / "laws.csv"
COLUMNS = (
    "title",
    "full_title",
    "level",
    "region",
    "version",
    "effective",
    "articles",
    "inserted",
    "status",
    "ended",
    "ended_by",
)
_ARTICLE = re.compile(r"^(\d{1,4})(?:之([一二三四五六七八九十]+))?$")


@dataclass
class Law:
    """One version of one law. ``status`` is in_force, amended (a newer version exists) or repealed."""

    title: str
    full_title: str
    level: str
    """law, regulation (行政法规), interpretation (司法解释), rule (部门规章) or local (地方性法规)."""
    region: str
    version: date
    """Day of promulgation."""
    effective: date | None
    """First day it applies; None where the text does not tell."""
    articles: int
    """Number of the last article; 0 where the text has no numbered articles or is not known."""
    inserted: str
    """Inserted articles (第…条之一) as ``120:6 133:1``."""
    status: str
    ended: date | None = None
    ended_by: str = ""

    def as_row(self) -> list[str]:
        full = "" if self.full_title == self.title else self.full_title
        days = [
            day.isoformat() if day else "" for day in (self.version, self.effective, self.ended)
        ]
        return [
            self.title,
            full.replace(f"中华人民共和国{self.title}", "*"),
            self.level,
            self.region,
            days[0],
            days[1],
            str(self.articles),
            self.inserted,
            self.status,
            days[2],
            self.ended_by,
        ]

    @classmethod
    def from_row(cls, row: dict[str, str]) -> Law:
        title = row["title"]
        return cls(
            title=title,
            full_title=row["full_title"].replace("*", f"中华人民共和国{title}") or title,
            level=row["level"],
            region=row["region"],
            version=date.fromisoformat(row["version"]),
            effective=_day(row["effective"]),
            articles=int(row["articles"]),
            inserted=row["inserted"],
            status=row["status"],
            ended=_day(row["ended"]),
            ended_by=row["ended_by"],
        )

    @cached_property
    def _inserted(self) -> dict[int, int]:
        return dict(_read_ranges(self.inserted))

    def has_article(self, article: str) -> bool:
        """Whether ``"47"`` or ``"120之一"`` is an article of this version."""
        try:
            number, inserted = parse_article(article)
        except ValueError:
            return False
        if inserted:
            return inserted <= self._inserted.get(number, 0)
        return 1 <= number <= self.articles

    def in_force_on(self, day: date) -> bool:
        """Whether this version applies on the day."""
        if self.effective and day < self.effective:
            return False
        return self.ended is None or day < self.ended


class Laws:
    """The table, looked up by any usual name of a law."""

    def __init__(self, laws: Iterable[Law], notes: Notes) -> None:
        self._versions: dict[str, list[Law]] = defaultdict(list)
        self._keys: dict[str, str] = {}
        for law in laws:
            own = key(law.title)
            self._versions[own].append(law)
            self._keys.setdefault(key(law.full_title), own)
        for versions in self._versions.values():
            versions.sort(key=lambda law: law.version, reverse=True)
        for alias, title in notes.aliases.items():
            self._keys.setdefault(alias, key(title))
        self._keys |= {own: own for own in self._versions}

    @classmethod
    def load(cls, table: Path = TABLE, notes: Notes | None = None) -> Laws:
        """Reads the table. Raises ``SourceError`` when it is missing or broken."""
        try:
            with table.open(encoding="utf-8", newline="") as file:
                rows = [Law.from_row(row) for row in csv.DictReader(file)]
        except (OSError, KeyError, ValueError, AttributeError) as error:
            raise SourceError(f"the table of laws {table} cannot be read: {error}") from error
        return cls(rows, notes or Notes.load())

    def __len__(self) -> int:
        return sum(map(len, self._versions.values()))

    def versions(self, name: str) -> list[Law]:
        """Every version of the law with this short, full or usual name, newest first."""
        return self._versions.get(self._keys.get(key(name), ""), [])

    def usual_names(self) -> dict[str, str]:
        """Every key a law is found under, with the key of its title."""
        return dict(self._keys)

    def resolve(self, name: str) -> Law | None:
        """The newest version of the law with this name."""
        return next(iter(self.versions(name)), None)

    def on(self, name: str, day: date) -> Law | None:
        """The version that applies on the day; None when the law is unknown or not in force then."""
        return next((law for law in self.versions(name) if law.in_force_on(day)), None)


def parse_article(article: str) -> tuple[int, int]:
    """``"120之一"`` is ``(120, 1)``. Raises ``ValueError`` for anything else."""
    match = _ARTICLE.match(article)
    if not match:
        raise ValueError(f"{article!r} is not an article number such as 85 or 26之一")
    return int(match[1]), from_chinese(match[2]) if match[2] else 0


def article_name(article: str) -> str:
    """``"120之一"`` as the law writes it: 第一百二十条之一."""
    number, inserted = parse_article(article)
    return f"第{to_chinese(number)}条" + (f"之{to_chinese(inserted)}" if inserted else "")


def write_ranges(inserted: Iterable[tuple[int, int]]) -> str:
    """Inserted articles in the form the table keeps: ``120:6 133:1`` (120之一 to 120之六, 133之一)."""
    highest: dict[int, int] = {}
    for number, index in inserted:
        highest[number] = max(index, highest.get(number, 0))
    return " ".join(f"{number}:{index}" for number, index in sorted(highest.items()))


def _read_ranges(text: str) -> Iterable[tuple[int, int]]:
    for part in text.split():
        number, _, index = part.partition(":")
        yield int(number), int(index)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
