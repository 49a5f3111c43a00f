"""``suqiu bench statutes``: what the search over the statutes costs as the library grows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cli import project
from cli.failures import Unusable, can_write
from cli.jsonl import emit
from cli.setup import say
from knowledge_base.errors import KnowledgeError

_QUESTIONS = 200


def _sizes(_context: click.Context, _parameter: click.Parameter, value: str) -> list[int]:
    try:
        sizes = [int(part) for part in value.split(",")]
    except ValueError:
        sizes = []
    if not sizes or min(sizes) < 1:
        raise click.BadParameter("give numbers of articles, as in 1000,10000")
    return sorted(set(sizes))


@click.command()
@click.option(
    "--library", required=True, type=click.Path(path_type=Path),
    help="JSON Lines of articles (id, law, article, text), or a folder of Markdown law texts.",
)  # fmt: skip
@click.option("--sizes", default="1000,10000,60000,250000", show_default=True, callback=_sizes)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="A page of plots.")
def statutes(library: Path, sizes: list[int], as_json: bool, report: Path | None) -> None:
    """Time and memory of the search at several sizes of the library, beside BM25 (bm25s).

    The questions are those of the guidance.
    """
    from knowledge_base import sources
    from knowledge_base.report.cost import cost_report
    from knowledge_base.statutes.cost import measure_costs

    if report is not None:
        can_write(report)
    try:
        entries = sources.load(project.SOURCES).entries
        step = max(1, len(entries) // _QUESTIONS)
        questions = [entry.question for entry in entries[::step]]
        costs = measure_costs(library, project.SOURCES, questions, sizes, _progress)
    except KnowledgeError as error:
        raise Unusable(str(error)) from error
    if report is not None:
        page = cost_report(costs, len(questions), date.today())  # noqa: DTZ011
        report.write_text(page, encoding="utf-8")
    if as_json:
        emit({"questions": len(questions), "sizes": costs})
        return
    click.echo(f"{'articles':>9} {'ms':>8} {'bm25':>8} {'prepare':>8} {'learn':>8} {'MB':>8}")
    for cost in costs:
        ours, words = cost["ranking"], cost["bm25"]
        figures = (ours["median_ms"], words["median_ms"], ours["prepare_s"], ours["learn_s"])
        line = " ".join(f"{figure:8.2f}" for figure in figures)
        click.echo(f"{cost['articles']:9} {line} {ours['peak_mb']:8.0f}")


def _progress(step: str, done: int, total: int) -> None:
    say(f"statutes: {step} {done}/{total}")
