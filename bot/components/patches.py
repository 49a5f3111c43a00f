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


@functools.cache
def _resolve_by_type(type_name: str, default: Any = None) -> Any:
    """The event class of a name, found once: Rasa walks all classes for each event it reads."""
    return _stock_resolve(type_name, default)


_stock_resolve = Event.resolve_by_type
_stock_call_format = RemoteAction._action_call_format


def _action_call_format(self: RemoteAction, tracker: Any, domain: Any) -> dict[str, Any]:
    """What is sent to an action: its events begin with the message being answered.

    Rasa sends the whole history on each call, 0.45 ms more for each turn there was. Our actions
    read facts from casework, and of the history only the latest message and its metadata.
    """
    call = _stock_call_format(self, tracker, domain)
    events = call["tracker"]["events"]
    places = [place for place, event in enumerate(events) if event.get("event") == "user"]
    call["tracker"]["events"] = events[places[-1] :] if places else events
    return call


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
    RemoteAction._action_call_format = _action_call_format
    Event.resolve_by_type = staticmethod(_resolve_by_type)
    FailSafeTrackerStore.on_tracker_store_error = _raise
    FailSafeTrackerStore.on_tracker_store_retrieve_error = _raise
