"""The library stands alone, and every heavy library stays behind one module of it."""

import ast
from pathlib import Path

import pytest

import knowledge_base

ROOT = Path(knowledge_base.__file__).parent
OTHERS = {"casework", "channels", "actions", "cli", "flask", "rasa_sdk", "sqlalchemy"}


def imports() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in ROOT.rglob("*.py"):
        names = found.setdefault(path.relative_to(ROOT).as_posix(), set())
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
    return found


def test_it_imports_no_other_part() -> None:
    assert {path: names & OTHERS for path, names in imports().items() if names & OTHERS} == {}


@pytest.mark.parametrize(
    ("library", "module"),
    [
        ("faiss", "vectors.py"),
        ("sentence_transformers", "embedder.py"),
        ("torch", "embedder.py"),
        ("bm25s", "lexical.py"),
        ("jieba", "words.py"),
        ("openpyxl", "sheet/workbook.py"),
    ],
)
def test_a_heavy_library_is_behind_one_module(library: str, module: str) -> None:
    assert [path for path, names in imports().items() if library in names] == [module]
