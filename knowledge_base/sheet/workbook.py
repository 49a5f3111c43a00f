"""Reads and writes the xlsx file. The only module that imports openpyxl.

Every cell is text: a spreadsheet would make a number of an administrative code and a formula of a
question that begins with an equals sign.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from knowledge_base.errors import SourceError
from knowledge_base.sheet.layout import Sheet, layout

LARGEST = 50_000_000
"""Bytes of the unpacked workbook; a larger one is no sheet of the guidance."""
_CHOICES = 5000


@dataclass(frozen=True)
class Row:
    number: int
    """As the spreadsheet counts: the first below the titles is 2."""
    cells: dict[str, str]
    """Key of the column to its text, empty where the cell is."""


@dataclass(frozen=True)
class Workbook:
    sheets: dict[str, list[Row]]
    problems: list[str]
    """Sheets and columns that are missing, a sentence each."""
    stamp: str
    """What the guidance was when the workbook was exported; empty where it does not say."""


def write(
    path: Path, sheets: Mapping[str, Iterable[Sequence[str]]], choices: Sequence[str], stamp: str
) -> None:
    """Writes a workbook. ``choices`` are offered in the column of the next step. Raises ``OSError``."""
    from openpyxl import Workbook as Book
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Book()
    book.remove(book.worksheets[0])
    notes = book.create_sheet(layout().notes_title)
    notes.column_dimensions["A"].width = 110
    for number, line in enumerate([*layout().notes, f"{layout().stamp}：{stamp}"], 1):
        _put(notes.cell(number, 1), line).alignment = Alignment(wrap_text=True, vertical="top")
    head, fill = Font(bold=True), PatternFill("solid", fgColor="E8EDF2")
    wrapped = Alignment(wrap_text=True, vertical="top")
    for name, rows in sheets.items():
        plan = layout().sheets[name]
        page = book.create_sheet(plan.title)
        for place, column in enumerate(plan.columns.values(), 1):
            cell = _put(page.cell(1, place), column.title)
            cell.font, cell.fill = head, fill
            page.column_dimensions[cell.column_letter].width = column.width
        last = 1
        for last, row in enumerate(rows, 2):
            for place, text in enumerate(row, 1):
                _put(page.cell(last, place), text).alignment = wrapped
        page.freeze_panes = "A2"
        page.auto_filter.ref = page.dimensions
        if "next_step" in plan.columns:
            letter = page.cell(1, 1 + list(plan.columns).index("next_step")).column_letter
            offered = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
            offered.add(f"{letter}2:{letter}{_CHOICES}")
            page.add_data_validation(offered)
    book.save(path)


def read(path: Path) -> Workbook:
    """The rows of a workbook. Raises ``SourceError`` with one sentence when it is none."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                raise SourceError(f"{path} is too large for a workbook of the guidance")
        book = load_workbook(path, data_only=True)
    except SourceError:
        raise
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}") from error
    except Exception as error:  # a broken file fails in any of the library's dozens of parts
        raise SourceError(f"{path} is not an xlsx workbook") from error
    found, problems = {}, []
    for name, plan in layout().sheets.items():
        if plan.title not in book.sheetnames:
            problems.append(layout().sentence("no_sheet", sheet=plan.title))
            continue
        found[name] = _rows(book[plan.title], plan, problems)
    return Workbook(found, problems, _stamp(book))


def _rows(page: Any, plan: Sheet, problems: list[str]) -> list[Row]:
    lines = page.iter_rows(values_only=True)
    titles = [_text(value) for value in next(lines, ())]
    places = {}
    for key, column in plan.columns.items():
        if column.title in titles:
            places[key] = titles.index(column.title)
        else:
            problems.append(layout().sentence("no_column", sheet=plan.title, column=column.title))
    rows = []
    for number, values in enumerate(lines, 2):
        cells = {key: _text(values[place]) for key, place in places.items()}
        if any(cells.values()):
            rows.append(Row(number, cells))
    return rows


def _stamp(book: Any) -> str:
    if layout().notes_title not in book.sheetnames:
        return ""
    mark = f"{layout().stamp}："
    cells = (_text(row[0]) for row in book[layout().notes_title].iter_rows(values_only=True) if row)
    return next((text.removeprefix(mark) for text in cells if text.startswith(mark)), "")


def _put(cell: Any, text: str) -> Any:
    cell.value = text
    if text:
        cell.data_type = "s"
    cell.number_format = "@"
    return cell


def _text(value: Any) -> str:
    """What stands in a cell, as an editor sees it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    lines = str(value).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.strip() for line in lines).strip()
