"""One message through Rasa, as a whole or not at all."""

from __future__ import annotations

import asyncio
import time
import weakref
from collections.abc import Iterable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import (
    ACTION_LISTEN_NAME,
    ACTION_SESSION_START_NAME,
    REQUESTED_SLOT,
)
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from components.patches import in_turn
from components.wire import Request

# What a turn costs grows with the session: Rasa reads and replays all of it several times. A new one
# loses nothing, since slots and the active form are carried over and rules look at one turn.
LONGEST_SESSION = 12  # turns
CHANNEL = "suqiu"


class NotReady(Exception):
    """There is no model."""


class Turns:
    """Takes requests, one at a time for each sender.

    A turn that fails (``ActionFailed``, a time limit, an error of the store) leaves no trace in the
    conversation, so that the same message can be sent again. What its actions did in casework is
    keyed by the message id there and is not done twice.
    """

    def __init__(self) -> None:
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()

    async def take(self, agent: Agent, request: Request) -> tuple[list[dict[str, Any]], bool]:
        """Replies, and whether they are those of an earlier request with this message id."""
        if agent is None or agent.processor is None:
            raise NotReady
        # Rasa's own lock lets a second request wait in steps of a second.
        lock = self._locks.setdefault(request.sender, asyncio.Lock())
        async with lock, agent.lock_store.lock(request.sender):
            mark = in_turn.set(True)
            try:
                return await self._run(agent.processor, request)
            finally:
                in_turn.reset(mark)

    async def _run(
        self, processor: MessageProcessor, request: Request
    ) -> tuple[list[dict[str, Any]], bool]:
        output = CollectingOutputChannel()
        tracker = await processor.get_tracker(request.sender)
        stored = replies_to(tracker.events, request.message_id)
        if stored is not None:
            return stored, True
        silence = 60 * processor.domain.session_config.session_expiration_time
        if needs_session(tracker, silence):
            await _start_session(processor, tracker, output)
        message = UserMessage(
            request.text,
            output,
            request.sender,
            input_channel=CHANNEL,
            message_id=request.message_id,
            metadata=request.metadata,
        )
        # What MessageProcessor.handle_message does, without reading the tracker a second time.
        await processor._handle_message_with_tracker(message, tracker)
        tracker = await processor.run_action_extract_slots(output, tracker)
        await processor._run_prediction_loop(output, tracker)
        replies = [_reply(said.get("text"), said.get("buttons")) for said in output.messages]
        if replies:
            await processor.save_tracker(tracker)
        return replies, False


def replies_to(events: Iterable[Event], message_id: str) -> list[dict[str, Any]] | None:
    """What was said to a message whose turn is complete; None if it is not there."""
    replies: list[dict[str, Any]] = []
    found = complete = False
    for event in events:
        if isinstance(event, UserUttered):
            if found:
                break
            found = event.message_id == message_id
        elif found and isinstance(event, BotUttered):
            replies.append(_reply(event.text, event.data.get("buttons")))
        elif found and isinstance(event, ActionExecuted):
            complete = complete or event.action_name == ACTION_LISTEN_NAME
    return replies if found and complete and replies else None


def needs_session(tracker: DialogueStateTracker, longest_silence: float) -> bool:
    """True where a session should begin: nothing was said yet, or much, or long ago (seconds)."""
    turns = 0
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            if not turns and time.time() - event.timestamp > longest_silence:
                return True
            turns += 1
        elif isinstance(event, SessionStarted):
            return turns >= LONGEST_SESSION
    return True


async def _start_session(
    processor: MessageProcessor, tracker: DialogueStateTracker, output: CollectingOutputChannel
) -> None:
    """What /session_start would do, which nobody can type; but a form that is active stays so."""
    form, asked = tracker.active_loop_name, tracker.get_slot(REQUESTED_SLOT)
    action = processor._get_action(ACTION_SESSION_START_NAME)
    prediction = PolicyPrediction.for_action_name(processor.domain, ACTION_SESSION_START_NAME)
    await processor._run_action(action, tracker, output, processor.nlg, prediction)
    if form:
        going_on = [ActiveLoop(form), SlotSet(REQUESTED_SLOT, asked)]
        tracker.update_with_events(going_on, processor.domain)


def _reply(text: Any, buttons: Any) -> dict[str, Any]:
    """A reply of the wire: a text, and buttons with a title and a payload."""
    pairs = [
        {"title": str(button["title"]), "payload": str(button["payload"])}
        for button in buttons or []
        if isinstance(button, dict) and button.get("title") and button.get("payload")
    ]
    return {"text": str(text or ""), "buttons": pairs}
