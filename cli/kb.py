"""``suqiu kb``: the reviewed guidance."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from cli import project
from cli.builds import build_index
from cli.failures import Unusable, can_write
from cli.jsonl import emit
from cli.setup import say


@click.group()
def kb() -> None:
    """The guidance: check, build, evaluate, export, import, stale."""


@kb.command()
def check() -> None:
    """Check every entry; print what is wrong, a line each. Exit code 1 if anything is."""
    from knowledge_base.check import check as check_sources

    problems = check_sources(project.SOURCES)
    for problem in problems:
        click.echo(str(problem))
    click.echo(f"{len(problems)} problems" if problems else "the guidance is in order")
    sys.exit(1 if problems else 0)


_embedder = click.option(
    "--embedder", help="Embedding model: built-in, a folder, or a name; SUQIU_EMBEDDER by default."
)


@kb.command()
@_embedder
def build(embedder: str | None) -> None:
    """Build the index from the sources, unless it matches them and the model already."""
    from casework.settings import load

    build_index(say, embedder=embedder)
    if embedder is not None and load(embedder=embedder).embedder != load().embedder:
        say(f"set SUQIU_EMBEDDER={embedder}, or the next start builds it anew without")


@kb.command()
@click.option("--json", "as_json", is_flag=True)
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="A page of plots.")
@click.option("--record", is_flag=True, help="Keep the figures that make test compares with.")
@_embedder
def evaluate(as_json: bool, report: Path | None, record: bool, embedder: str | None) -> None:
    """Hold paraphrases out and look for their entries: top-1, top-3, MRR, answered, wrong."""
    from casework.settings import load as load_settings
    from knowledge_base.evaluation import evaluate as evaluate_sources
    from knowledge_base.recorded import Recorded, measure_part, shortened
    from knowledge_base.report.guidance import guidance_report
    from knowledge_base.sources import load

    today = date.today()  # noqa: DTZ011
    settings = load_settings() if embedder is None else load_settings(embedder=embedder)
    model = settings.embedder
    with _sentences():
        if report is not None:
            can_write(report)
        figures = evaluate_sources(project.SOURCES, progress=_tell, embedder=model)
        if report is not None:
            page = guidance_report(figures, load(project.SOURCES), today)
            report.write_text(page, encoding="utf-8")
        if record:
            part = measure_part(project.SOURCES, progress=_tell, embedder=model)
            Recorded(today.isoformat(), part, shortened(figures)).write(project.FIGURES)
    if as_json:
        emit(figures)
        return
    for name, value in figures.items():
        if not isinstance(value, (dict, list)):
            click.echo(f"{name:24} {value}")


@kb.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
def export(path: Path) -> None:
    """Write the guidance, the hotlines and the lexicon into the workbook PATH (xlsx)."""
    from knowledge_base.sheet.export import export as write

    with _sentences():
        counts = write(project.SOURCES, path)
    click.echo(", ".join(f"{count} {name}" for name, count in counts.items()))


@kb.command("import")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--delete", is_flag=True, help="Entries missing from the workbook are removed.")
@click.option("--force", is_flag=True, help="Overwrite what has changed since the export.")
def import_(path: Path, delete: bool, force: bool) -> None:
    """Bring the guidance to what the workbook PATH says: all of it, or nothing."""
    from knowledge_base.sheet.importing import take_in

    with _sentences():
        taken = take_in(project.SOURCES, path, delete=delete, force=force)
    for sentence in [*taken.problems, *taken.warnings]:
        click.echo(sentence, err=True)
    if taken.problems:
        raise Unusable(f"nothing was written: {len(taken.problems)} things are wrong in {path}")
    click.echo(f"{taken.added} entries added, {taken.changed} changed, {taken.removed} removed")
    for name in taken.files:
        lost = " (its comments are gone: a workbook holds none)"
        click.echo(f"  {name}{lost if name in taken.comments_lost else ''}")
    if taken.files:
        click.echo("run suqiu kb build to serve it")


@kb.command()
@click.option("--json", "as_json", is_flag=True)
def stale(as_json: bool) -> None:
    """List entries and past answers whose law has a newer text by now. Exit code 1 if any has."""
    from casework.settings import load
    from cli.stale import tell

    with _sentences():
        found = tell(load(), as_json)
    sys.exit(1 if found else 0)


def _tell(step: str, done: int, total: int) -> None:
    say(f"  {step} {done}/{total}")


@contextmanager
def _sentences() -> Iterator[None]:
    """What cannot be used is said in one sentence."""
    from knowledge_base.errors import KnowledgeError

    try:
        yield
    except KnowledgeError as error:
        raise Unusable(str(error).splitlines()[0]) from error
    except OSError as error:
        raise Unusable(f"cannot write {error.filename}: {error.strerror}") from error
