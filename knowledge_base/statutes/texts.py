"""Reads law texts: a folder of Markdown files, one law a file, ``title(YYYY-MM-DD).md``.

A file opens with ``# full title`` and the dates of its making up to ``<!-- INFO END -->``; each
article begins a line with 第…条. The folders of a code that is split into books (民法典) and the
headings are joined by :func:`read_folder`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from knowledge_base.errors import SourceError
from knowledge_base.numerals import CHARACTERS, from_chinese

INFO_END = "<!-- INFO END -->"
_FILE_NAME = re.compile(r"^(?P<title>.+?)(?:[(（](?P<date>\d{4}-\d\d-\d\d)[)）])?\.md$")
_ARTICLE = re.compile(rf"^第([{CHARACTERS}]+)条(?:之([{CHARACTERS}]+))?(?=\s|$)\s*(.*)$")
_DAY = re.compile(r"(\d{4})年\s*(\d{1,2})月\s*(\d{1,2})日")

# Folders whose files are the books of one law.
SPLIT_LAWS = {"民法典": "中华人民共和国民法典"}


@dataclass(frozen=True)
class Article:
    """第一百二十条之一 is ``number=120, inserted=1``; most articles have ``inserted=0``."""

    number: int
    inserted: int
    text: str


@dataclass
class LawText:
    title: str
    full_title: str
    folder: str
    """Path of the folder under the root: it tells a law from a regulation or an interpretation."""
    version: date | None
    """Day of the promulgation of this text."""
    info: str
    articles: list[Article] = field(default_factory=list)


def read_folder(root: Path) -> Iterator[LawText]:
    """Every law under ``root``. Raises ``SourceError`` when the folder is missing or unreadable."""
    if not root.is_dir():
        raise SourceError(f"{root} is not a folder of law texts")
    books: dict[str, LawText] = {}
    for path in sorted(root.rglob("*.md")):
        if path.name == "_index.md":
            continue
        law = read_file(path, root)
        if path.parent.name not in SPLIT_LAWS:
            yield law
            continue
        whole = books.setdefault(
            path.parent.name,
            LawText(
                path.parent.name,
                SPLIT_LAWS[path.parent.name],
                law.folder,
                law.version,
                law.info,
            ),
        )
        whole.articles += law.articles
        if len(law.info) > len(whole.info):
            whole.info = law.info
    for whole in books.values():
        whole.articles.sort(key=lambda a: (a.number, a.inserted))
        yield whole


def read_file(path: Path, root: Path) -> LawText:
    """One law text."""
    stem, day = split_name(path.name)
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read: {error}") from error
    title = re.sub(r"\s+", " ", stem).strip()
    head, _, body = content.rpartition(INFO_END)
    heading = next((ln[2:].strip() for ln in head.splitlines() if ln.startswith("# ")), title)
    made = "\n".join(line for line in head.splitlines() if not line.strip().endswith("施行"))
    days = days_in(made) or days_in(head)
    version = day or (max(days) if days else None)
    return LawText(
        title=title,
        full_title=re.sub(r"\s+", "", heading) or title,
        folder=path.parent.relative_to(root).as_posix(),
        version=version,
        info=head,
        articles=list(articles_in(body or content)),
    )


def split_name(name: str) -> tuple[str, date | None]:
    """``劳动合同法(2012-12-28).md`` as title and day; the day is None where the name has none."""
    match = _FILE_NAME.match(name)
    if not match:
        raise SourceError(f"{name} is not the name of a law text")
    return match["title"], date.fromisoformat(match["date"]) if match["date"] else None


def articles_in(body: str) -> Iterator[Article]:
    """The articles of a text, headings and remarks left out."""
    current: tuple[int, int] | None = None
    lines: list[str] = []
    for raw in body.splitlines():
        line = raw.strip().lstrip("\u200b\ufeff")
        if match := _ARTICLE.match(line):
            if current:
                yield Article(*current, "\n".join(lines))
            current = (from_chinese(match[1]), from_chinese(match[2]) if match[2] else 0)
            lines = [match[3]] if match[3] else []
        elif current and line and not line.startswith(("#", "<!--")):
            lines.append(line)
    if current:
        yield Article(*current, "\n".join(lines))


def days_in(text: str) -> list[date]:
    """Every day written as 2026年3月1日 that exists in the calendar."""
    days = []
    for year, month, day in _DAY.findall(text):
        try:
            days.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return days
