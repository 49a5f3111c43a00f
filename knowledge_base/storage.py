"""The folder of the index: builds side by side, and the name of the one to serve.

``index/CURRENT`` holds the name of a build, ``index/<build>/`` its files. A build is made beside
the others and becomes the current one by the replacement of one small file, which is atomic: whoever
opens the index sees the old build or the new one, never half of one. The build before the current
one is kept for readers that are just opening it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge_base.errors import IndexMissing

CURRENT = "CURRENT"
_PART = ".part-"


def current_build(index_dir: Path) -> str:
    """The name of the build to serve. Raises ``IndexMissing``."""
    try:
        name = (index_dir / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexMissing(f"there is no index in {index_dir}: run the build") from error
    if not name or Path(name).name != name or not (index_dir / name).is_dir():
        raise IndexMissing(f"the index in {index_dir} names a build that is not there: {name!r}")
    return name


@contextmanager
def new_build(index_dir: Path, name: str) -> Iterator[Path]:
    """An empty folder to build in. It becomes the current build when the block ends well; when it
    raises, nothing changes. One build at a time; a second one waits."""
    index_dir.mkdir(parents=True, exist_ok=True)
    with (index_dir / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        part = index_dir / f"{_PART}{name}"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        try:
            yield part
            before = _name_or_none(index_dir)
            part.rename(index_dir / name)
            pointer = index_dir / f"{CURRENT}.part"
            pointer.write_text(name, encoding="utf-8")
            os.replace(pointer, index_dir / CURRENT)
            _remove_others(index_dir, {name, before})
        finally:
            shutil.rmtree(part, ignore_errors=True)


def _name_or_none(index_dir: Path) -> str | None:
    try:
        return current_build(index_dir)
    except IndexMissing:
        return None


def _remove_others(index_dir: Path, kept: set[str | None]) -> None:
    for path in index_dir.iterdir():
        if path.is_dir() and path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
