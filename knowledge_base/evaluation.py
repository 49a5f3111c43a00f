"""How good the answers are, measured on questions the index has not seen: figures for people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from knowledge_base import term_vectors
from knowledge_base.calibration import Judged, choose_thresholds, judge, outcome
from knowledge_base.corpus import Target, targets_of
from knowledge_base.decision import Thresholds
from knowledge_base.embedder import BUILT_IN, Embedder, Remembering, load
from knowledge_base.sources import load as load_sources
from knowledge_base.trials import MakeEmbedder, Progress, run
from knowledge_base.words import Analyzer

MOST_CONFUSED = 100


def evaluate(
    sources_dir: Path,
    *,
    embedder: str = BUILT_IN,
    progress: Progress | None = None,
    chosen: Callable[[str], bool] | None = None,
) -> dict[str, Any]:
    """Cross-validated figures of the sources: those of held-out paraphrases first, in short
    (``answered`` rightly, ``wrong``, ``choices`` with and without the right entry, ``abstained``),
    then the whole of ``figures``, and which entries are taken for which. With ``chosen`` only of the
    entries whose ids it takes, as if there were no others. Raises ``SourceError`` and
    ``EmbedderError``."""
    sources = load_sources(sources_dir)
    analyzer = Analyzer(sources.lexicon)
    entries = [entry for entry in sources.entries if chosen is None or chosen(entry.id)]
    targets = targets_of(entries)
    with analyzer.remembering():
        maker = embedder_maker(embedder, analyzer)
        judged = judge(run(targets, sources.out_of_scope, analyzer, maker, progress))
    full = figures(judged, choose_thresholds(judged))
    held_out = full["held_out"]
    asked = Counter(item.trial.right for item in judged if item.trial.kind == "held_out")
    return {
        "entries": len(entries),
        "questions": sum(len(target.questions) for target in targets),
        "top_1": held_out["top_1"],
        "top_3": held_out["top_3"],
        "mrr": held_out["mrr"],
        "answered": held_out["answered_right"],
        "wrong": held_out["answered_wrong"],
        "choices": round(held_out["choices_right"] + held_out["choices_wrong"], 4),
        "abstained": round(held_out["no_match"] + held_out["out_of_scope"], 4),
        **full,
        "confusions": [
            {"right": right, "taken": taken, "questions": count, "of": asked[right]}
            for (right, taken), count in confused(judged).most_common(MOST_CONFUSED)
        ],
    }


def embedder_maker(embedder: str, analyzer: Analyzer) -> MakeEmbedder:
    """How the embedder of a set of targets is had: trained on them, or loaded once for all."""
    if embedder == BUILT_IN:
        return lambda targets: term_vectors.train([t.whole for t in targets], analyzer)
    loaded = Remembering(load(embedder, analyzer))

    def same(_: Sequence[Target]) -> Embedder:
        return loaded

    return same


def confused(judged: Sequence[Judged]) -> Counter[tuple[str, str]]:
    """How often another entry came first: (the right one, the one that came first)."""
    return Counter(
        (item.trial.right, item.trial.ids[int(item.probabilities.argmax())])
        for item in judged
        if item.trial.kind == "held_out" and item.place != 1 and item.trial.ids
    )


def figures(judged: Sequence[Judged], thresholds: Thresholds) -> dict[str, Any]:
    """Shares (0 to 1) by kind of trial, by topic, and how far the probabilities can be believed."""
    by_kind: dict[str, list[Judged]] = defaultdict(list)
    by_topic: dict[str, list[Judged]] = defaultdict(list)
    for item in judged:
        by_kind[item.trial.kind].append(item)
        if item.trial.kind == "held_out":
            by_topic[item.trial.topic].append(item)
    return {
        "held_out": _ranking(by_kind["held_out"]) | _outcomes(by_kind["held_out"], thresholds),
        "unknown": _outcomes(by_kind["unknown"], thresholds),
        "not_covered": _outcomes(by_kind["not_covered"], thresholds),
        "out_of_scope": _outcomes(by_kind["out_of_scope"], thresholds),
        "by_topic": {
            topic: _ranking(items) | _outcomes(items, thresholds)
            for topic, items in sorted(by_topic.items())
        },
        "thresholds": thresholds.as_json(),
        "reliability": _reliability(judged),
    }


def _ranking(items: Sequence[Judged]) -> dict[str, Any]:
    places = [item.place for item in items]
    return {
        "top_1": _share(sum(place == 1 for place in places), items),
        "top_3": _share(sum(0 < place <= 3 for place in places), items),
        "mrr": _share(sum(1 / place for place in places if place), items),
    }


def _outcomes(items: Sequence[Judged], thresholds: Thresholds) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    for item in items:
        result = outcome(item, thresholds)
        name = str(result.verdict)
        if name == "answered":
            name = "answered_right" if result.right else "answered_wrong"
        elif name == "choices":
            name = "choices_right" if result.right else "choices_wrong"
        counts[name] += 1
    names = (
        "answered_right",
        "answered_wrong",
        "choices_right",
        "choices_wrong",
        "no_match",
        "out_of_scope",
    )
    return {"questions": len(items)} | {name: _share(counts[name], items) for name in names}


def _reliability(judged: Sequence[Judged]) -> list[dict[str, float]]:
    """Of the best entries given a probability within a tenth, the share that was right."""
    best = np.array([item.probabilities.max(initial=0.0) for item in judged])
    right = np.array([item.place == 1 for item in judged])
    rows = []
    for tenth in range(10):
        inside = (best >= tenth / 10) & (best < (tenth + 1) / 10)
        if inside.any():
            rows.append(
                {
                    "from": tenth / 10,
                    "questions": int(inside.sum()),
                    "said": round(float(best[inside].mean()), 3),
                    "right": round(float(right[inside].mean()), 3),
                }
            )
    return rows


def _share(count: float, items: Sequence[Any]) -> float:
    return round(count / len(items), 4) if items else 0.0
