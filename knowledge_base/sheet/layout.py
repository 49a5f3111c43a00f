"""The names of the workbook's sheets and columns, and the sentences about its rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from knowledge_base.yaml_files import read_yaml

_FILE = Path(__file__).parent / "sheets.yml"


@dataclass(frozen=True)
class Column:
    title: str
    width: int


@dataclass(frozen=True)
class Sheet:
    name: str
    title: str
    columns: dict[str, Column]


@dataclass(frozen=True)
class Layout:
    sheets: dict[str, Sheet]
    notes_title: str
    notes: tuple[str, ...]
    stamp: str
    yes: str
    problems: dict[str, str]

    def sentence(self, code: str, **values: Any) -> str:
        return self.problems[code].format(**values)

    def of_row(self, sheet: str, row: int, code: str, **values: Any) -> str:
        """The sentence about a row of a sheet."""
        return self.about_row(sheet, row, self.sentence(code, **values))

    def about_row(self, sheet: str, row: int | str, sentence: str) -> str:
        return self.sentence("row", sheet=self.sheets[sheet].title, row=row, sentence=sentence)


@cache
def layout() -> Layout:
    """The layout, read once."""
    raw: Any = read_yaml(_FILE)
    sheets = {
        name: Sheet(
            name,
            sheet["title"],
            {
                key: Column(column["title"], column["width"])
                for key, column in sheet["columns"].items()
            },
        )
        for name, sheet in raw["sheets"].items()
    }
    notes = raw["notes"]
    return Layout(
        sheets, notes["title"], tuple(notes["lines"]), notes["stamp"], raw["yes"], raw["problems"]
    )
