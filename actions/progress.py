"""Where a matter stands."""

from __future__ import annotations

from actions.base import CaseAction, Outcome, Turn
from actions.context import Parts
from actions.forms import as_answer


class Progress(CaseAction):
    action_name = "action_progress"

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        answer = as_answer(parts, turn)
        if answer is not None:
            return answer
        replies = parts.casework.progress.look_up(turn.conversation_id, turn.message_id)
        return Outcome(replies, private=True)
