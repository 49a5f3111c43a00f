"""Failures of a command that a person can mend."""

from __future__ import annotations

from pathlib import Path


class Unusable(Exception):
    """The input as a whole, or the set-up, cannot be used: one clear sentence, exit code 2."""


def can_write(path: Path) -> None:
    """Raises ``Unusable`` when no file can be put there: better before long work than after."""
    if not path.parent.is_dir():
        raise Unusable(f"cannot write {path}: there is no folder {path.parent}")
