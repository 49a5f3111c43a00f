"""Something wrong in the sources, told to the editor in one sentence with its file and entry."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from knowledge_base.yaml_files import read_yaml

_WORDS = Path(__file__).parent / "problems.yml"
Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """An ``error`` stops the build; a ``warning`` does not. ``code`` is a key of problems.yml."""

    code: str
    severity: Severity
    file: str
    entry: str
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}·{self.entry}" if self.entry else self.file
        return f"{place}: {self.sentence}"


def problem(code: str, file: str, entry: str = "", **values: Any) -> Problem:
    """The problem with this code; its sentence and severity come from problems.yml."""
    severity, sentence = _sentences()[code]
    return Problem(code, severity, file, entry, sentence.format(**values))


@cache
def _sentences() -> dict[str, tuple[Severity, str]]:
    raw = read_yaml(_WORDS)
    return {
        code: (severity, text) for severity, texts in raw.items() for code, text in texts.items()
    }
