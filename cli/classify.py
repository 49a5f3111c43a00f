"""``suqiu classify`` and ``suqiu learn``: petitions into categories, questions into topics."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from cli import project
from cli.failures import Unusable
from cli.jsonl import emit, parse, read_lines, run_batch, text_field


@click.group()
def classify() -> None:
    """Sort petitions into categories, questions into topics."""


@click.group()
def learn() -> None:
    """Learn from what the bureau has sorted itself."""


_file = click.option("--file", "path", required=True, help="JSON Lines; - for stdin.")


@classify.command()
@_file
@click.option(
    "--model",
    type=click.Path(path_type=Path),
    help="What `suqiu learn petition` has learned; the usual categories by default.",
)
def petition(path: str, model: Path | None) -> None:
    """Name the category of each petition, {"title", "text"} a line."""
    from knowledge_base.classify.petitions import as_text, open_petitions

    with _sentences():
        found = open_petitions(model, _cache(), project.SOURCES, _say)
    run_batch(path, lambda row: found.sort(_whole(as_text(row))).as_json())


@classify.command()
@_file
def topic(path: str) -> None:
    """Name the topic of each consultation question, {"question"} a line."""
    from knowledge_base.classify.topics import open_topics

    with _sentences():
        found = open_topics(project.SOURCES, _cache(), _say)
    run_batch(path, lambda row: found.sort(text_field(row, "question")).as_json("topic"))


@learn.command("petition")
@_file
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
def learn_petition(path: str, out: Path) -> None:
    """Learn the categories from {"title", "text", "label"} a line, and say how good they are."""
    from knowledge_base.classify.petitions import labelled, learn_petitions
    from knowledge_base.classify.storage import ABOUT

    started = time.monotonic()
    if out.is_dir() and any(out.iterdir()) and not (out / ABOUT).exists():
        raise Unusable(f"{out} is not empty and holds no classifier; name another folder")
    pairs, left_out = [], 0
    for number, row in _rows(path):
        try:
            text, label = labelled(row if isinstance(row, dict) else _fail(row))
            pairs.append((_whole(text), _whole(label)))
        except ValueError as error:
            left_out += 1
            click.echo(f"line {number}: {error}", err=True)
    if not pairs:
        raise Unusable(f"{path} holds no labelled petition")
    with _sentences():
        try:
            counts, figures = learn_petitions(pairs, out, _say)
        except OSError as error:
            raise Unusable(f"cannot write {out}: {error.strerror}") from error
    seconds = round(time.monotonic() - started, 1)
    sorted_counts = dict(counts.most_common())
    emit({"learned": len(pairs), "left_out": left_out, "labels": sorted_counts,
          **figures.as_json(), "seconds": seconds})  # fmt: skip


def _rows(path: str) -> Iterator[tuple[int, dict[str, Any] | ValueError]]:
    for number, line in enumerate(read_lines(path), 1):
        if not line.strip():
            continue
        try:
            yield number, parse(line)
        except ValueError as error:
            yield number, error


def _fail(error: ValueError) -> dict[str, Any]:
    raise error


def _whole(text: str) -> str:
    """The text without halves of characters, which cannot be written as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _cache() -> Path:
    from casework.settings import load

    return load().data_dir / "classifiers"


def _say(step: str, done: int, total: int) -> None:
    click.echo(f"classifier: {step} {done}/{total}", err=True)


@contextmanager
def _sentences() -> Iterator[None]:
    """What cannot be used is said in one sentence."""
    from knowledge_base.errors import KnowledgeError

    try:
        yield
    except KnowledgeError as error:
        raise Unusable(str(error).splitlines()[0]) from error
