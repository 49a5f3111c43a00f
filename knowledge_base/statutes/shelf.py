"""The imported law texts: every version of every law, each 条, 款 and 项 addressable.

One JSON file in the data folder, replaced as a whole.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from knowledge_base.errors import SourceError
from knowledge_base.numerals import CHARACTERS, from_chinese
from knowledge_base.statutes.laws import Law, Laws
from knowledge_base.statutes.library import article_number, read_library
from knowledge_base.statutes.names import key

FILE = "texts.json"
_N = rf"[{CHARACTERS}]+|\d+"
_ADDRESS = re.compile(
    rf"(?P<article>第?(?:{_N})条?(?:之(?:{_N}))?)"
    rf"(?:第?(?P<paragraph>{_N})款)?(?:第?[(（]?(?P<item>{_N})[)）]?项)?"
)
_ITEM = re.compile(rf"^[(（]([{CHARACTERS}]+)[)）]")


class Shelf:
    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def take_in(self, path: Path) -> dict[str, int]:
        """Adds the texts at ``path``; a version that is there already is replaced. Returns how many
        laws, versions and articles there are, and how many versions of each status."""
        texts = self._read() if self._file.exists() else {}
        fresh: dict[str, dict[str, Any]] = {}
        for row in read_library(path).rows:
            number = article_number(row.article)
            if number is None:
                continue
            version = fresh.setdefault(
                f"{key(row.law)}@{row.date}", {"law": row.law, "date": row.date, "articles": {}}
            )
            version["articles"].setdefault(_plain(number), [row.article, row.text])
        texts |= fresh
        self._write(texts)
        laws = Laws.load()
        count = Counter(self._status(version, texts, laws) for version in texts.values())
        articles = sum(len(version["articles"]) for version in texts.values())
        names = {name.rpartition("@")[0] for name in texts}
        return {"laws": len(names), "versions": len(texts), "articles": articles, **count}

    def show(self, law: str, address: str, day: date | None = None) -> dict[str, str]:
        """The text at an address: article, paragraph (款) or item (项) of the newest version, or of
        the one that applied on a day. Raises ``SourceError`` with a sentence."""
        if not self._file.exists():
            raise SourceError("no law texts have been imported yet: run suqiu statutes import")
        texts, laws = self._read(), Laws.load()
        known = laws.resolve(law)
        own = key(known.title) if known else key(law)
        versions: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for version in texts.values():
            versions[key(version["law"])].append(version)
        found = sorted(versions.get(own, []), key=lambda version: str(version["date"]))
        if day is not None:
            found = [version for version in found if version["date"] <= day.isoformat()]
        if not found:
            raise SourceError(f"no version of {law} has been imported")
        version = found[-1]
        match = _ADDRESS.fullmatch(re.sub(r"\s", "", address))
        number = article_number(match["article"]) if match else None
        if match is None or number is None:
            raise SourceError(f"{address} is not an article such as 47, 26之一 or 第四十七条第二款")
        article = version["articles"].get(_plain(number))
        if article is None:
            raise SourceError(f"{version['law']} ({version['date']}) has no article {address}")
        text = _part(article[1], match["paragraph"], match["item"])
        if text is None:
            raise SourceError(f"{version['law']} {article[0]} has no {address}")
        return {
            "law": version["law"],
            "article": article[0],
            "version": version["date"],
            "status": self._status(version, texts, laws),
            "text": text,
        }

    def _status(self, version: dict[str, Any], texts: dict[str, dict[str, Any]], laws: Laws) -> str:
        """in_force, amended (a newer version is known) or repealed; ``unknown`` for a law that the
        table of facts does not have."""
        own = key(version["law"])
        facts: list[Law] = laws.versions(version["law"])
        day = version["date"]
        for fact in facts:
            if fact.version.isoformat() == day:
                return fact.status
        newer = any(t["date"] > day for name, t in texts.items() if name.startswith(f"{own}@"))
        if newer or any(fact.version.isoformat() > day for fact in facts):
            return "amended"
        return facts[0].status if facts else "unknown"

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            texts: dict[str, dict[str, Any]] = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise SourceError(f"the imported texts {self._file} cannot be read: {error}") from error
        return texts

    def _write(self, texts: dict[str, dict[str, Any]]) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(prefix=".part-", dir=self._file.parent)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(texts, file, ensure_ascii=False)
            os.replace(part, self._file)
        except OSError as error:
            raise SourceError(f"the texts cannot be kept in {self._file}: {error}") from error


def _plain(number: tuple[int, int]) -> str:
    return f"{number[0]}之{number[1]}" if number[1] else str(number[0])


def _part(text: str, paragraph: str | None, item: str | None) -> str | None:
    """A 款 is a line that is no 项; its 项 are the lines after it that begin with （一）."""
    paragraphs: list[list[str]] = []
    for line in text.splitlines():
        if _ITEM.match(line) and paragraphs:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    if paragraph is not None:
        number = _value(paragraph)
        if not 1 <= number <= len(paragraphs):
            return None
        paragraphs = [paragraphs[number - 1]]
    lines = [line for part in paragraphs for line in part]
    if item is None:
        return "\n".join(lines)
    wanted = _value(item)
    for line in lines:
        if (match := _ITEM.match(line)) and from_chinese(match[1]) == wanted:
            return line
    return None


def _value(text: str) -> int:
    return int(text) if text.isdecimal() else from_chinese(text)
