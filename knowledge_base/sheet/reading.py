"""Rows of a workbook as entries, hotlines and lexicon, each mistake with its sheet and row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from knowledge_base.entries import NATIONAL, Entry
from knowledge_base.hotlines import Hotline
from knowledge_base.numerals import to_chinese
from knowledge_base.sheet.layout import layout
from knowledge_base.sheet.workbook import Row, Workbook
from knowledge_base.statutes.library import article_number

Model = TypeVar("Model", bound=BaseModel)
_FILE = re.compile(r"[a-z][a-z0-9_-]*")
_ANSWER = ("conclusion", "steps", "evidence", "time_limit", "where")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass
class Content:
    """What a workbook holds."""

    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name of a file without its ending to its topic and title."""
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    """Name of the file to its entries."""
    hotlines: list[Hotline] = field(default_factory=list)
    senses: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    """(sheet, name) to the row it stands in: a file, an entry with its place, a number."""
    places: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """(file, id of the entry) to the rows of the entry and its local versions."""
    problems: list[str] = field(default_factory=list)

    def wrong(self, sheet: str, row: Row, code: str, **values: Any) -> None:
        self.problems.append(layout().of_row(sheet, row.number, code, **values))


def read_content(book: Workbook) -> Content:
    """The content of a workbook; what is wrong with it is in ``problems``."""
    content = Content(problems=list(book.problems))
    if not content.problems:
        _files(content, book.sheets["files"])
        _entries(content, book.sheets["entries"], _paraphrases(content, book))
        _hotlines(content, book.sheets["hotlines"])
        _lexicon(content, book.sheets["lexicon"])
    return content


def _files(content: Content, rows: list[Row]) -> None:
    for row in rows:
        name = row.cells["file"]
        if not _FILE.fullmatch(name):
            content.wrong("files", row, "bad_file", value=name)
        elif ("files", name) in content.rows:
            content.wrong("files", row, "twice", other=content.rows["files", name])
        else:
            content.rows["files", name] = row.number
            content.files[name] = (row.cells["topic"], row.cells["title"])
            content.entries[name] = []


def _paraphrases(content: Content, book: Workbook) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {
        (row.cells["id"], _place(row)): [] for row in book.sheets["entries"]
    }
    for row in book.sheets["paraphrases"]:
        own = (row.cells["id"], _place(row))
        if own not in found:
            sheet = layout().sheets["entries"].title
            content.wrong(
                "paraphrases", row, "unknown_entry", value=own[0], place=own[1], table=sheet
            )
        elif not row.cells["question"]:
            column = layout().sheets["paraphrases"].columns["question"].title
            content.wrong("paraphrases", row, "no_value", column=column)
        else:
            found[own].append(row.cells["question"])
    return found


def _entries(
    content: Content, rows: list[Row], paraphrases: Mapping[tuple[str, str], list[str]]
) -> None:
    for row in rows:
        cells, own = row.cells, (row.cells["id"], _place(row))
        known = content.rows.get(("entries", "@".join(own)))
        if known is not None:
            content.wrong("entries", row, "twice", other=known)
            continue
        content.rows["entries", "@".join(own)] = row.number
        content.places.setdefault((cells["file"], own[0]), []).append(row.number)
        if cells["file"] not in content.files:
            sheet = layout().sheets["files"].title
            content.wrong("entries", row, "unknown_file", value=cells["file"], table=sheet)
            continue
        citations = list(_citations(content, row))
        entry = _valid(
            content,
            "entries",
            row,
            Entry,
            {
                "id": cells["id"],
                "topic": content.files[cells["file"]][0],
                "question": cells["question"],
                "paraphrases": paraphrases[own],
                "answer": {
                    key: _lines(cells[key]) if key in ("steps", "evidence") else cells[key]
                    for key in _ANSWER
                },
                "citations": citations,
                "jurisdiction": own[1],
                "reviewed": _day(cells["reviewed"]),
                "review_by": _day(cells["review_by"]),
                "next_step": cells["next_step"] or "none",
                "related": _lines(cells["related"]),
                "hotlines": _lines(cells["hotlines"]),
            },
        )
        if entry is not None:
            content.entries[cells["file"]].append(entry)


def _citations(content: Content, row: Row) -> Iterator[dict[str, str]]:
    for line in _lines(row.cells["citations"]):
        law, _, article = line.rpartition(" ")
        number = article_number(article)
        if not law.strip() or number is None:
            content.wrong("entries", row, "bad_citation", value=line)
            continue
        name = f"{number[0]}之{to_chinese(number[1])}" if number[1] else str(number[0])
        yield {"law": law.strip().strip("《》"), "article": name}


def _hotlines(content: Content, rows: list[Row]) -> None:
    for row in rows:
        urgent, number = row.cells["urgent"], row.cells["number"]
        if ("hotlines", number) in content.rows:
            content.wrong("hotlines", row, "twice", other=content.rows["hotlines", number])
            continue
        content.rows["hotlines", number] = row.number
        if urgent not in ("", layout().yes):
            column = layout().sheets["hotlines"].columns["urgent"].title
            content.wrong("hotlines", row, "bad_yes", column=column, yes=layout().yes, value=urgent)
            continue
        values = {**row.cells, "urgent": bool(urgent), "reviewed": _day(row.cells["reviewed"])}
        line = _valid(content, "hotlines", row, Hotline, values)
        if line is not None:
            content.hotlines.append(line)


def _lexicon(content: Content, rows: list[Row]) -> None:
    owners: dict[str, str] = {}
    for row in rows:
        sense, word = row.cells["sense"], row.cells["expression"]
        if not sense:
            column = layout().sheets["lexicon"].columns["sense"].title
            content.wrong("lexicon", row, "no_value", column=column)
            continue
        words = content.senses.setdefault(sense, [])
        for text in dict.fromkeys([sense, word]):
            if text and len(text) < 2:
                content.wrong("lexicon", row, "short_expression", value=text)
            elif text and owners.setdefault(text, sense) != sense:
                content.wrong(
                    "lexicon", row, "two_senses", value=text, sense=owners[text], other=sense
                )
        if word and word not in words:
            words.append(word)


def _valid(
    content: Content, sheet: str, row: Row, model: type[Model], values: dict[str, Any]
) -> Model | None:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            key = next((str(part) for part in reversed(fault["loc"]) if isinstance(part, str)), "")
            column = layout().sheets[sheet].columns.get(key)
            name = column.title if column else key
            given = str(fault["input"])[:40]
            code = "bad_field" if given else "no_value"
            content.wrong(sheet, row, code, column=name, value=given)
        return None


def _place(row: Row) -> str:
    """The administrative code; a spreadsheet may have made 0 of 000000."""
    text = row.cells["jurisdiction"]
    return (text.zfill(6) if text.isdecimal() else text) or NATIONAL


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def _day(text: str) -> str:
    match = _DAY.fullmatch(text)
    return f"{int(match[1]):04}-{int(match[2]):02}-{int(match[3]):02}" if match else text
