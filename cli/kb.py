"""``suqiu kb``: the reviewed guidance."""

from __future__ import annotations

import sys

import click

from cli import project
from cli.builds import build_index
from cli.jsonl import emit
from cli.setup import say


@click.group()
def kb() -> None:
    """The guidance: check, build, evaluate."""


@kb.command()
def check() -> None:
    """Check every entry; print what is wrong, a line each. Exit code 1 if anything is."""
    from knowledge_base.check import check as check_sources

    problems = check_sources(project.SOURCES)
    for problem in problems:
        click.echo(str(problem))
    click.echo(f"{len(problems)} problems" if problems else "the guidance is in order")
    sys.exit(1 if problems else 0)


@kb.command()
def build() -> None:
    """Build the index from the sources, unless it matches them already."""
    build_index(say)


@kb.command()
@click.option("--json", "as_json", is_flag=True)
def evaluate(as_json: bool) -> None:
    """Hold paraphrases out and look for their entries: top-1, top-3, MRR, answered, wrong."""
    from knowledge_base.evaluation import evaluate as evaluate_sources

    figures = evaluate_sources(project.SOURCES)
    if as_json:
        emit(figures)
        return
    for name, value in figures.items():
        if not isinstance(value, (dict, list)):
            click.echo(f"{name:24} {value}")
