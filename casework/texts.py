"""The words people read, kept in ``casework/texts/*.yml`` and looked up by a dotted key.

``turn.apology`` is the key ``apology`` in ``turn.yml``. A text may hold ``{names}`` that the caller
fills in; some are filled in for every text: the bureau's name and the telephone numbers of the
reviewed directory (``{tel[110]}``), so that no number is ever written by hand into a sentence
(design invariant 5).
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "texts"


class TextError(KeyError):
    """A text, or a value that a text needs, is missing."""


class Texts:
    """All texts of one installation. ``values`` are filled into every text that names them."""

    def __init__(
        self, folder: Path | None = None, values: Mapping[str, object] | None = None
    ) -> None:
        self._values = dict(values or {})
        self._texts: dict[str, str | list[str]] = {}
        for path in sorted((folder or FOLDER).glob("*.yml")):
            loaded = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
            self._texts.update(_flatten(path.stem, loaded))

    def say(self, key: str, **values: object) -> str:
        """The text under ``key``. Raises ``TextError`` for an unknown key or a missing value."""
        return self._fill(key, self._find(key, str), values)

    def fill(self, template: str) -> str:
        """A sentence of a data file, with the values that every text may name."""
        return self._fill(template, template, {})

    def lines(self, key: str, **values: object) -> list[str]:
        """A text that the file holds as a list of lines or bubbles."""
        return [self._fill(key, line, values) for line in self._find(key, list)]

    def has(self, key: str) -> bool:
        return key in self._texts

    def every_key(self) -> list[str]:
        """Every key, in order of the files."""
        return list(self._texts)

    def names(self, prefix: str) -> list[str]:
        """The names below a key: ``names("turn.other")`` is ``["image", "voice", …]``."""
        start = f"{prefix}."
        return [key.removeprefix(start) for key in self._texts if key.startswith(start)]

    def fields(self, key: str) -> set[str]:
        """The names that ``key`` needs to be given beside the values filled in everywhere."""
        found = self._texts.get(key)
        if found is None:
            raise TextError(f"no text called {key!r}")
        lines = [found] if isinstance(found, str) else found
        named = {
            name.split("[")[0].split(".")[0]
            for line in lines
            for _, name, _, _ in string.Formatter().parse(line)
            if name
        }
        return named - set(self._values)

    def _find(self, key: str, kind: type[Any]) -> Any:
        found = self._texts.get(key)
        if not isinstance(found, kind):
            raise TextError(f"no {kind.__name__} text called {key!r}")
        return found

    def _fill(self, key: str, template: str, values: Mapping[str, object]) -> str:
        try:
            return template.format_map({**self._values, **values})
        except (KeyError, IndexError, ValueError) as missing:
            raise TextError(f"text {key!r} cannot be filled in: {missing}") from missing


def _flatten(prefix: str, loaded: Any) -> Iterator[tuple[str, str | list[str]]]:
    if isinstance(loaded, dict):
        for name, value in loaded.items():
            yield from _flatten(f"{prefix}.{name}", value)
    elif isinstance(loaded, list):
        yield prefix, [str(line).strip() for line in loaded]
    else:
        yield prefix, str(loaded).strip()
