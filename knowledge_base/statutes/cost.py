"""What the search costs as a library grows: time to prepare, to learn, to open, to search; memory.

Each size, and the baseline of each size, is measured in a process of its own, so that one does not
inherit the memory of another.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from knowledge_base.lexical import LexicalIndex
from knowledge_base.statutes.library import Row, read_library
from knowledge_base.statutes.prepared import Prepared, Progress, silent
from knowledge_base.statutes.search import open_statutes
from knowledge_base.text import normalise
from knowledge_base.words import words

SIZES = (1_000, 10_000, 60_000, 250_000)
TOP = 100
_REPEATS = 3


def measure_costs(
    library: Path,
    guidance: Path,
    questions: Sequence[str],
    sizes: Sequence[int] = SIZES,
    progress: Progress = silent,
) -> list[dict[str, Any]]:
    """The figures of each size, ``ranking`` as shipped and ``bm25`` (bm25s over words). Smaller
    sizes draw from the library, larger ones repeat it under other titles. Raises ``SourceError``."""
    rows = read_library(library).rows
    found = []
    for number, size in enumerate(sizes):
        progress("sizes", number, len(sizes))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "articles.jsonl"
            _write(path, resized(rows, size))
            found.append(
                {
                    "articles": size,
                    "ranking": _alone(_ranking, path, guidance, list(questions)),
                    "bm25": _alone(_bm25, path, guidance, list(questions)),
                }
            )
    progress("sizes", len(sizes), len(sizes))
    return found


def resized(rows: Sequence[Row], size: int) -> list[Row]:
    """``size`` articles like those given, in an order that is the same every time."""
    if size <= len(rows):
        return random.Random(size).sample(list(rows), size)  # noqa: S311 - a draw, no secret
    return [
        Row(number, f"{row.law}（{copy}）" if copy else row.law, row.article, row.text, row.date)
        for number, (copy, row) in enumerate(
            (number // len(rows), rows[number % len(rows)]) for number in range(size)
        )
    ]


def _write(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for number, row in enumerate(rows):
            line = {"id": number, "law": row.law, "article": row.article, "text": row.text}
            file.write(json.dumps({**line, "date": row.date}, ensure_ascii=False) + "\n")


def _alone(
    measure: Callable[[Path, Path, list[str]], dict[str, float]],
    path: Path,
    guidance: Path,
    questions: list[str],
) -> dict[str, float]:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (path, guidance, questions))


def _ranking(path: Path, guidance: Path, questions: list[str]) -> dict[str, float]:
    cache = path.parent / "cache"
    library = read_library(path)
    started = time.perf_counter()
    Prepared.open(library, cache)
    prepared = time.perf_counter()
    open_statutes(path, cache, guidance=guidance)
    learned = time.perf_counter()
    statutes = open_statutes(path, cache, guidance=guidance)
    opened = time.perf_counter()
    return {
        "prepare_s": round(prepared - started, 2),
        "learn_s": round(learned - prepared, 2),
        "open_s": round(opened - learned, 2),
        "median_ms": _median(lambda question: statutes.search(question, TOP), questions),
        "disk_mb": round(sum(f.stat().st_size for f in cache.rglob("*") if f.is_file()) / 2**20, 1),
        "peak_mb": _peak(),
    }


def _bm25(path: Path, _guidance: Path, questions: list[str]) -> dict[str, float]:
    rows = read_library(path).rows
    started = time.perf_counter()
    index = LexicalIndex.build([words(f"{row.law}\n{row.text}".lower()) for row in rows])
    prepared = time.perf_counter()

    def search(question: str) -> list[int]:
        return [int(place) for place in index.scores(words(normalise(question))).argsort()[-TOP:]]

    return {
        "prepare_s": round(prepared - started, 2),
        "median_ms": _median(search, questions),
        "peak_mb": _peak(),
    }


def _median(search: Callable[[str], object], questions: list[str]) -> float:
    """Milliseconds of a search in the middle, each question by its best of several tries: what the
    machine does beside it is not what is measured."""
    search(questions[0])
    best = []
    for question in questions:
        times = []
        for _ in range(_REPEATS):
            started = time.perf_counter()
            search(question)
            times.append(time.perf_counter() - started)
        best.append(min(times) * 1000)
    return round(statistics.median(best), 3)


def _peak() -> float:
    """The most memory this process has held, in MB. ``ru_maxrss`` is in KiB, on macOS in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (2**20 if sys.platform == "darwin" else 2**10), 1)
