"""A library of statutes: articles in rows, from JSON Lines or from a folder of Markdown law texts.

A row of JSON Lines is ``{"id", "law", "article", "text"}``, with ``date`` where the version is known.
The rows of a folder are named ``law(date)#article``.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from knowledge_base.errors import SourceError
from knowledge_base.numerals import CHARACTERS, from_chinese
from knowledge_base.statutes.laws import article_name
from knowledge_base.statutes.names import key
from knowledge_base.statutes.texts import read_folder

RowId = int | str
_ARTICLE = re.compile(rf"第?\s*([{CHARACTERS}]+|\d+)\s*条?(?:\s*之\s*([{CHARACTERS}]+|\d+))?")


@dataclass(frozen=True)
class Row:
    """One article. ``date`` is the day of the version (ISO), empty where it is not known."""

    id: RowId
    law: str
    article: str
    text: str
    date: str = ""


class Library:
    """The rows in their order, with the places where a law and an article stand."""

    def __init__(self, rows: list[Row], digest: str) -> None:
        if not rows:
            raise SourceError("the library holds no article")
        self.rows = rows
        self.digest = digest
        """Hash of the source; another hash means another library."""

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def positions(self) -> dict[RowId, int]:
        """Row id to its place."""
        return {row.id: place for place, row in enumerate(self.rows)}

    @cached_property
    def versions(self) -> list[tuple[str, str]]:
        """The versions of laws (key of the title, date) in order of appearance."""
        return list(dict.fromkeys((key(row.law), row.date) for row in self.rows))

    @cached_property
    def law_of(self) -> list[int]:
        """The number of its version in ``versions``, for each row."""
        known = {version: number for number, version in enumerate(self.versions)}
        return [known[key(row.law), row.date] for row in self.rows]

    @cached_property
    def newest(self) -> dict[str, int]:
        """Key of a law to the number of its newest version."""
        best: dict[str, int] = {}
        for number, (name, date) in enumerate(self.versions):
            if name not in best or date >= self.versions[best[name]][1]:
                best[name] = number
        return best

    @cached_property
    def _articles(self) -> dict[tuple[int, tuple[int, int]], list[int]]:
        found: dict[tuple[int, tuple[int, int]], list[int]] = defaultdict(list)
        for place, row in enumerate(self.rows):
            if number := article_number(row.article):
                found[self.law_of[place], number].append(place)
        return found

    def find(self, law: str, article: tuple[int, int]) -> list[int]:
        """Places of an article ``(120, 1)`` in the newest version of a law, by its key."""
        version = self.newest.get(law)
        return [] if version is None else self._articles.get((version, article), [])


def article_number(text: str) -> tuple[int, int] | None:
    """第一百二十条之一, 120之一 or 120 as ``(120, 1)`` and ``(120, 0)``; None for anything else."""
    match = _ARTICLE.fullmatch(text.strip())
    if not match:
        return None
    try:
        return _number(match[1]), _number(match[2]) if match[2] else 0
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else from_chinese(text)


def read_library(path: Path) -> Library:
    """The library at ``path``. Raises ``SourceError`` with one sentence."""
    if path.is_dir():
        return _from_folder(path)
    try:
        raw = path.read_bytes()
        content = gzip.decompress(raw) if path.suffix == ".gz" else raw
        lines = content.decode("utf-8-sig").split("\n")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"the library {path} cannot be read: {reason}") from error
    rows = [_row(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise SourceError(f"the library {path} holds no article")
    seen: set[RowId] = set()
    for row in rows:
        if row.id in seen:
            raise SourceError(f"the library {path} has two rows with the id {row.id!r}")
        seen.add(row.id)
    return Library(rows, hashlib.sha256(raw).hexdigest())


def _row(path: Path, number: int, line: str) -> Row:
    try:
        value: Any = json.loads(line)
        identity = value["id"]
        texts = [value["law"], value["article"], value["text"]]
        if isinstance(identity, bool) or not isinstance(identity, int | str):
            raise TypeError
        if not all(isinstance(text, str) for text in texts):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SourceError(
            f"line {number} of the library {path} is not an article with id, law, article and text"
        ) from error
    law, article, text = texts
    return Row(identity, law, article, text, date=str(value.get("date") or ""))


def _from_folder(root: Path) -> Library:
    rows: dict[RowId, Row] = {}
    total = hashlib.sha256()
    try:
        for row in _folder_rows(root):
            rows.setdefault(row.id, row)
    except (OSError, ValueError) as error:
        raise SourceError(f"the law texts in {root} cannot be read: {error}") from error
    for row in rows.values():
        total.update(f"{row.id}\0{row.text}\0".encode())
    if not rows:
        raise SourceError(f"no law text was found in {root}")
    return Library(list(rows.values()), total.hexdigest())


def _folder_rows(root: Path) -> Iterator[Row]:
    for law in read_folder(root):
        day = law.version.isoformat() if law.version else ""
        for article in law.articles:
            number = f"{article.number}" + (f"之{article.inserted}" if article.inserted else "")
            name = article_name(str(article.number)) if 1 <= article.number <= 9999 else number
            if article.inserted:
                name = f"{name}之{_chinese(article.inserted)}"
            yield Row(f"{law.title}({day})#{number}", law.title, name, article.text, day)


def _chinese(number: int) -> str:
    from knowledge_base.numerals import to_chinese

    return to_chinese(number)
