"""``suqiu risk``: the level of danger in a message, exactly as the conversation hears it."""

from __future__ import annotations

from typing import Any

import click

from cli.failures import Unusable
from cli.jsonl import emit, run_batch, text_field


@click.command()
@click.argument("text", required=False)
@click.option("--file", "path", help="JSON Lines with a text each; - for stdin.")
def risk(text: str | None, path: str | None) -> None:
    """Assess TEXT, or each line of --file: level and signals, one JSON object a text."""
    if (text is None) == (path is None):
        raise Unusable("give a text, or --file with one text a line, not both")
    from casework.bootstrap import risk_assessor
    from casework.settings import load

    assessor = risk_assessor(load())

    def assess(said: str) -> dict[str, Any]:
        found = assessor.assess(said)
        return {"level": found.level.value, "signals": list(found.signals)}

    if path is not None:
        run_batch(path, lambda row: assess(text_field(row, "text")))
        return
    assert text is not None  # noqa: S101 - one of the two is given
    emit(assess(text))
