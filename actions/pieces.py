"""Questions and stories sent in pieces: a piece is read with what it belongs to."""

from __future__ import annotations

from actions.base import Turn
from actions.context import Parts
from knowledge_base.answer import Answer


def answer(parts: Parts, turn: Turn, text: str) -> Answer | None:
    """What the guidance says to a message; None where it only goes on with what was answered.

    A message that says enough by itself is read by itself.
    """

    def ask(words: str) -> Answer:
        return parts.guidance().ask(words, parts.casework.settings.jurisdiction)

    lead = None
    if not turn.active_form:
        lead = parts.casework.intake.pieces.lead_in(turn.conversation_id, turn.message_id)
    if lead is None:
        return ask(text)
    if not lead.broke_off:
        alone = ask(text)
        if alone.outcome != "no_match":
            return alone
    whole = ask(f"{lead.text}，{text}")
    if lead.broke_off or whole.outcome == "crisis":
        return whole
    if whole.outcome == "answered" and whole.entries[0].text not in lead.answers:
        return whole
    return None
