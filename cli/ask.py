"""``suqiu ask``: the words the bot would send, for one question or a file of them."""

from __future__ import annotations

import time
from typing import Any

import click

from casework.bootstrap import danger_words
from casework.settings import load
from cli.builds import build_index
from cli.failures import Unusable
from cli.jsonl import emit, run_batch, text_field
from cli.setup import say
from knowledge_base.answer import Answer
from knowledge_base.service import Guidance


@click.command()
@click.argument("text", required=False)
@click.option("--file", "path", help="JSON Lines with a question each; - for stdin.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a question.")
@click.option("--jurisdiction", help="Administrative code; the bureau's own by default.")
def ask(text: str | None, path: str | None, as_json: bool, jurisdiction: str | None) -> None:
    """Answer TEXT, or each line of --file, from the reviewed guidance."""
    if (text is None) == (path is None):
        raise Unusable("give a question, or --file with one question a line, not both")
    settings = load()
    place = jurisdiction or settings.jurisdiction
    build_index(lambda line: None if line.endswith("up to date") else say(line), old_serves=True)
    guidance = Guidance.open(settings.index_dir, danger=danger_words(settings))

    def answer(question: str) -> tuple[Answer, dict[str, Any]]:
        started = time.perf_counter()
        found = guidance.ask(question, place)
        ms = round((time.perf_counter() - started) * 1000, 3)
        return found, {**found.as_json(), "question": question, "ms": ms}

    if path is not None:
        run_batch(path, lambda row: answer(text_field(row, "question"))[1])
        return
    assert text is not None  # noqa: S101 - one of the two is given
    found, as_object = answer(text)
    if as_json:
        emit(as_object)
        return
    click.echo(as_said(found))


def as_said(answer: Answer) -> str:
    """The answer as a person reads it: the entry itself, or the words and the choices."""
    lines, others = [answer.message], answer.entries
    if answer.outcome == "answered":
        lines, others = [answer.entries[0].text], answer.entries[1:]
    return "\n".join([*lines, *(f"  {n}. {e.title}" for n, e in enumerate(others, 1))])
