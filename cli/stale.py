"""What `suqiu kb stale` tells: entries and past answers that rely on an older text of the law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from casework.domain.errors import CannotStart
from casework.domain.given import Given
from casework.settings import Settings
from cli import project
from cli.failures import Unusable
from cli.jsonl import emit
from knowledge_base.lawbook import LawBook
from knowledge_base.sources import load as load_sources
from knowledge_base.stale import Change, Changes, StaleEntry, sentence, stale_entries


def tell(settings: Settings, as_json: bool) -> bool:
    """Prints what is stale; whether anything is. Raises ``Unusable`` and ``SourceError``."""
    book = LawBook(settings.data_dir / "statutes")
    if not book.filled():
        raise Unusable("no law texts have been imported yet: run suqiu statutes import")
    changes = Changes(book)
    entries = list(stale_entries(load_sources(project.SOURCES).entries, changes))
    answers = list(_answers(settings, changes))
    if as_json:
        emit({
            "entries": [entry.as_json() for entry in entries],
            "answers": [_as_json(change, read_on, given) for change, read_on, given in answers],
        })  # fmt: skip
    else:
        _print(entries, answers)
    return bool(entries or answers)


Answers = tuple[Change, date, list[Given]]


def _answers(settings: Settings, changes: Changes) -> Iterator[Answers]:
    """The answers given that relied on what has changed since it was read."""
    from casework.bootstrap import build

    try:
        given = build(settings).given_answers
    except CannotStart as error:
        click.echo(f"answers given are not looked at: {error}", err=True)
        return
    for relied in given.relied_on():
        change = changes.since(relied.law, relied.article, relied.read_on)
        if change is not None:
            yield change, relied.read_on, given.citing(relied)


def _as_json(change: Change, read_on: date, given: list[Given]) -> dict[str, Any]:
    return {
        **change.as_json(),
        "read_on": read_on.isoformat(),
        "given": [
            {
                "entry": one.entry_id,
                "conversation": one.conversation_id,
                "message": one.message_id,
                "at": one.at.isoformat(),
            }
            for one in given
        ],
    }


def _print(entries: list[StaleEntry], answers: list[Answers]) -> None:
    for entry in entries:
        click.echo(f"{entry.id} ({entry.jurisdiction}), reviewed {entry.reviewed}")
        for change in entry.changes:
            click.echo(f"  {sentence(change)}")
    for change, read_on, given in answers:
        people = len({one.conversation_id for one in given})
        what = sorted({one.entry_id for one in given})
        click.echo(f"answers given from {', '.join(what)}, as read on {read_on}")
        click.echo(f"  {sentence(change)}")
        click.echo(
            f"  {len(given)} answers in {people} conversations, last on {given[-1].at:%Y-%m-%d}"
        )
    if not entries and not answers:
        click.echo("no entry and no answer given relies on an older text")
