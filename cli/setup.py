"""``suqiu setup``: train, index and migrate whatever is not up to date."""

from __future__ import annotations

import click

from cli.builds import build_index, learn_risk, train_model


def say(line: str) -> None:
    """Progress goes to stderr: stdout belongs to results."""
    click.echo(line, err=True)


@click.command()
@click.option("--no-data", is_flag=True, help="Only the model and the index; touch no data.")
def setup(no_data: bool) -> None:
    """Train, index and migrate what is not up to date. Doing it twice does nothing."""
    train_model(say)
    build_index(say)
    learn_risk(say)
    if not no_data:
        from casework.bootstrap import prepare
        from casework.settings import load

        prepare(load())
        say("database: up to date")
