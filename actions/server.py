"""The action server: rasa-sdk's webhook on loopback, with our actions and nothing of its own.

``python -m actions.server`` reads the settings and listens on 127.0.0.1.
"""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Request, Sanic
from sanic.exceptions import SanicException
from sanic.handlers import ErrorHandler
from sanic.response import HTTPResponse, json

from actions import (
    context,
    quiet,  # before any numeric library
)
from actions.base import CaseAction
from casework import logs, settings
from casework.domain.errors import CannotStart

FEATURES = (
    "greeting",
    "question",
    "consultation",
    "petition",
    "intake",
    "progress",
    "supplement",
    "person",
    "crisis",
    "fallback",
    "privacy",
)


class _SilentErrors(ErrorHandler):
    """The SDK's own handler sends the whole request back, which holds a conversation."""

    def response(self, _request: Request | None, exception: Exception) -> HTTPResponse:
        status = exception.status_code if isinstance(exception, SanicException) else 500
        return json({"error": type(exception).__name__}, status=status)


def executor() -> ActionExecutor:
    """All actions of ``FEATURES``, registered."""
    logging.getLogger("rasa_sdk.executor").setLevel(logging.WARNING)
    made = ActionExecutor()
    for feature in FEATURES:
        module = import_module(f"actions.{feature}")
        for action in vars(module).values():
            if isinstance(action, type) and issubclass(action, CaseAction) and action.action_name:
                made.register_action(action)
    return made


def app() -> Sanic[Any, Any]:
    """The web application, ready to be served by one process."""
    made: Sanic[Any, Any] = create_app(executor(), cors_origins=None)
    quiet.silence_versions()
    made.error_handler = _SilentErrors()
    made.config.ACCESS_LOG = False
    made.config.KEEP_ALIVE_TIMEOUT = 75
    return made


def main() -> int:
    """Serve until a signal comes. Returns 1 where the service cannot start."""
    try:
        loaded = settings.load()
        logs.configure(loaded.log_level, loaded.log_format, "actions")
        context.parts()
    except (CannotStart, settings.SettingsError) as error:
        sys.stderr.write(f"action server: {error}\n")
        return 1
    app().run(
        host="127.0.0.1",
        port=loaded.actions_port,
        single_process=True,
        motd=False,
        access_log=False,
        debug=False,
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
