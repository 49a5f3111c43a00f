"""Somebody may be in danger: the words for it, and a person at once."""

from __future__ import annotations

from actions.base import CaseAction, Outcome, Turn
from actions.context import Parts
from casework.domain.conversation import RiskLevel
from casework.domain.messages import Author, Button, Reply
from casework.safety import safety_words

# How far back the same words are not said again, in lines of the transcript.
_RECENT_LINES = 8


class Crisis(CaseAction):
    action_name = "action_crisis"

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        return help_now(parts, turn)


def help_now(parts: Parts, turn: Turn) -> Outcome:
    """Ask for a person, and say what fits the danger. What was told stays told.

    Orange in a form: the message may answer what was asked, and is kept as the answer. Red: the
    form stops, the draft stays.
    """
    casework = parts.casework
    with casework.store.reading() as work:
        text = work.inbox.turn(turn.message_id).text
        draft = work.drafts.open_for(turn.conversation_id)
        said = [
            line.text
            for line in work.transcript.last(turn.conversation_id, _RECENT_LINES)
            if line.author is Author.BOT
        ]
    found = casework.risk.assess(text)
    level = RiskLevel.RED if RiskLevel.RED in (found.level, turn.risk) else RiskLevel.ORANGE
    words = safety_words(casework.texts, level, found.signals)
    if words in said:
        words = casework.texts.say("crisis.repeat")
    casework.handover.request(turn.conversation_id, turn.message_id, "risk")
    replies = [Reply(words)]
    if level is RiskLevel.RED:
        if draft is not None and draft.facts:
            button = Button(casework.texts.say("crisis.button.continue"), "/resume")
            replies.append(Reply(casework.texts.say("crisis.paused"), (button,)))
    elif turn.active_form and casework.intake.asides.keep_story(
        turn.conversation_id, turn.message_id
    ):
        replies.append(Reply(casework.texts.say("crisis.kept")))
    return Outcome(replies)
