"""Greeting, menu, thanks and goodbye."""

from __future__ import annotations

from actions.base import CaseAction, Outcome, Turn
from actions.context import Parts
from actions.forms import as_answer
from casework.domain.messages import Button, Reply
from casework.texts import Texts

_MENU = ("consultation", "petition", "progress", "person", "privacy")


class Menu(CaseAction):
    """What the assistant can do, with a button for each; first of all an unfinished draft."""

    action_name = "action_menu"

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        answer = as_answer(parts, turn)
        if answer is not None:
            return answer
        texts = parts.casework.texts
        key = "greeting.hello" if turn.intent == "greet" else "greeting.menu"
        if turn.active_form:
            return Outcome([Reply(texts.say(f"{key}_in_form"))])
        buttons = menu(texts)
        with parts.casework.store.reading() as work:
            draft = work.drafts.open_for(turn.conversation_id)
        if draft is not None and draft.facts:
            buttons = (Button(texts.say("greeting.button.resume"), "/resume"), *buttons)
        elif draft is None and key == "greeting.menu":
            buttons = (*buttons, Button(texts.say("intake.button.retrieve"), "/retrieve"))
        return Outcome([Reply(texts.say(key), buttons)])


class Thanks(CaseAction):
    action_name = "action_thanks"

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        texts = parts.casework.texts
        key = "greeting.thanks" if turn.intent == "thanks" else "greeting.anything_else"
        button = Button(texts.say("greeting.button.menu"), "/menu")
        return Outcome([Reply(texts.say(key), () if turn.active_form else (button,))])


class Goodbye(CaseAction):
    action_name = "action_goodbye"

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        with parts.casework.store.reading() as work:
            draft = work.drafts.open_for(turn.conversation_id)
        key = "greeting.goodbye_kept" if draft is not None else "greeting.goodbye"
        return Outcome([Reply(parts.casework.texts.say(key))])


def menu(texts: Texts) -> tuple[Button, ...]:
    return tuple(Button(texts.say(f"greeting.button.{name}"), f"/{name}") for name in _MENU)
