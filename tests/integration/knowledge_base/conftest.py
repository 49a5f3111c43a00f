"""A small guidance of ten entries, and an index of it that is built once."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base.build import build
from knowledge_base.service import Guidance

SOURCES = Path(__file__).parent / "sources"


@pytest.fixture(scope="session")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the small guidance. Read only: copy it before changing anything."""
    folder = tmp_path_factory.mktemp("index")
    build(SOURCES, folder)
    return folder


@pytest.fixture(scope="session")
def guidance(index_dir: Path) -> Guidance:
    return Guidance.open(index_dir, sources_dir=SOURCES)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """The small guidance, to be changed."""
    return Path(shutil.copytree(SOURCES, tmp_path / "sources"))


@pytest.fixture
def own_index(index_dir: Path, tmp_path: Path) -> Path:
    """A copy of the index, to be changed."""
    return Path(shutil.copytree(index_dir, tmp_path / "index"))


Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def change(sources: Path) -> Callable[[Change], Path]:
    """Changes the first entry of labour.yml and gives the folder of the sources."""

    def apply(how: Change) -> Path:
        path = sources / "entries" / "labour.yml"
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        how(content["entries"][0])
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return sources

    return apply
