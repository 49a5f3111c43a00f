"""The table of settings in docs/settings.md, written from the fields themselves.

``python -m casework.settings_table`` writes it anew.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from casework.settings import Settings, variable
from casework.settings_fields import ROOT

BEGIN, END = "<!-- settings: begin -->", "<!-- settings: end -->"
PAGE = ROOT / "docs" / "settings.md"


def table() -> str:
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    rows += [
        f"| `{variable(name)}` | {_default(field)} | {_meaning(field)} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(rows)


def written_into(page: str) -> str:
    """The page with its table as the fields have it now."""
    head, rest = page.split(BEGIN, 1)
    tail = rest.split(END, 1)[1]
    return f"{head}{BEGIN}\n{table()}\n{END}{tail}"


def _default(field: FieldInfo) -> str:
    if field.default_factory is not None:
        data = {"data_dir": Path("DATA_DIR")}
        value = field.default_factory(data)  # type: ignore[call-arg]
    elif field.default is None or field.default is PydanticUndefined:
        return "not set"
    else:
        value = field.default
    if value == "":
        return "empty"
    if isinstance(value, Path):
        value = value.relative_to(ROOT) if value.is_absolute() else value
        return f"`{value.as_posix()}`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _meaning(field: FieldInfo) -> str:
    words = (field.description or "").replace("|", "\\|")
    if get_origin(field.annotation) is Literal and "`" not in words:
        words += (
            " One of " + ", ".join(f"`{choice}`" for choice in get_args(field.annotation)) + "."
        )
    return words


if __name__ == "__main__":
    PAGE.write_text(written_into(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stderr.write(f"{PAGE} is up to date\n")
