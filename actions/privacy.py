"""The privacy notice, and taking consent back (个人信息保护法 15)."""

from __future__ import annotations

from actions.base import CaseAction, Outcome, Turn
from actions.context import Parts
from actions.forms import as_answer


class Privacy(CaseAction):
    action_name = "action_privacy"

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        answer = as_answer(parts, turn)
        if answer is not None:
            return answer
        casework = parts.casework
        with casework.store.reading() as work:
            text = work.inbox.turn(turn.message_id).text
        if casework.intake.asides.withdraws(text):
            casework.intake.drop(turn.conversation_id)
            return Outcome(casework.consent.withdraw(turn.conversation_id))
        return Outcome(casework.consent.notice())
