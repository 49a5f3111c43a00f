"""How good the search over the statutes is, as a page (``suqiu statutes evaluate --report``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from knowledge_base.report import charts
from knowledge_base.report.page import page, percent, words
from knowledge_base.statutes.evaluation import DEEP, PAGE
from knowledge_base.statutes.library import Library, RowId
from knowledge_base.statutes.search import Statutes

DEPTHS = (1, 2, 3, 5, 10, 20, 50, DEEP)
MOST_LAWS = 20
_STEPS = (1, 3, PAGE, DEEP)
# Ranks are shown in the colours of outcomes, the best in the colour of a right answer.
_COLOURS = {1: "answered_right", 3: "choices_right", PAGE: "no_match", DEEP: "out_of_scope", 0: "choices_wrong"}  # fmt: skip
Questions = Sequence[tuple[str, Sequence[RowId]]]


class Recording(Statutes):
    """A search that remembers what it found, so that one run gives the figures and the page."""

    def __init__(self, statutes: Statutes) -> None:
        self._statutes = statutes
        self.prepared, self.ranker = statutes.prepared, statutes.ranker
        self.found: dict[str, list[list[RowId]]] = {"ranking": [], "bm25": []}

    def search(self, question: str, top: int) -> list[RowId]:
        self.found["ranking"].append(self._statutes.search(question, top))
        return self.found["ranking"][-1]

    def by_words(self, question: str, top: int) -> list[RowId]:
        self.found["bm25"].append(self._statutes.by_words(question, top))
        return self.found["bm25"][-1]


def statutes_report(
    figures: dict[str, Any], recorded: Recording, questions: Questions, day: date
) -> str:
    """The page for the figures of ``statutes.evaluation.evaluate`` and what was found for them."""
    say = words()["statutes"]
    found = recorded.found
    recall = {name: [_recall(hits, questions, at) for at in DEPTHS] for name, hits in found.items()}
    names = {step: say["ranks"]["names"][str(step)] for step in (*_STEPS, 0)}
    left_out = figures.get("left_out", 0)
    return page(
        "statutes",
        day,
        lead=say["lead"].format(articles=figures["articles"], questions=figures["questions"]),
        figures=figures,
        left_out=say["left_out"].format(count=left_out) if left_out else "",
        recall=_chart(recall),
        recall_rows=[
            {"at": at, "ranking": recall["ranking"][n], "bm25": recall["bm25"][n]}
            for n, at in enumerate(DEPTHS)
        ],
        ranks=[
            _ranks(say["recall"]["lines"][name], hits, questions, names)
            for name, hits in found.items()
        ],
        rank_names={_COLOURS[step]: text for step, text in names.items()},
        laws=_laws(found, questions, recorded.library),
    )


def _recall(found: list[list[RowId]], questions: Questions, at: int) -> float:
    """The share of the relevant articles among the first ``at`` hits, averaged over the questions."""
    parts = [
        len(set(hits[:at]) & set(relevant)) / len(set(relevant))
        for hits, (_, relevant) in zip(found, questions, strict=True)
    ]
    return sum(parts) / len(parts)


def _chart(recall: dict[str, list[float]]) -> charts.Chart:
    say = words()["statutes"]["recall"]
    return charts.Chart(
        alt=say["alt"],
        x=say["x"],
        y=say["y"],
        rows=charts.percent_rows(),
        columns=charts.depth_columns(DEPTHS),
        lines=[
            charts.curve(
                [
                    (charts.depth(at, DEEP), share, 3)
                    for at, share in zip(DEPTHS, line, strict=True)
                ],
                "" if name == "ranking" else "second",
            )
            for name, line in reversed(recall.items())
        ],
    )


def _ranks(
    title: str, found: list[list[RowId]], questions: Questions, names: dict[int, str]
) -> charts.Bar:
    counts: Counter[int] = Counter()
    for hits, (_, relevant) in zip(found, questions, strict=True):
        wanted = set(relevant)
        rank = next((rank for rank, hit in enumerate(hits, 1) if hit in wanted), 0)
        counts[next((step for step in _STEPS if 0 < rank <= step), 0)] += 1
    parts = {step: counts[step] / len(questions) for step in names}
    label = "，".join(f"{names[step]} {percent(share)}" for step, share in parts.items())
    return charts.Bar(
        title, charts.shares({_COLOURS[step]: share for step, share in parts.items()}), label
    )


def _laws(
    found: dict[str, list[list[RowId]]], questions: Questions, library: Library
) -> list[dict[str, Any]]:
    """The laws most often relevant, and how many of their articles stand on the first page."""
    wanted: Counter[str] = Counter()
    shown: dict[str, Counter[str]] = {name: Counter() for name in found}
    for number, (_, relevant) in enumerate(questions):
        for row in set(relevant):
            law = library.rows[library.positions[row]].law
            wanted[law] += 1
            for name, hits in found.items():
                shown[name][law] += row in hits[number][:PAGE]
    return [
        {"title": law, "count": count, **{name: shown[name][law] / count for name in found}}
        for law, count in wanted.most_common(MOST_LAWS)
    ]
