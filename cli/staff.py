"""``suqiu staff``: accounts of the people who work here."""

from __future__ import annotations

import click

from casework.bootstrap import build
from casework.domain.errors import CaseworkError
from casework.domain.people import Role
from casework.settings import load
from cli.failures import Unusable


@click.group()
def staff() -> None:
    """Accounts of lawyers, clerks, supervisors and operators."""


@staff.command()
@click.argument("username")
@click.option("--name", required=True, help="The name that citizens and colleagues see.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
def add(username: str, name: str, role: str) -> None:
    """Make an account and print its first, one-time sign-in. There is no default password."""
    container = build(load())
    try:
        member = container.accounts.add(username, name, Role(role))
        ticket = container.accounts.ticket(member)
    except CaseworkError as error:
        raise Unusable(error.detail) from error
    click.echo(f"{name} ({role}) can sign in once at:")
    click.echo(f"  {container.settings.public_url}/console/first?ticket={ticket}")


@staff.command("list")
def list_accounts() -> None:
    """All accounts, a line each."""
    container = build(load())
    with container.store() as work:
        for member in work.staff.all():
            state = "" if member.active else "  (switched off)"
            click.echo(f"{member.username}\t{member.role}\t{member.name}{state}")


@staff.command()
@click.argument("username")
def ticket(username: str) -> None:
    """Print a new one-time sign-in for an account (a forgotten password)."""
    container = build(load())
    with container.store() as work:
        member = work.staff.by_username(username)
    if member is None:
        raise Unusable(f"there is no account {username}")
    code = container.accounts.ticket(member)
    click.echo(f"{container.settings.public_url}/console/first?ticket={code}")
