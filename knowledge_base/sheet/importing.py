"""Takes a workbook in: all of it or nothing, and never a row that the check would refuse."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from knowledge_base.check import check_sources
from knowledge_base.entries import Entry
from knowledge_base.errors import SourceError
from knowledge_base.hotlines import FILE as HOTLINES
from knowledge_base.problems import Problem
from knowledge_base.sheet import house_yaml, workbook
from knowledge_base.sheet.export import senses, stamp
from knowledge_base.sheet.layout import layout
from knowledge_base.sheet.reading import Content, read_content
from knowledge_base.sources import ENTRIES, LEXICON, Sources, load, read


@dataclass
class Taken:
    """What an import did, or why it did nothing."""

    problems: list[str] = field(default_factory=list)
    """A sentence each, in Chinese, with sheet and row; where there is one, nothing was written."""
    warnings: list[str] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    removed: int = 0
    files: list[str] = field(default_factory=list)
    """Files that were written or removed."""
    comments_lost: list[str] = field(default_factory=list)
    """Files that had comments below their head, which a workbook cannot hold."""


def take_in(
    folder: Path,
    path: Path,
    *,
    delete: bool = False,
    force: bool = False,
    today: date | None = None,
) -> Taken:
    """Brings the sources in ``folder`` to what the workbook at ``path`` says.

    Entries that are missing from the workbook are removed only with ``delete``; sources that have
    changed since the workbook was exported are overwritten only with ``force``. Raises
    ``SourceError`` with one sentence when the workbook or the sources cannot be read, or when one of
    the two is not allowed, and ``OSError`` when a file cannot be written (then all stay as they were).
    """
    book = workbook.read(path)
    content = read_content(book)
    if content.problems:
        return Taken(content.problems)
    if book.stamp not in ("", stamp(folder)) and not force:
        raise SourceError(
            "the guidance has changed since this workbook was exported: export it anew, or use "
            "--force to put the workbook over those changes"
        )
    before = load(folder)
    taken = _compared(before, content)
    if taken.removed and not delete:
        raise SourceError(
            f"{taken.removed} entries of the guidance are missing from the workbook: use --delete "
            f"if they are meant to go"
        )
    texts = _texts(folder, before, content)
    _check(folder, texts, content, taken, today)
    if not taken.problems:
        taken.comments_lost = [
            name for name, text in texts.items() if text is not None and _comments(folder / name)
        ]
        _write(folder, texts)
        taken.files = list(texts)
    return taken


def _compared(before: Sources, content: Content) -> Taken:
    old = {(entry.id, entry.jurisdiction): entry for entry in before.entries}
    new = {
        (entry.id, entry.jurisdiction): entry
        for entries in content.entries.values()
        for entry in entries
    }
    return Taken(
        added=len(new.keys() - old.keys()),
        changed=sum(new[own] != old[own] for own in new.keys() & old.keys()),
        removed=len(old.keys() - new.keys()),
    )


def _texts(folder: Path, before: Sources, content: Content) -> dict[str, str | None]:
    """The files that would change, with their new text, or None for one that goes."""
    texts: dict[str, str | None] = {}
    old: dict[str, list[Entry]] = {}
    for entry in before.entries:
        old.setdefault(before.files[entry.id, entry.jurisdiction], []).append(entry)
    for stem, entries in content.entries.items():
        name, (topic, title) = f"{ENTRIES}/{stem}.yml", content.files[stem]
        if not entries:
            continue
        if old.get(name) == entries and _heading(folder / name) == (topic, title):
            continue
        texts[name] = house_yaml.entries_file(topic, title, entries, _before(folder / name))
    for name in old:
        if not content.entries.get(Path(name).stem):
            texts[name] = None
    if list(before.hotlines.values()) != content.hotlines:
        texts[HOTLINES] = house_yaml.hotlines_file(content.hotlines, _before(folder / HOTLINES))
    if list(senses(folder).items()) != list(content.senses.items()):
        texts[LEXICON] = house_yaml.lexicon_file(content.senses, _before(folder / LEXICON))
    return texts


def _check(
    folder: Path,
    texts: dict[str, str | None],
    content: Content,
    taken: Taken,
    today: date | None,
) -> None:
    """Checks the sources as they would be, in a copy."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(shutil.copytree(folder, Path(scratch) / "sources"))
        for name, text in texts.items():
            if text is None:
                (copy / name).unlink()
            else:
                (copy / name).write_text(text, encoding="utf-8")
        for problem in check_sources(read(copy), today=today):
            kind = taken.problems if problem.severity == "error" else taken.warnings
            kind.append(_placed(problem, content))


def _placed(problem: Problem, content: Content) -> str:
    """The problem with the row of the workbook it comes from. The check does not tell an entry from
    its local versions: where they stand in one file, all their rows are named."""
    file, key = Path(problem.file).stem, problem.entry
    if problem.file.startswith(f"{ENTRIES}/"):
        sheet = "entries" if key else "files"
        rows = content.places.get((file, key), []) if key else [content.rows["files", file]]
    else:
        sheet = "hotlines"
        rows = [content.rows["hotlines", key]] if ("hotlines", key) in content.rows else []
    if not rows:
        return str(problem)
    return layout().about_row(sheet, "、".join(map(str, rows)), f"{key} {problem.sentence}".strip())


def _write(folder: Path, texts: dict[str, str | None]) -> None:
    """Puts the files in place; when one fails, those already placed are put back."""
    kept = {name: (folder / name).read_bytes() for name in texts if (folder / name).exists()}
    parts: dict[str, Path] = {}
    try:
        for name, text in texts.items():
            if text is not None:
                handle, part = tempfile.mkstemp(prefix=".part-", dir=(folder / name).parent)
                parts[name] = Path(part)
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                parts[name].chmod(0o644)
        try:
            for name in texts:
                if name in parts:
                    os.replace(parts[name], folder / name)
                else:
                    (folder / name).unlink()
        except OSError:
            for name, content in kept.items():
                (folder / name).write_bytes(content)
            raise
    finally:
        for left in parts.values():
            left.unlink(missing_ok=True)


def _heading(path: Path) -> tuple[str, str]:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return str(raw["topic"]), str(raw.get("title", ""))


def _before(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _comments(path: Path) -> bool:
    """Whether a file has comments below those at its head."""
    lines = _before(path).splitlines()
    while lines and lines[0].startswith("#"):
        lines.pop(0)
    return any(line.lstrip().startswith("#") for line in lines)
