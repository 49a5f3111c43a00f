"""``suqiu address``: addresses resolved to province, city, county, street and village."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from casework.adapters.bureau_file import DEMO, load_bureau
from casework.adapters.divisions import around, china
from casework.adapters.work_calendar import WorkCalendar
from casework.domain.addresses import resolve
from casework.domain.divisions import Division, Divisions
from casework.settings import load
from cli.failures import Unusable
from cli.jsonl import emit, run_batch, text_field


@click.command()
@click.argument("text", required=False)
@click.option("--file", "path", help='JSON Lines of {"text"}; - for stdin.')
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def address(text: str | None, path: str | None, as_json: bool) -> None:
    """Resolve the address in TEXT, or in each line of --file.

    Where a bureau file is set (SUQIU_BUREAU_FILE), its own county comes first and its own villages
    are known by code.
    """
    if (text is None) == (path is None):
        raise Unusable("give an address, or --file with one text a line, not both")
    divisions, home = _divisions()

    def work(said: str) -> dict[str, Any]:
        return asdict(resolve(said, divisions, home))

    if path is not None:
        run_batch(path, lambda row: work(text_field(row, "text")))
        return
    assert text is not None  # noqa: S101 - one of the two is given
    found = work(text)
    if as_json:
        emit(found)
        return
    click.echo(" ".join(str(found[key]) for key in ("official", "code", "rest") if found[key]))


def _divisions() -> tuple[Divisions, Division | None]:
    """All divisions, with the bureau's own tree unless it is the one to try things with."""
    settings = load()
    if settings.bureau_file == DEMO:
        return china(), None
    try:
        bureau = load_bureau(settings.bureau_file, WorkCalendar().is_workday)
    except (OSError, ValueError) as error:
        raise Unusable(f"the bureau file cannot be used: {error}") from error
    divisions = around(bureau.place)
    return divisions, divisions.get(bureau.place.code)
