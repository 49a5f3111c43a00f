"""Legal questions: what the reviewed guidance says, and what to do when it says nothing.

The question is read word for word from the inbox and goes to the guidance only; nothing personal
is written down.
"""

from __future__ import annotations

from actions import crisis, figures, forms, guidance, person, pieces
from actions.base import CaseAction, Outcome, Turn
from actions.context import Parts
from casework.domain.conversation import Conversation, Owner
from casework.domain.messages import Button, Reply
from casework.domain.ownership import DANGER
from knowledge_base.errors import UnknownEntry


class AnswerQuestion(CaseAction):
    action_name = "action_answer_question"

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        with parts.casework.store.reading() as work:
            text = work.inbox.turn(turn.message_id).text
            conversation = work.conversations.get(turn.conversation_id)
        asides = parts.casework.intake.asides
        if not turn.active_form:
            wanted = asides.wanted_by(text)
            if wanted is not None:
                return forms.begin(parts, turn, wanted)
        elif asides.repeated(
            turn.conversation_id, turn.message_id
        ) or parts.casework.intake.pieces.goes_on(turn.conversation_id, turn.message_id):
            kept = asides.keep(turn.conversation_id, turn.message_id)
            if kept is not None:
                return Outcome(kept.step.ack, private=True)
        answer = pieces.answer(parts, turn, text)
        in_danger = _waits_in_danger(conversation)
        if answer is None:
            return Outcome([_goes_on(parts, turn, conversation)])
        outcome = answer.outcome
        if outcome == "crisis":
            return crisis.help_now(parts, turn)
        worked_out = () if in_danger else figures.worked_out(parts, text)
        if outcome == "answered":
            return figures.before(worked_out, guidance.answered(parts, turn, answer))
        if outcome == "choices":
            ways = _ways_on(parts, turn, outcome)
            return figures.before(worked_out, guidance.choices(parts, answer, ways))
        unheard = outcome == "unavailable" and asides.sounds_asking(text)
        # What nobody can answer is most likely the answer that was asked for.
        if turn.active_form and not unheard:
            kept = asides.keep(turn.conversation_id, turn.message_id)
            if kept is not None and kept.told:
                return Outcome([*worked_out, *kept.step.ack], private=True)
        if in_danger:
            return Outcome([Reply(parts.casework.texts.say("crisis.repeat"))])
        if worked_out and outcome != "unavailable":
            return figures.alone(worked_out, _ways_on(parts, turn, "no_match"))
        if conversation.owner is Owner.WAITING and outcome != "unavailable":
            return Outcome([person.noted(parts.casework.texts)])
        return figures.before(worked_out, Reply(answer.message, _ways_on(parts, turn, outcome)))


class ChooseEntry(CaseAction):
    """Shows the entry that was chosen among several."""

    action_name = "action_choose_entry"

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        entry_id = str(turn.entities.get("entry"))
        try:
            entry = parts.guidance().entry(entry_id, parts.casework.settings.jurisdiction)
        except UnknownEntry:
            text = parts.casework.texts.say("question.gone")
            return Outcome([Reply(text, _ways_on(parts, turn, "no_match"))])
        guidance.shown(parts, turn, entry)
        return Outcome([Reply(entry.text, guidance.next_steps(parts, turn, entry))])


def _ways_on(parts: Parts, turn: Turn, outcome: str) -> tuple[Button, ...]:
    texts = parts.casework.texts
    person = Button(texts.say("question.button.person"), "/person")
    if turn.active_form:
        return (person,)
    ways = ("menu",) if outcome == "out_of_scope" else ("consultation", "petition")
    return (*(Button(texts.say(f"question.button.{way}"), f"/{way}") for way in ways), person)


def _goes_on(parts: Parts, turn: Turn, conversation: Conversation) -> Reply:
    """The answer to a piece of something that was answered already."""
    texts = parts.casework.texts
    if _waits_in_danger(conversation):
        return Reply(texts.say("crisis.repeat"))
    if conversation.owner is Owner.WAITING:
        return person.noted(texts)
    return Reply(texts.say("question.go_on"), _ways_on(parts, turn, "no_match"))


def _waits_in_danger(conversation: Conversation) -> bool:
    return conversation.risk in DANGER and not conversation.risk_confirmed_by
