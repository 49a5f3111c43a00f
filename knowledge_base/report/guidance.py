"""How good the answers are, as a page (``suqiu kb evaluate --report``)."""

from __future__ import annotations

from datetime import date
from typing import Any

from knowledge_base.report import charts
from knowledge_base.report.page import page, percent, words
from knowledge_base.sources import Sources

MOST_CONFUSIONS = 40


def guidance_report(figures: dict[str, Any], sources: Sources, day: date) -> str:
    """The page for the figures of ``evaluation.evaluate`` over these sources."""
    say = words()["guidance"]
    titles = {entry.id: entry.question for entry in reversed(sources.entries)}
    held_out = figures["held_out"]
    return page(
        "guidance",
        day,
        lead=say["lead"].format(
            entries=figures["entries"], questions=figures["questions"], asked=held_out["questions"]
        ),
        figures=figures,
        kinds=[_kind(title, figures[kind]) for kind, title in say["kinds"]["names"].items()],
        topics=sorted(
            (
                {**row, "title": sources.topics.get(topic, topic)}
                for topic, row in figures["by_topic"].items()
            ),
            key=lambda row: row["top_1"],
        ),
        reliability=_reliability(figures["reliability"]),
        confusions=[
            {
                **row,
                "right_title": titles.get(row["right"], row["right"]),
                "taken_title": titles.get(row["taken"], row["taken"]),
            }
            for row in figures["confusions"][:MOST_CONFUSIONS]
        ],
    )


def _kind(title: str, row: dict[str, Any]) -> charts.Bar:
    names = words()["guidance"]["outcomes"]
    parts = {name: row[name] for name in names}
    label = "，".join(f"{names[name]} {percent(share)}" for name, share in parts.items() if share)
    return charts.Bar(title, charts.shares(parts), label, row["questions"])


def _reliability(rows: list[dict[str, Any]]) -> charts.Chart:
    say = words()["guidance"]["reliability"]
    most = max((row["questions"] for row in rows), default=1)
    points = [(row["said"], row["right"], 3 + 7 * (row["questions"] / most) ** 0.5) for row in rows]
    return charts.Chart(
        alt=say["alt"].format(count=len(rows)),
        x=say["x"],
        y=say["y"],
        rows=charts.percent_rows(),
        columns=charts.percent_columns(),
        lines=[charts.curve(points)] if points else [],
        even=True,
    )
