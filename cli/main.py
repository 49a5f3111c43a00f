"""The ``suqiu`` command. Each command lives in a module of its own, loaded when it is called."""

from __future__ import annotations

import importlib
import sys

import click

from casework.domain.errors import CannotStart
from casework.logs import configure
from cli.failures import Unusable

#: name -> (module, attribute, one line). A module is imported only for its own command, so that
#: ``suqiu --help`` does not load a vector index.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "address": ("cli.address", "address", "Resolve an address to its divisions and their codes."),
    "ask": ("cli.ask", "ask", "Answer a question from the reviewed guidance."),
    "bench": ("cli.bench", "bench", "Measure, with the baseline in the same run."),
    "calc": ("cli.calc", "calc", "Legal sums and deadlines, with working and articles."),
    "chat": ("cli.chat", "chat", "Hold a conversation through the same path as the channels."),
    "classify": (
        "cli.classify",
        "classify",
        "Sort petitions into categories, questions into topics.",
    ),
    "doctor": ("cli.doctor", "doctor", "Say what is set up, what is missing, and how to mend it."),
    "intake": ("cli.intake", "intake", "Read stories: summary, what to ask next, where to go."),
    "kb": ("cli.kb", "kb", "The guidance: check, build, evaluate."),
    "redact": ("cli.redact", "redact", "Mask personal data in a text or a file of texts."),
    "learn": ("cli.classify", "learn", "Learn from what the bureau has sorted itself."),
    "risk": ("cli.risk", "risk", "The level of danger in a message, as the conversation hears it."),
    "setup": ("cli.setup", "setup", "Train, index and migrate what is not up to date."),
    "staff": ("cli.staff", "staff", "Accounts of lawyers, clerks, supervisors and operators."),
    "statutes": ("cli.statutes", "statutes", "The law texts: import, show, search, learn."),
    "up": ("cli.up", "up", "Start every process, wait until all are healthy, stop on Ctrl-C."),
    "worker": ("cli.worker", "worker", "Run the worker (started by `suqiu up`)."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][2]) for name in self.list_commands(ctx)])


@click.group(cls=LazyGroup)
def cli() -> None:
    """suqiu (诉求): petition intake and public legal service."""


def main() -> None:
    """Run the command; a failure a person can mend is one sentence on stderr and exit code 2."""
    configure("warning")  # to stderr: stdout belongs to results
    try:
        cli(standalone_mode=False)
    except (Unusable, CannotStart) as failure:
        click.echo(f"suqiu: {failure}", err=True)
        sys.exit(2)
    except click.ClickException as failure:
        failure.show()
        sys.exit(failure.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output went away (``suqiu … | head``): nothing is left to say to it.
        sys.stderr.close()
        sys.exit(141)
