"""Taking a draft up again, and setting it aside."""

from __future__ import annotations

from rasa_sdk.events import SlotSet

from actions.base import CaseAction, Outcome, Turn
from actions.context import Parts
from actions.forms import slot
from casework.domain.matter import MatterKind
from casework.domain.messages import Button, Reply


class Resume(CaseAction):
    """Says what is open and tells the rules which form to go on with (``intake_kind``)."""

    action_name = "action_resume"

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        step = parts.casework.intake.resume(turn.conversation_id, turn.message_id)
        kind = step.kind.value if step.kind and step.active else None
        events = [SlotSet("intake_kind", kind), SlotSet("intake_outcome", None)]
        events += [SlotSet(slot(k), None) for k in (MatterKind.CONSULTATION, MatterKind.PETITION)]
        return Outcome(step.ack, events, private=True)

    def failed(self) -> Outcome:
        return Outcome(super().failed().replies, [SlotSet("intake_kind", None)])


class Pause(CaseAction):
    """Keeps a draft that was set aside already; said in a form, the form's validator does it."""

    action_name = "action_pause"

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        step = parts.casework.intake.pause(turn.conversation_id, turn.message_id)
        return Outcome(step.ack, _forgotten(), private=True)

    def failed(self) -> Outcome:
        return Outcome(super().failed().replies, _forgotten())


class Retrieve(CaseAction):
    """Asks for the code of a draft that was kept elsewhere; the code itself is a resume."""

    action_name = "action_retrieve"

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        texts = parts.casework.texts
        menu = Button(texts.say("intake.button.menu"), "/menu")
        return Outcome([Reply(texts.say("intake.taken.ask"), () if turn.active_form else (menu,))])


class Cancelled(CaseAction):
    """After a form that ended as cancelled; said outside of a form it drops the draft."""

    action_name = "action_cancelled"

    def act(self, parts: Parts, turn: Turn) -> Outcome:
        step = parts.casework.intake.cancel(turn.conversation_id, turn.message_id)
        return Outcome(step.ack, _forgotten(), private=True)

    def failed(self) -> Outcome:
        return Outcome(super().failed().replies, _forgotten())


def _forgotten() -> list[dict[str, object]]:
    names = [slot(k) for k in (MatterKind.CONSULTATION, MatterKind.PETITION)]
    return [SlotSet(name, None) for name in (*names, "intake_outcome", "intake_kind")]
