"""The sources as a workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

from knowledge_base.entries import Entry, NextStep
from knowledge_base.errors import SourceError
from knowledge_base.hotlines import FILE as HOTLINES
from knowledge_base.sheet import workbook
from knowledge_base.sheet.layout import layout
from knowledge_base.sources import ENTRIES, LEXICON, Sources, load
from knowledge_base.yaml_files import read_yaml


def export(folder: Path, path: Path) -> dict[str, int]:
    """Writes the workbook at ``path``; how many entries, paraphrases, hotlines and expressions.

    Raises ``SourceError`` when the sources cannot be read or do not fit into a sheet, ``OSError``
    when the workbook cannot be written.
    """
    sources = load(folder)
    sheets: dict[str, list[list[str]]] = {
        "files": [list(row) for row in _files(folder, sources)],
        "entries": [_entry(entry, sources) for entry in sources.entries],
        "paraphrases": [
            [entry.id, entry.jurisdiction, text]
            for entry in sources.entries
            for text in entry.paraphrases
        ],
        "hotlines": [
            [line.number, line.name, line.purpose, line.hours, layout().yes if line.urgent else "",
             line.reviewed.isoformat()]
            for line in sources.hotlines.values()
        ],
        "lexicon": [list(row) for row in _lexicon(folder)],
    }  # fmt: skip
    workbook.write(path, sheets, get_args(NextStep), stamp(folder))
    return {name: len(sheets[name]) for name in ("entries", "paraphrases", "hotlines", "lexicon")}


def stamp(folder: Path) -> str:
    """A hash of what a workbook holds of the sources; another hash means that they have changed."""
    total = hashlib.sha256()
    for file in (*sorted((folder / ENTRIES).glob("*.yml")), folder / HOTLINES, folder / LEXICON):
        try:
            total.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        except OSError as error:
            raise SourceError(f"the sources cannot be read: {error}") from error
    return total.hexdigest()[:16]


def senses(folder: Path) -> dict[str, list[str]]:
    """The lexicon as it is written: a sense and its expressions."""
    raw: dict[Any, list[Any]] = read_yaml(folder / LEXICON)
    return {str(sense): [str(word) for word in words] for sense, words in raw.items()}


def _files(folder: Path, sources: Sources) -> Iterator[tuple[str, str, str]]:
    for name in dict.fromkeys(sources.files.values()):
        raw = read_yaml(folder / name)
        yield Path(name).stem, str(raw["topic"]), str(raw.get("title", ""))


def _entry(entry: Entry, sources: Sources) -> list[str]:
    answer = entry.answer
    cells = {
        "file": Path(sources.files[entry.id, entry.jurisdiction]).stem,
        "id": entry.id,
        "jurisdiction": entry.jurisdiction,
        "question": entry.question,
        "conclusion": answer.conclusion,
        "steps": _lines(entry, answer.steps),
        "evidence": _lines(entry, answer.evidence),
        "time_limit": answer.time_limit,
        "where": answer.where,
        "citations": "\n".join(f"{cited.law} {cited.article}" for cited in entry.citations),
        "reviewed": entry.reviewed.isoformat(),
        "review_by": entry.review_by.isoformat(),
        "next_step": entry.next_step,
        "related": "\n".join(entry.related),
        "hotlines": "\n".join(entry.hotlines),
    }
    return [cells[key] for key in layout().sheets["entries"].columns]


def _lines(entry: Entry, texts: Sequence[str]) -> str:
    if any("\n" in text for text in texts):
        raise SourceError(
            f"the entry {entry.id} has a line break inside a step or a piece of evidence"
        )
    return "\n".join(texts)


def _lexicon(folder: Path) -> Iterator[tuple[str, str]]:
    for sense, words in senses(folder).items():
        for word in words or [""]:
            yield sense, word
