"""Changes to Rasa itself, each with its reason. ``install`` is called once, by the channel.

They hold for rasa 3.6.21, the last open release, whose code will not change under us.
"""

from __future__ import annotations

import functools
from contextvars import ContextVar
from typing import Any

import jsonschema
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.events import Event

# True inside a turn of our channel.
in_turn: ContextVar[bool] = ContextVar("in_turn", default=False)


class ActionFailed(BaseException):
    """An action of the action server could not be run; the turn is void.

    A ``BaseException`` because Rasa swallows every ``Exception`` of an action and goes on predicting
    with its events lost, which can end in "form done" and an empty petition.
    """


@functools.lru_cache(maxsize=1)
def _validator() -> Any:
    schema = RemoteAction.action_response_format_spec()
    return jsonschema.validators.validator_for(schema)(schema)


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Check an answer of the action server against the schema, compiled once.

    Rasa checks the schema itself and compiles it for each answer: 61 % of the time of a form turn.
    """
    error = next(_validator().iter_errors(result), None)
    if error is not None:
        raise error
    return True


_run_action = RemoteAction.run


async def _run(self: RemoteAction, *args: Any, **kwargs: Any) -> list[Event]:
    """Run an action; inside a turn of our channel its failure ends the turn."""
    try:
        return await _run_action(self, *args, **kwargs)
    except ActionExecutionRejection:
        raise
    except Exception as error:
        if in_turn.get():
            raise ActionFailed(self.name()) from error
        raise


def _raise(self: FailSafeTrackerStore, error: Exception) -> None:
    """A conversation that cannot be read or written is an error.

    Rasa would go on with an empty conversation in memory and say hello in the middle of a form.
    """
    raise error


def install() -> None:
    """Apply all changes. Doing it again changes nothing."""
    RemoteAction._validate_action_result = _validate_action_result
    RemoteAction.run = _run
    FailSafeTrackerStore.on_tracker_store_error = _raise
    FailSafeTrackerStore.on_tracker_store_retrieve_error = _raise
