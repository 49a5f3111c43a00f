"""What both intakes share: beginning, answering, asking and submitting, as Rasa's forms want it."""

from __future__ import annotations

from typing import ClassVar

from rasa_sdk.events import ActiveLoop, SlotSet

from actions import guidance
from actions.base import CaseAction, Outcome, Turn
from actions.context import Parts
from casework.domain.draft import Stage
from casework.domain.errors import NothingToSubmit
from casework.domain.matter import MatterKind
from casework.domain.messages import Button, Reply
from casework.texts import Texts

# Messages that answer what the form asks. Every other intent is an interruption with a rule of its
# own: Rasa calls the validator for it too, which must then do nothing.
ANSWERS = frozenset(
    {"inform", "affirm", "deny", "skip", "why", "go_back", "correct", "review", "pause", "cancel"}
)


def as_answer(parts: Parts, turn: Turn) -> Outcome | None:
    """What an interruption says if it turns out to answer the question that a form asks."""
    asides = parts.casework.intake.asides
    if not turn.active_form or asides.interrupts(
        turn.conversation_id, turn.message_id, turn.intent
    ):
        return None
    kept = asides.keep(turn.conversation_id, turn.message_id)
    return None if kept is None else Outcome(kept.step.ack, private=True)


def begin(parts: Parts, turn: Turn, kind: MatterKind) -> Outcome:
    """Begin an intake from an action that no rule follows with the form: it is made active here."""
    step = parts.casework.intake.begin(turn.conversation_id, turn.message_id, kind)
    events = [*unset(kind), ActiveLoop(f"{kind.value}_form")]
    return Outcome(step.ack, events, private=True)


class Begin(CaseAction):
    """Starts the intake, or takes the open one up again."""

    kind: ClassVar[MatterKind]

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        step = parts.casework.intake.begin(turn.conversation_id, turn.message_id, self.kind)
        return Outcome(step.ack, unset(self.kind), private=True)

    def failed(self) -> Outcome:
        return Outcome(super().failed().replies, unset(self.kind))


class Validate(CaseAction):
    """Passes an answer to the intake. On failure every slot stays unset: nothing is submitted."""

    kind: ClassVar[MatterKind]

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        if turn.intent not in ANSWERS:
            return Outcome()
        intake = parts.casework.intake
        if turn.intent == "inform" and intake.asides.asks(turn.conversation_id, turn.message_id):
            answered = guidance.aside(parts, turn)
            if answered is not None:
                return Outcome(answered, private=True)
        step = intake.answer(turn.conversation_id, turn.message_id, turn.intent)
        if step.active:
            return Outcome(step.ack, [SlotSet(slot(self.kind), None)], private=True)
        confirmed = step.stage is Stage.CONFIRMED
        events = [
            SlotSet(slot(self.kind), True),
            SlotSet("intake_outcome", "confirmed" if confirmed else "cancelled"),
        ]
        # action_cancelled speaks for a cancelled draft.
        return Outcome(step.ack if confirmed else (), events, private=True)

    def failed(self) -> Outcome:
        return Outcome(super().failed().replies, [SlotSet(slot(self.kind), None)])


class Ask(CaseAction):
    """Speaks the question that stands."""

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        step = parts.casework.intake.current(turn.conversation_id)
        if step.question is None:
            if step.ack:  # the draft went on elsewhere
                return Outcome(step.ack, private=True)
            texts = parts.casework.texts
            menu = Button(texts.say("intake.button.menu"), "/menu")
            return Outcome([Reply(texts.say("intake.resume.none"), (menu,))])
        return Outcome([step.question], private=True)


class Submit(CaseAction):
    """Hands the confirmed summary over; it checks everything again itself."""

    kind: ClassVar[MatterKind]

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        try:
            done = parts.casework.intake.submit(turn.conversation_id, turn.message_id)
        except NothingToSubmit:
            return self.failed()
        return Outcome([done.reply], unset(self.kind), private=True)

    def failed(self) -> Outcome:
        texts = Texts()
        buttons = (
            Button(texts.say("intake.button.resume"), "/resume"),
            Button(texts.say("intake.button.person"), "/person"),
        )
        return Outcome([Reply(texts.say("intake.submitted.failed"), buttons)], unset(self.kind))


def slot(kind: MatterKind) -> str:
    return f"{kind.value}_done"


def unset(kind: MatterKind) -> list[dict[str, object]]:
    """Forget how an intake ended, so that the next one starts unfinished."""
    return [SlotSet(name, None) for name in (slot(kind), "intake_outcome", "intake_kind")]
