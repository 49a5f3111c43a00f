"""Something more about a matter that was handed over already."""

from __future__ import annotations

from actions.base import CaseAction, Outcome, Turn
from actions.context import Parts
from casework.domain.messages import Reply


class Supplement(CaseAction):
    """Asks for the matter and the words, reads them back, and adds them once they are confirmed."""

    action_name = "action_supplement"

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        casework = parts.casework
        if turn.active_form:
            return Outcome([Reply(casework.texts.say("supplement.in_form"))])
        replies = casework.supplements.hear(turn.conversation_id, turn.message_id)
        return Outcome(replies, private=True)
