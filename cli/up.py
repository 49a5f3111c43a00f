"""``suqiu up``: the whole system in the foreground."""

from __future__ import annotations

import signal
import time
from types import FrameType

import click

from casework.domain.people import Role
from cli.builds import build_index, train_model
from cli.failures import Unusable
from cli.setup import say
from cli.system.plan import Plan, plan_here
from cli.system.ports import taken
from cli.system.supervisor import Supervisor

_MOST_RESTARTS = 3
_WINDOW_SECONDS = 600.0


class _Stop(Exception):
    """Somebody asked the system to stop."""


@click.command()
@click.option("--practice/--no-practice", default=True, help="The practice phone (default on).")
@click.option("--receiver", is_flag=True, help="Deliver to the reference receiver, and start it.")
def up(practice: bool, receiver: bool) -> None:
    """Start every process, wait until all are healthy, print the addresses, stop on Ctrl-C."""
    plan = plan_here(practice=practice, receiver=receiver)
    _refuse_taken_ports(plan)
    train_model(say)
    build_index(say, old_serves=True)
    first_sign_in = _prepare(plan)
    supervisor = Supervisor(plan.services(), plan.log_dir, say)
    _stop_on_signals()
    try:
        say(f"Starting; logs are in {plan.log_dir} …")
        supervisor.start()
        supervisor.wait_healthy()
        _announce(plan, first_sign_in)
        _watch(supervisor)
    except (_Stop, KeyboardInterrupt):
        say("Stopping …")
    finally:
        # A second Ctrl-C must not leave half of it running.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        supervisor.stop()
    say("Everything has stopped.")


def _stop_on_signals() -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _Stop

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _refuse_taken_ports(plan: Plan) -> None:
    settings = plan.settings
    wanted = {
        "SUQIU_GATEWAY_PORT": settings.gateway_port,
        "SUQIU_RASA_PORT": settings.rasa_port,
        "SUQIU_ACTIONS_PORT": settings.actions_port,
    }
    if plan.practice:
        wanted["SUQIU_PRACTICE_PORT"] = settings.practice_port
    if plan.receiver:
        wanted["SUQIU_RECEIVER_PORT"] = settings.receiver_port
    for name, port in wanted.items():
        if taken(port):
            raise Unusable(f"port {port} is in use; stop what uses it, or set {name} to another")


def _prepare(plan: Plan) -> str | None:
    """Migrate, and make the first operator's account where there is none: its one-time sign-in."""
    from casework.bootstrap import build

    plan.prepare()
    container = build(plan.settings)
    with container.store() as work:
        staff = work.staff.all()
    if not staff:
        container.accounts.add("admin", "管理员", Role.OPERATOR)
    elif any(not member.must_change_password for member in staff):
        return None
    with container.store() as work:
        operator = work.staff.by_username("admin")
    if operator is None:
        return None
    ticket = container.accounts.ticket(operator)
    return f"{plan.settings.public_url}/console/first?ticket={ticket}"


def _announce(plan: Plan, first_sign_in: str | None) -> None:
    settings = plan.settings
    lines = [
        "",
        "suqiu is up. Ctrl-C stops it.",
        f"  citizens, web      {settings.public_url}/",
        f"  staff              {settings.public_url}/console/",
    ]
    if plan.practice:
        lines.append(f"  practice phone     http://127.0.0.1:{settings.practice_port}/")
    if plan.receiver:
        lines.append(f"  reference receiver http://127.0.0.1:{settings.receiver_port}/")
    if first_sign_in:
        lines.append(f"  first sign-in      {first_sign_in}")
        lines.append("                     (once, within a day; it asks for a password)")
    lines.append("")
    click.echo("\n".join(lines))


def _watch(supervisor: Supervisor) -> None:
    """Stay, and start a part again that ended by itself: citizens are waiting.

    Raises:
        Unusable: a part keeps ending; the message says which and why, the caller stops the rest.
    """
    ends: dict[str, list[float]] = {}
    while True:
        if ended := supervisor.ended():
            name = ended.service.name
            recent = [t for t in ends.get(name, []) if time.monotonic() - t < _WINDOW_SECONDS]
            ends[name] = [*recent, time.monotonic()]
            if len(ends[name]) > _MOST_RESTARTS:
                raise Unusable(
                    f"{name} ended {len(ends[name])} times within ten minutes, so everything is "
                    f"being stopped; its log ({ended.log_file}) ends with:\n{ended.last_words()}"
                )
            say(f"{name} ended with code {ended.exit_code()}; starting it again …")
            supervisor.restart(name)
        time.sleep(0.5)
