"""A person is wanted (转人工), or no longer waited for."""

from __future__ import annotations

from actions.base import CaseAction, Outcome, Turn
from actions.context import Parts
from casework.domain.messages import Button, Reply
from casework.texts import Texts


class RequestPerson(CaseAction):
    action_name = "action_request_person"

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        return Outcome(
            parts.casework.handover.request(turn.conversation_id, turn.message_id, "asked")
        )


class LeaveQueue(CaseAction):
    action_name = "action_leave_queue"

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        return Outcome(parts.casework.handover.leave_queue(turn.conversation_id))


def noted(texts: Texts) -> Reply:
    """The answer to words that ask nothing, from somebody who waits for a person."""
    leave = Button(texts.say("handover.button.leave_queue"), "/leave_queue")
    return Reply(texts.say("handover.noted"), (leave,))
