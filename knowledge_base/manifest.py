"""What an index says about itself, and the proof that its files are the ones it was built with."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from knowledge_base.errors import IndexMismatch

FILE = "manifest.json"
FORMAT = 1
"""Rises whenever the files of an index change their meaning."""


@dataclass
class Manifest:
    build: str
    """Name of the build, which is also the name of its folder."""
    built_at: str
    """UTC, ISO 8601."""
    sources: str
    """Hash over every file the index is made from."""
    embedder: str
    dimension: int
    entries: int
    questions: int
    library: str
    format: int = FORMAT
    figures: dict[str, Any] = field(default_factory=dict)
    """Cross-validated figures at the time of the build (``evaluation.py``)."""
    files: dict[str, str] = field(default_factory=dict)
    """File to SHA-256."""

    def write(self, folder: Path) -> None:
        """Writes the manifest last, over the files already in the folder."""
        self.files = _hashes(folder)
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / FILE).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of a build. Raises ``IndexMismatch`` when it cannot be used."""
        try:
            raw = json.loads((folder / FILE).read_text(encoding="utf-8"))
            if raw["format"] != FORMAT:
                raise IndexMismatch(
                    f"the index in {folder} has format {raw['format']}, this version reads {FORMAT}"
                )
            return cls(**raw)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexMismatch(
                f"the manifest of the index in {folder} is unreadable: {error}"
            ) from error

    def verify(self, folder: Path) -> None:
        """Raises ``IndexMismatch`` when a file is missing, changed or added."""
        found = _hashes(folder)
        for name in sorted(self.files.keys() | found.keys()):
            if self.files.get(name) != found.get(name):
                raise IndexMismatch(
                    f"the file {name} of the index in {folder} is not the one built"
                )


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != FILE
    }
