"""``suqiu redact``: personal data masked, by the code that marks a conversation's messages."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from casework.domain.bureau import CHINA
from casework.domain.redaction import redact as masked
from cli.failures import Unusable
from cli.jsonl import emit, run_batch, text_field


@click.command()
@click.argument("text", required=False)
@click.option("--file", "path", help='JSON Lines of {"text"}; - for stdin.')
@click.option("--json", "as_json", is_flag=True, help="One JSON object, with the spans.")
def redact(text: str | None, path: str | None, as_json: bool) -> None:
    """Mask names, numbers and addresses in TEXT, or in each line of --file."""
    if (text is None) == (path is None):
        raise Unusable("give a text, or --file with one text a line, not both")
    today = datetime.now(CHINA).date()

    def work(said: str) -> dict[str, Any]:
        found = masked(said, today)
        return {"text": found.text, "spans": [asdict(span) for span in found.spans]}

    if path is not None:
        run_batch(path, lambda row: work(text_field(row, "text")))
        return
    assert text is not None  # noqa: S101 - one of the two is given
    if as_json:
        emit(work(text))
    else:
        click.echo(work(text)["text"])
