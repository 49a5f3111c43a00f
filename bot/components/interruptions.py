"""Lets an interruption in a form reach its rule without asking the form first.

In stock Rasa an active form takes every message, and rules come in only when the form's validator
rejects it: a validator that answers ``SlotSet(x, None)`` would swallow every side question. Here
the intent decides, which the form context chose knowing what had been asked. ``RulePolicy`` is
patched rather than subclassed because Rasa's validators know forms with that very class only.
"""

from __future__ import annotations

from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

# Everything else said in a form is an answer or a command to it (domain/intake.yml).
INTERRUPTIONS = frozenset(
    {
        "choose_entry",
        "consultation",
        "crisis",
        "goodbye",
        "leave_queue",
        "legal_question",
        "menu",
        "out_of_scope",
        "person",
        "petition",
        "privacy",
        "progress",
        "resume",
        "retrieve",
        "supplement",
        "thanks",
    }
)

_stock = RulePolicy._find_action_from_loop_happy_path


def interrupts(tracker: DialogueStateTracker) -> bool:
    """True from an interruption in a form until the form has run again."""
    form = tracker.active_loop_name
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return event.intent.get("name") in INTERRUPTIONS
        if isinstance(event, ActionExecuted) and event.action_name == form:
            return False
    return False


def _find_action(tracker: DialogueStateTracker) -> tuple[Any, Any]:
    if tracker.active_loop_name and interrupts(tracker):
        return None, None
    return _stock(tracker)


def install() -> None:
    """Patch the policy. Doing it again changes nothing."""
    RulePolicy._find_action_from_loop_happy_path = staticmethod(_find_action)
