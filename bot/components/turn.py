"""One message through Rasa, as a whole or not at all."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Iterable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from components.patches import in_turn
from components.wire import Request

# A turn costs about 0.45 ms more for each turn of the session, which travels on every action call.
LONGEST_SESSION = 40  # turns
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
        tracker = await processor.fetch_tracker_and_update_session(request.sender, output)
        stored = replies_to(tracker.events, request.message_id)
        if stored is not None:
            return stored, True
        if is_long(tracker):
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


def is_long(tracker: DialogueStateTracker) -> bool:
    """True for a session that can and should be ended: past its length, with no form active."""
    if tracker.active_loop_name:
        return False
    turns = sum(isinstance(event, UserUttered) for event in tracker.applied_events())
    return turns >= LONGEST_SESSION


async def _start_session(
    processor: MessageProcessor, tracker: DialogueStateTracker, output: CollectingOutputChannel
) -> None:
    """What typing /session_start would do, which nobody can type."""
    action = processor._get_action(ACTION_SESSION_START_NAME)
    prediction = PolicyPrediction.for_action_name(processor.domain, ACTION_SESSION_START_NAME)
    await processor._run_action(action, tracker, output, processor.nlg, prediction)


def _reply(text: Any, buttons: Any) -> dict[str, Any]:
    """A reply of the wire: a text, and buttons with a title and a payload."""
    pairs = [
        {"title": str(button["title"]), "payload": str(button["payload"])}
        for button in buttons or []
        if isinstance(button, dict) and button.get("title") and button.get("payload")
    ]
    return {"text": str(text or ""), "buttons": pairs}
