"""``suqiu bench citizens``: conversations held to their end, and how many questions they took."""

from __future__ import annotations

import statistics
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click

from cli import project
from cli.bench.playing.person import Person, load
from cli.bench.playing.player import Life, live
from cli.bench.playing.verdict import misplaced, wrong
from cli.chat import scratch_system
from cli.chat_client import ChatClient
from cli.jsonl import emit
from cli.setup import say

SHIPPED = project.ROOT / "tests" / "e2e" / "citizens"
AT_ONCE = 4


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--from", "folder", default=SHIPPED, type=Path, help="A folder of citizens (YAML).")
@click.option("--url", help="A running system; without it one is started in a scratch folder.")
def citizens(as_json: bool, folder: Path, url: str | None) -> None:
    """How many citizens end in the right matter with all they told, and the questions asked."""
    people = load(folder)
    if url:
        lives = talk(people, url)
    else:
        with scratch_system({"SUQIU_LIMIT_FACTOR": "100000"}) as address:
            say(f"{len(people)} citizens …")
            lives = talk(people, address)
    figures = sum_up(lives)
    if as_json:
        emit(figures)
        return
    for name, found in figures["wrong"].items():
        click.echo(f"{name}: {'; '.join(found)}")
    click.echo(
        f"{figures['right']} of {figures['citizens']} ended right; questions asked: "
        f"median {figures['median_questions']}, most {figures['most_questions']}"
    )


def talk(people: list[Person], url: str) -> list[Life]:
    """All of them talk to the system at ``url``, a few at a time."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda person: live(person, ChatClient(url)), people))


def sum_up(lives: list[Life]) -> dict[str, Any]:
    """The figures. Who left without handing anything over is not counted for the questions."""
    counts = [len(life.questions) for life in lives if life.person.kind]
    faults = {life.person.name: found for life in lives if (found := wrong(life))}
    return {
        "citizens": len(lives),
        "right": len(lives) - len(faults),
        "median_questions": statistics.median(counts) if counts else None,
        "most_questions": max(counts, default=None),
        "questions": dict(sorted(Counter(counts).items())),
        "misplaced": sum(bool(misplaced(life)) for life in lives),
        "wrong": faults,
    }
