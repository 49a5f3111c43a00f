"""``suqiu calc``: the legal calculators, with their working and the articles they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import click

from casework.calculations import as_said
from casework.domain.bureau import CHINA
from casework.domain.calculators import CALCULATORS, BadInput, calculate, spec
from casework.texts import Texts
from cli.failures import Unusable
from cli.jsonl import emit, run_batch


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("name", required=False)
@click.argument("pairs", nargs=-1, type=click.UNPROCESSED)
@click.option("--file", "path", help='JSON Lines of {"calculator", …inputs}; - for stdin.')
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--list", "as_list", is_flag=True, help="The calculators and what each one takes.")
def calc(
    name: str | None, pairs: tuple[str, ...], path: str | None, as_json: bool, as_list: bool
) -> None:
    """Work out NAME from inputs given as --KEY VALUE, such as: calc compensation --wage 6000 --years 3.5"""
    today = datetime.now(CHINA).date()
    if as_list:
        _list(name, as_json)
    elif path is not None:
        if name is not None:
            raise Unusable("give a calculator with its inputs, or --file, not both")
        run_batch(path, lambda row: _work(row, today))
    elif name is None:
        raise Unusable("give a calculator (see --list), or --file with one object a line")
    else:
        try:
            result = calculate(name, _inputs(pairs), today)
        except BadInput as bad:
            raise Unusable(str(bad)) from bad
        if as_json:
            emit(result.as_json())
        else:
            click.echo(as_said(result, Texts()))


def _inputs(pairs: Sequence[str]) -> dict[str, str]:
    """``--key value --other=value`` as a mapping. Raises ``Unusable`` for anything else."""
    found: dict[str, str] = {}
    rest = list(pairs)
    while rest:
        key = rest.pop(0)
        if not key.startswith("--") or len(key) < 3:
            raise Unusable(f"expected --KEY VALUE, not {key!r}")
        key, given, value = key[2:].partition("=")
        if not given:
            if not rest:
                raise Unusable(f"--{key} needs a value")
            value = rest.pop(0)
        found[key] = value
    return found


def _work(row: dict[str, Any], today: date) -> dict[str, Any]:
    given = dict(row)
    name = given.pop("calculator", None)
    if not isinstance(name, str):
        raise ValueError('"calculator" must be a string')
    row_id = given.pop("id", None)
    result = calculate(name, given, today).as_json()
    return result if row_id is None else {"id": row_id, **result}


def _list(name: str | None, as_json: bool) -> None:
    try:
        found = [spec(one) for one in ([name] if name else CALCULATORS)]
    except BadInput as bad:
        raise Unusable(str(bad)) from bad
    for one in found:
        if as_json:
            inputs = [
                {
                    "name": i.name,
                    "kind": i.kind,
                    "label": i.label,
                    "required": i.required,
                    "example": i.example,
                    "choices": dict(i.choices),
                }
                for i in one.inputs.values()
            ]
            emit({"calculator": one.name, "title": one.title, "about": one.about, "inputs": inputs})
            continue
        click.echo(f"{one.name}  {one.title}：{one.about}")
        for i in one.inputs.values():
            mark = "*" if i.required else " "
            click.echo(f"  {mark} --{i.name:16} {i.label} [{i.kind}] {i.example}")
            if name:
                for value, label in i.choices.items():
                    click.echo(f"        {value:28} {label}")
