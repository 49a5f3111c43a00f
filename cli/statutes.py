"""``suqiu statutes``: the texts of the laws, and the search over them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from cli import project
from cli.failures import Unusable, can_write
from cli.jsonl import emit, parse, read_lines, run_batch, text_field

_library = click.option(
    "--library", required=True, type=click.Path(path_type=Path),
    help="JSON Lines of articles (id, law, article, text), or a folder of Markdown law texts.",
)  # fmt: skip
_model = click.option(
    "--model", type=click.Path(path_type=Path), help="A ranking that has learned."
)
MOST_HITS = 1000


@click.group()
def statutes() -> None:
    """The texts of the laws: import, show, search, learn, evaluate."""


@statutes.command("import")
@click.argument("path", type=click.Path(path_type=Path))
def import_(path: Path) -> None:
    """Take in law texts: a folder of Markdown, or JSON Lines of articles."""
    from knowledge_base.lawbook import LawBook
    from knowledge_base.statutes.shelf import Shelf

    with _sentences():
        folder = _data_dir() / "statutes"
        found = Shelf(folder).take_in(path)
        LawBook(folder).prepare()
    click.echo(f"{found['laws']} laws, {found['versions']} versions, {found['articles']} articles")
    for status in ("in_force", "amended", "repealed", "unknown"):
        if found.get(status):
            click.echo(f"  {status:10} {found[status]}")


@statutes.command()
@click.argument("law")
@click.argument("article")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The version of that day.")
@click.option("--json", "as_json", is_flag=True)
def show(law: str, article: str, day: Any, as_json: bool) -> None:
    """Show ARTICLE (47, 26之一, 第四十七条第二款, 42条1项) of LAW."""
    from knowledge_base.statutes.shelf import Shelf

    with _sentences():
        found = Shelf(_data_dir() / "statutes").show(law, article, day.date() if day else None)
    if as_json:
        emit(found)
        return
    click.echo(f"《{found['law']}》{found['article']} ({found['version']}, {found['status']})")
    click.echo(found["text"])


@statutes.command()
@_library
@click.option("--file", "path", required=True, help="JSON Lines with a question each; - for stdin.")
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, MOST_HITS))
@_model
def search(library: Path, path: str, top: int, model: Path | None) -> None:
    """Find the articles that answer each question of --file."""
    found = _open(library, model)

    def answer(row: dict[str, Any]) -> dict[str, Any]:
        question = text_field(row, "question")
        started = time.perf_counter()
        hits = found.search(question, top)
        ms = round((time.perf_counter() - started) * 1000, 3)
        return {"id": row.get("id"), "hits": hits, "ms": ms}

    run_batch(path, answer)


@statutes.command()
@_library
@click.option("--file", "path", required=True, help='JSON Lines of {"question", "relevant"}.')
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
def learn(library: Path, path: str, out: Path) -> None:
    """Learn the ranking from answered questions, on top of what the guidance teaches."""
    from knowledge_base.statutes import storage
    from knowledge_base.statutes.library import read_library
    from knowledge_base.statutes.prepared import Prepared
    from knowledge_base.statutes.search import learn as learn_ranking
    from knowledge_base.statutes.search import own_lessons

    started = time.monotonic()
    if out.exists() and any(out.iterdir()) and not (out / storage.ABOUT).exists():
        raise Unusable(f"{out} is not empty and holds no learned ranking; name another folder")
    with _sentences():
        prepared = Prepared.open(read_library(library), _cache(), _say)
        lessons, problems = own_lessons(_rows(path), prepared.library)
        for problem in problems:
            click.echo(problem, err=True)
        if not lessons:
            raise Unusable(f"{path} holds no answered question of this library")
        ranker = learn_ranking(prepared, project.SOURCES, lessons, _say)
        if ranker is not None:
            try:
                storage.save(ranker, out, {"own": len(lessons), "left_out": len(problems)})
            except OSError as error:
                raise Unusable(f"cannot write {out}: {error.strerror}") from error
    seconds = round(time.monotonic() - started, 1)
    emit({"learned": len(lessons), "left_out": len(problems), "seconds": seconds})


@statutes.command()
@_library
@click.option("--questions", "path", required=True, help='JSON Lines of {"question", "relevant"}.')
@_model
@click.option("--json", "as_json", is_flag=True)
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="A page of plots.")
def evaluate(
    library: Path, path: str, model: Path | None, as_json: bool, report: Path | None
) -> None:
    """Recall and reciprocal rank on answered questions, with BM25 in the same run."""
    from knowledge_base.report.statutes import Recording, statutes_report
    from knowledge_base.statutes.evaluation import evaluate as measure
    from knowledge_base.statutes.search import own_lessons

    if report is not None:
        can_write(report)
    found = Recording(_open(library, model))
    lessons, problems = own_lessons(_rows(path), found.library)
    if not lessons:
        raise Unusable(f"{path} holds no answered question of this library")
    rows = found.library.rows
    asked = [(x.question, [rows[place].id for place in x.places]) for x in lessons]
    figures = {**measure(found, asked, _say), "left_out": len(problems)}
    if report is not None:
        page = statutes_report(figures, found, asked, date.today())  # noqa: DTZ011
        try:
            report.write_text(page, encoding="utf-8")
        except OSError as error:
            raise Unusable(f"cannot write {report}: {error.strerror}") from error
    if as_json:
        emit(figures)
        return
    click.echo(f"{figures['questions']} questions over {figures['articles']} articles")
    click.echo(f"{'':10} {'MRR@10':>8} {'R@10':>8} {'R@100':>8} {'ms':>8}")
    for name in ("ranking", "bm25"):
        click.echo(f"{name:10} " + " ".join(f"{value:8.3f}" for value in figures[name].values()))


def _rows(path: str) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(read_lines(path), 1):
        if line.strip():
            try:
                rows.append(parse(line))
            except ValueError as error:
                click.echo(f"line {number}: {error}", err=True)
    return rows


def _open(library: Path, model: Path | None) -> Any:
    from knowledge_base.statutes.search import open_statutes

    with _sentences():
        return open_statutes(library, _cache(), _say, model=model, guidance=project.SOURCES)


def _data_dir() -> Path:
    from casework.settings import load

    return load().data_dir


def _cache() -> Path:
    return _data_dir() / "statutes" / "cache"


def _say(step: str, done: int, total: int) -> None:
    click.echo(f"statutes: {step} {done}/{total}", err=True)


@contextmanager
def _sentences() -> Iterator[None]:
    """What cannot be used is said in one sentence."""
    from knowledge_base.errors import KnowledgeError

    try:
        yield
    except KnowledgeError as error:
        raise Unusable(str(error).splitlines()[0]) from error
