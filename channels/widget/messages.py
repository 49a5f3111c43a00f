"""The conversation over JSON: begin a session, send a message, read on from a cursor."""

from __future__ import annotations

import re
from typing import Any

from flask import Response, jsonify, request

from casework.domain.messages import Inbound, MessageKind
from channels import lines
from channels.access import visitor_only
from channels.failures import BadForm
from channels.parts import address, container, limit, streams
from channels.stream import cursor
from channels.widget import visitor as visitors
from channels.widget.visitor import CHANNEL, Visitor

KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
# Quick actions of the page, by the names casework knows such events by.
ACTIONS = frozenset({"consultation", "petition", "progress", "person", "privacy", "menu"})
# How long a request waits for the bot; what comes later reaches the page over its line.
WAIT_SECONDS = 12.0
HISTORY = 60


def session() -> Response:
    """Begin, or go on with, the visitor's conversation."""
    limit("widget.session", address(), 40, 600)
    body = _body()
    visitor, resumed = visitors.find_or_begin()
    said = lines.latest(visitor.conversation_id, HISTORY)
    answer = {"resumed": resumed, "utterances": said, **lines.status(visitor.conversation_id)}
    if body.get("keep") == "token":
        return jsonify(token=visitors.token_of(visitor), **answer)
    return visitors.remember(jsonify(**answer), visitor)


@visitor_only
def send() -> tuple[Response, int]:
    """Take one message; 200 once it is answered, 202 while the answer is still to come."""
    visitor = visitors.required()
    limit("widget.send", visitor.sender, 30, 60)
    limit("widget.send.address", address(), 240, 60)
    after = cursor()
    key, kind, text = _message(_body())
    message_id, done = take(visitor, key, kind, text)
    answer = jsonify(message_id=message_id, done=done, **_since(visitor, after))
    return answer, 200 if done else 202


@visitor_only
def read() -> Response:
    """What came after the cursor: for browsers without a stream, and when all places are taken."""
    visitor = visitors.required()
    limit("widget.read", visitor.sender, 120, 60)
    after = cursor()
    with container().store.reading() as work:
        done = work.inbox.next_pending(visitor.conversation_id) is None
    return jsonify(done=done, **_since(visitor, after))


@visitor_only
def matters() -> Response:
    """The visitor's own matters and whether they have reached the petition system."""
    visitor = visitors.required()
    limit("widget.matters", visitor.sender, 600, 60)
    with container().store.reading() as work:
        own = [
            {
                "number": matter.number,
                "kind": matter.kind.value,
                "status": matter.status.value,
                "summary": matter.summary,
                "delivered": [
                    {"to": item.target, "state": item.state}
                    for item in work.outbox.for_matter(matter.id)
                ],
            }
            for matter in work.matters.for_conversation(visitor.conversation_id)
        ]
    return jsonify(matters=own)


@visitor_only
def stream() -> Response:
    visitor = visitors.required()
    limit("widget.stream", visitor.sender, 60, 60)
    limit("widget.stream.address", address(), 120, 60)  # some fifty at once, each of 25 seconds
    return streams().open(
        visitor.conversation_id,
        cursor(),
        lines=lambda after: lines.after(visitor.conversation_id, after),
        status=lambda: lines.status(visitor.conversation_id),
    )


def take(visitor: Visitor, key: str, kind: MessageKind, text: str) -> tuple[str, bool]:
    """Write the message down and let its turn run: (message id, whether it is answered)."""
    use = container().conversations
    receipt = use.receive(
        Inbound(
            channel=CHANNEL,
            sender=visitor.sender,
            key=key,
            kind=kind,
            text=text,
            sent_at=container().clock.now(),
        )
    )
    streams().ring(receipt.conversation_id)
    turn = use.attend(receipt.conversation_id, receipt.message_id, WAIT_SECONDS)
    streams().ring(receipt.conversation_id)
    return receipt.message_id, turn.done


def _since(visitor: Visitor, after: int) -> dict[str, Any]:
    own = visitor.conversation_id
    return {"utterances": lines.after(own, after), **lines.status(own)}


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise BadForm("bad_request")
    return body


def _message(body: dict[str, Any]) -> tuple[str, MessageKind, str]:
    key = body.get("key")
    given = [name for name in ("text", "button", "action") if name in body]
    if not isinstance(key, str) or not KEY.fullmatch(key) or len(given) != 1:
        raise BadForm("bad_message")
    value = body[given[0]]
    if not isinstance(value, str):
        raise BadForm("bad_message")
    if given[0] == "action":
        if value not in ACTIONS:
            raise BadForm("unknown_action")
        return key, MessageKind.EVENT, value
    return key, MessageKind.BUTTON if given[0] == "button" else MessageKind.TEXT, value
