"""Who answers a conversation, and how that changes hands (design invariant 2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from casework.domain.conversation import Conversation, Owner, RiskLevel
from casework.domain.errors import AlreadyTaken, NotWaiting, NotYours

# Levels at which a person is called at once (red) or the same day (orange).
DANGER = frozenset({RiskLevel.ORANGE, RiskLevel.RED})


def ask_for_person(conversation: Conversation, reason: str, now: datetime) -> bool:
    """Put the conversation into the queue; False when it waits or is taken already.

    Danger takes over as the reason of a conversation that waits for something else.
    """
    if conversation.owner is Owner.BOT:
        conversation.owner = Owner.WAITING
        conversation.waiting_since = now
        conversation.waiting_reason = reason
        return True
    if conversation.owner is Owner.WAITING and reason == "risk":
        conversation.waiting_reason = reason
    return False


def take(conversation: Conversation, staff_id: str) -> bool:
    """Give the conversation to a person; False when it is theirs already.

    Raises ``AlreadyTaken`` when another has it and ``NotWaiting`` when nobody asked for a person.
    """
    if conversation.owner is Owner.HUMAN:
        if conversation.staff_id == staff_id:
            return False
        raise AlreadyTaken(conversation.id)
    if conversation.owner is not Owner.WAITING:
        raise NotWaiting(conversation.id)
    conversation.owner = Owner.HUMAN
    conversation.staff_id = staff_id
    conversation.waiting_since = None
    conversation.offered = ()  # the bot's choices mean nothing to a person
    return True


def require_owner(conversation: Conversation, staff_id: str) -> None:
    """Raise ``NotYours`` unless this member of staff has the conversation."""
    if conversation.owner is not Owner.HUMAN or conversation.staff_id != staff_id:
        raise NotYours(conversation.id)


def give_back(conversation: Conversation) -> None:
    """Return the conversation to the bot, from a person or from the queue."""
    conversation.owner = Owner.BOT
    conversation.staff_id = None
    conversation.waiting_since = None
    conversation.waiting_reason = None
    conversation.offered = ()


def raise_risk(conversation: Conversation, level: RiskLevel, signals: Iterable[str]) -> bool:
    """Note what was found; a level only rises until a person has confirmed it. True if it rose."""
    if level is RiskLevel.NONE:
        return False
    known = conversation.risk_signals
    conversation.risk_signals = known + tuple(s for s in signals if s not in known)
    if level.rank <= conversation.risk.rank:
        return False
    conversation.risk = level
    conversation.risk_confirmed_by = None
    return True
