"""``suqiu bench``: figures, each with its baseline measured in the same run."""

from __future__ import annotations

import click

from cli.bench.citizens import citizens
from cli.bench.statutes import statutes
from cli.bench.turns import turns


@click.group()
def bench() -> None:
    """Measure, with the baseline in the same run."""


bench.add_command(citizens)
bench.add_command(statutes)
bench.add_command(turns)
