"""The shape of an action: a message in, replies and events out, and never an exception."""

from __future__ import annotations

import asyncio
import re
import traceback
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import context
from actions.context import Parts
from casework.domain.messages import Reply
from casework.texts import Texts

log = structlog.get_logger(__name__)

Event = dict[str, Any]

# A label that may repeat what a citizen told: a number, or words put in brackets or after a colon.
_TELLS = re.compile(r"[\d：（]")


@dataclass(frozen=True)
class Turn:
    """The message an action is called for."""

    conversation_id: str
    message_id: str
    intent: str
    entities: Mapping[str, Any]
    risk: str
    active_form: str | None

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        """Read it from the tracker. Raises ``ValueError`` when the message has no id of casework."""
        metadata: dict[str, Any] = {}
        for event in reversed(tracker.events):
            if event.get("event") == "user":
                metadata = event.get("metadata") or {}
                break
        latest = tracker.latest_message or {}
        message_id = metadata.get("message_id") or (latest.get("metadata") or {}).get("message_id")
        if not message_id:
            raise ValueError("the message carries no id")
        return cls(
            conversation_id=str(tracker.sender_id),
            message_id=str(message_id),
            intent=str((latest.get("intent") or {}).get("name") or ""),
            entities={e["entity"]: e.get("value") for e in latest.get("entities") or []},
            risk=str(metadata.get("risk") or "none"),
            active_form=(tracker.active_loop or {}).get("name"),
        )


@dataclass
class Outcome:
    """What an action says and what it changes in the dialogue.

    ``private`` replies hold what a citizen told: only a reference to them passes through Rasa
    (``casework.references``).
    """

    replies: Sequence[Reply] = ()
    events: list[Event] = field(default_factory=list)
    private: bool = False


class CaseAction(Action):  # type: ignore[misc]
    """An action that keeps its promises whatever happens inside it."""

    action_name = ""

    def name(self) -> str:
        return self.action_name

    @abstractmethod
    def act(self, parts: Parts, turn: Turn) -> Outcome:
        """Do it. May raise: the citizen then hears an apology."""

    def failed(self) -> Outcome:
        """What is said and set when ``act`` raised."""
        return Outcome([Reply(Texts().say("actions.sorry"))])

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, Any]
    ) -> list[Event]:
        """Called by the SDK. The work is done on a thread: it waits for databases."""
        return await asyncio.to_thread(self.perform, dispatcher, tracker)

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Act and speak; on any failure apologise, log ids alone, and leave every slot unset."""
        try:
            turn = Turn.of(tracker)
            parts = context.parts()
            outcome = self.act(parts, turn)
            spoken = _spoken(parts, turn, outcome)
        except Exception as error:
            _log(self.action_name, tracker, error)
            outcome = self.failed()
            spoken = list(outcome.replies)
        for reply in spoken:
            buttons = [{"title": b.label, "payload": b.payload} for b in reply.buttons]
            dispatcher.utter_message(text=reply.text, buttons=buttons)
        return outcome.events


def _spoken(parts: Parts, turn: Turn, outcome: Outcome) -> list[Reply]:
    replies = [reply for reply in outcome.replies if reply.text]
    if not outcome.private:
        return replies
    told = [b.label for r in replies for b in r.buttons if _TELLS.search(b.label)]
    texts = [r.text for r in replies]
    kept = parts.casework.references.keep(turn.message_id, [*texts, *told])
    labels = dict(zip(told, kept[len(texts) :], strict=True))
    return [
        Reply(text, tuple(replace(b, label=labels.get(b.label, b.label)) for b in reply.buttons))
        for text, reply in zip(kept, replies, strict=False)
    ]


def _log(action: str, tracker: Tracker, error: Exception) -> None:
    """Ids and places in our code; never the error's message, which may hold a citizen's words."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    log.error(
        "action failed",
        action=action,
        conversation_id=str(getattr(tracker, "sender_id", "")),
        error=type(error).__name__,
        where=where,
    )
