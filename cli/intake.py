"""``suqiu intake``: a client's story in, the summary and what a lawyer would ask next out."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

import click
import yaml

from casework import intakes
from casework.adapters.bureau_file import load_bureau, standing_values
from casework.adapters.directory_file import load_directory
from casework.adapters.divisions import locator
from casework.adapters.work_calendar import WorkCalendar
from casework.first_reading import FirstReading
from casework.settings import load
from casework.texts import Texts
from cli.failures import Unusable
from cli.jsonl import emit, run_batch, text_field


@click.command()
@click.option("--file", "path", help='JSON Lines of {"id", "narrative"}; - for stdin.')
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for a story on stdin.")
def intake(path: str | None, as_json: bool) -> None:
    """Read stories: a summary, follow-up questions with the most important first, and the way.

    Without --file one story is read from stdin as plain text.
    """
    reading = _reading()
    now = datetime.now(UTC)

    def work(row: dict[str, Any]) -> dict[str, Any]:
        return {"id": row.get("id"), **reading.read(text_field(row, "narrative"), now)}

    if path is not None:
        run_batch(path, work)
        return
    if sys.stdin.isatty():
        raise Unusable("give --file with a story a line, or a story on stdin")
    found = reading.read(sys.stdin.buffer.read().decode("utf-8", "replace"), now)
    if as_json:
        emit(found)
        return
    click.echo(found["summary"]["text"])
    for number, question in enumerate(found["follow_ups"], 1):
        click.echo(f"{number}. {question}")


def _reading() -> FirstReading:
    settings = load()
    try:
        bureau = load_bureau(settings.bureau_file, WorkCalendar().is_workday)
        directory = load_directory(settings.directory_file)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise Unusable(str(error)) from error
    texts = Texts(values=standing_values(bureau, directory))
    return FirstReading(texts, intakes.load(), locate=locator(bureau.place))
