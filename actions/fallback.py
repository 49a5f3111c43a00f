"""What nobody can help with here, and words of a form said when there is none."""

from __future__ import annotations

from actions import person
from actions.base import CaseAction, Outcome, Turn
from actions.context import Parts
from actions.forms import as_answer
from actions.greeting import menu
from casework.domain.conversation import Owner
from casework.domain.messages import Reply


class Fallback(CaseAction):
    action_name = "action_fallback"

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        answer = as_answer(parts, turn)
        if answer is not None:
            return answer
        texts = parts.casework.texts
        with parts.casework.store.reading() as work:
            waits = work.conversations.get(turn.conversation_id).owner is Owner.WAITING
        if waits and not turn.active_form:
            return Outcome([person.noted(texts)])
        key = "fallback.out_of_scope" if turn.intent == "out_of_scope" else "fallback.nothing_open"
        return Outcome([Reply(texts.say(key), () if turn.active_form else menu(texts))])
