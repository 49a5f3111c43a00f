"""What casework needs from outside. ``casework/adapters`` implements it; tests bring fakes.

A port, its adapter and its fake share one name. Every time is an aware UTC ``datetime``.
"""

from casework.ports.outside import (
    Clock,
    DeliveryResult,
    Dialogue,
    DialogueTurn,
    Drafted,
    Drafter,
    Limiter,
    Locator,
    PetitionSystem,
    Sender,
    WorkCalendar,
)
from casework.ports.records import (
    Audit,
    Drafts,
    Effects,
    GivenAnswers,
    Matters,
    Proposals,
    StaffAccounts,
)
from casework.ports.storage import Store, UnitOfWork
from casework.ports.talk import Conversations, Inbox, Leases, Outbox, OutboxItem, Transcript

__all__ = [
    "Audit",
    "Clock",
    "Conversations",
    "DeliveryResult",
    "Dialogue",
    "DialogueTurn",
    "Drafted",
    "Drafter",
    "Drafts",
    "Effects",
    "GivenAnswers",
    "Inbox",
    "Leases",
    "Limiter",
    "Locator",
    "Matters",
    "Outbox",
    "OutboxItem",
    "PetitionSystem",
    "Proposals",
    "Sender",
    "StaffAccounts",
    "Store",
    "Transcript",
    "UnitOfWork",
    "WorkCalendar",
]
