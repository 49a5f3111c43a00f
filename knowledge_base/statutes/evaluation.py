"""How good the search is: recall and reciprocal rank, against BM25 over words in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from knowledge_base.statutes.library import RowId
from knowledge_base.statutes.prepared import Progress, silent
from knowledge_base.statutes.search import Statutes

DEEP, PAGE = 100, 10
Searcher = Callable[[str, int], list[RowId]]


def evaluate(
    statutes: Statutes,
    questions: Sequence[tuple[str, Sequence[RowId]]],
    progress: Progress = silent,
) -> dict[str, Any]:
    """Figures of the ranking and of BM25 over the same questions with their relevant rows."""
    if not questions:
        raise ValueError("there is no question to evaluate on")
    return {
        "questions": len(questions),
        "articles": len(statutes.library),
        "ranking": _measure(statutes.search, questions, "ranking", progress),
        "bm25": _measure(statutes.by_words, questions, "bm25", progress),
    }


def _measure(
    search: Searcher, questions: Sequence[tuple[str, Sequence[RowId]]], step: str, say: Progress
) -> dict[str, float]:
    page, deep, reciprocal, times = 0.0, 0.0, 0.0, []
    for number, (question, relevant) in enumerate(questions):
        if number % 100 == 0:
            say(step, number, len(questions))
        started = time.perf_counter()
        hits = search(question, DEEP)
        times.append((time.perf_counter() - started) * 1000)
        wanted = set(relevant)
        ranks = [rank for rank, hit in enumerate(hits, 1) if hit in wanted]
        page += sum(rank <= PAGE for rank in ranks) / len(wanted)
        deep += len(ranks) / len(wanted)
        reciprocal += next((1 / rank for rank in ranks if rank <= PAGE), 0.0)
    total = len(questions)
    return {
        "mrr_at_10": round(reciprocal / total, 4),
        "recall_at_10": round(page / total, 4),
        "recall_at_100": round(deep / total, 4),
        "median_ms": round(statistics.median(times), 2),
    }
