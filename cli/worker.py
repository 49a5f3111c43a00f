"""``suqiu worker``: takes up what dead processes left, and delivers what was promised."""

from __future__ import annotations

import click

from casework.bootstrap import build
from casework.logs import configure
from casework.settings import load
from casework.worker import Worker
from channels.wechat.sender import sender_of


@click.command()
def worker() -> None:
    """Run until SIGTERM. The channels' senders are handed to it here."""
    settings = load()
    configure(settings.log_level, settings.log_format, "worker")
    senders = [sender_of(settings)] if settings.wechat_token is not None else []
    Worker(build(settings), senders).run()
