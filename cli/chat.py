"""``suqiu chat``: a conversation in the terminal, or a script of one, over the widget's HTTP."""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from cli.builds import build_index, train_model
from cli.chat_client import ChatClient, Turn
from cli.failures import Unusable
from cli.jsonl import emit, read_lines
from cli.setup import say
from cli.system.plan import plan_scratch
from cli.system.supervisor import Supervisor


@click.command()
@click.option("--script", "path", help='One line a turn: text, or {"button": label}; - for stdin.')
@click.option("--json", "as_json", is_flag=True, help="One JSON object a turn, then the matters.")
@click.option("--url", help="A running system; without it one is started in a scratch folder.")
def chat(path: str | None, as_json: bool, url: str | None) -> None:
    """Talk with suqiu through the same path as the channels."""
    with contextlib.ExitStack() as stack:
        address = url or stack.enter_context(scratch_system())
        client = ChatClient(address)
        if path is None:
            _converse(client)
        else:
            _play(client, path, as_json)


@contextlib.contextmanager
def scratch_system(more: Mapping[str, str] | None = None) -> Iterator[str]:
    """A system on free ports, in a folder that is removed afterwards: the gateway's address."""
    train_model(say)
    build_index(say, old_serves=True)
    with tempfile.TemporaryDirectory(prefix="suqiu-") as folder:
        plan = plan_scratch(Path(folder), {"SUQIU_LIMIT_FACTOR": "100", **(more or {})})
        plan.prepare()
        supervisor = Supervisor(plan.services(), plan.log_dir, say)
        supervisor.start()
        try:
            supervisor.wait_healthy()
            yield plan.settings.public_url
        finally:
            supervisor.stop()


def parse_line(line: str) -> tuple[str, str]:
    """``("button", label)`` for a JSON object with a button, else ``("text", line)``."""
    if line.startswith("{"):
        with contextlib.suppress(ValueError):
            value = json.loads(line)
            if isinstance(value, dict) and isinstance(value.get("button"), str):
                return "button", value["button"]
    return "text", line


def _play(client: ChatClient, path: str, as_json: bool) -> None:
    for raw in read_lines(path):
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        if not line.strip():
            continue
        kind, text = parse_line(line)
        turn = client.press(text) if kind == "button" else client.say(text)
        _show(text, turn, as_json)
    matters = client.settled_matters()
    if as_json:
        emit({"matters": matters})
        return
    for matter in matters:
        states = ", ".join(f"{d['to']}: {d['state']}" for d in matter["delivered"])
        click.echo(f"{matter['number']}  {matter['kind']}  {matter['status']}  {states}")


def _show(said: str, turn: Turn, as_json: bool) -> None:
    if as_json:
        emit(_as_object(said, turn))
        return
    click.echo(f"\n> {said}")
    _print(turn)


def _as_object(said: str, turn: Turn) -> dict[str, Any]:
    return {
        "user": said,
        "replies": turn.replies,
        "buttons": turn.buttons,
        "owner": turn.owner,
        "ms": turn.ms,
    }


def _print(turn: Turn) -> None:
    for reply in turn.replies:
        click.echo(reply)
    for number, label in enumerate(turn.buttons, 1):
        click.echo(f"  {number}. {label}")


def _converse(client: ChatClient) -> None:
    """Read lines from the terminal until end of file; a number chooses a button."""
    if not sys.stdin.isatty():
        raise Unusable("this is no terminal; use --script - to read turns from stdin")
    click.echo("直接输入您的问题；输入序号选择选项；Ctrl-D 结束。", err=True)
    while True:
        try:
            line = input("\n> ")
        except EOFError:
            click.echo("")
            return
        if line.strip():
            _print(client.say(line))
