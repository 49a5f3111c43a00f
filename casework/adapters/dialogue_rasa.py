"""The dialogue server behind our own Rasa channel (``bot/``), over HTTP.

The wire is held by the samples in ``tests/wire``, which both sides replay.
"""

from __future__ import annotations

import json
import time
from typing import Any

import requests

from casework.adapters.http import CONNECT_SECONDS, BodyTooLong, open_session, read_body
from casework.domain.errors import DialogueUnavailable
from casework.domain.messages import Button, Reply
from casework.ports import DialogueTurn

MESSAGES = "/webhooks/suqiu/messages"
HEALTH = "/webhooks/suqiu/health"
TOKEN_HEADER = "X-Suqiu-Token"  # noqa: S105 - the name of a header
LONGEST_BODY = 1_000_000
HEALTH_SECONDS = 2.0


class RasaDialogue:
    """Asks Rasa. Safe to share between threads."""

    def __init__(self, url: str, token: str, timeout_seconds: float) -> None:
        self._url = url
        self._timeout = timeout_seconds
        self._session = open_session(url)
        self._session.headers[TOKEN_HEADER] = token

    def ask(self, turn: DialogueTurn) -> list[Reply]:
        deadline = time.monotonic() + self._timeout
        try:
            with self._session.post(
                self._url + MESSAGES,
                json={
                    "sender": turn.conversation_id,
                    "message_id": turn.message_id,
                    "text": turn.text,
                    "trusted": turn.trusted,
                    "metadata": dict(turn.metadata),
                },
                timeout=(min(CONNECT_SECONDS, self._timeout), self._timeout),
                allow_redirects=False,
                stream=True,
            ) as response:
                if response.status_code != 200:
                    raise DialogueUnavailable(f"status {response.status_code}")
                body = read_body(response, deadline, LONGEST_BODY)
        except BodyTooLong:
            raise DialogueUnavailable("answer too long") from None
        except requests.Timeout:
            raise DialogueUnavailable("timeout") from None
        except (requests.RequestException, OSError) as error:
            raise DialogueUnavailable(type(error).__name__) from None
        return _replies(body)

    def healthy(self) -> bool:
        try:
            answer = self._session.get(
                self._url + HEALTH, timeout=HEALTH_SECONDS, allow_redirects=False
            )
            return answer.status_code == 200 and answer.json().get("status") == "ok"
        except (requests.RequestException, OSError, ValueError, AttributeError):
            return False


def _replies(body: bytes) -> list[Reply]:
    """The bubbles of an answer; one without any is a failure: Rasa answers ``[]`` when its action
    server is down."""
    try:
        raw = json.loads(body)
        replies = [_reply(reply) for reply in raw["replies"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise DialogueUnavailable("malformed answer") from None
    replies = [reply for reply in replies if reply.text.strip()]
    if not replies:
        raise DialogueUnavailable("empty answer")
    return replies


def _reply(raw: dict[str, Any]) -> Reply:
    buttons = tuple(_button(button) for button in raw.get("buttons") or ())
    text = raw.get("text") or ""
    if not isinstance(text, str):
        raise TypeError("text")
    return Reply(text, buttons)


def _button(raw: dict[str, Any]) -> Button:
    title, payload = raw["title"], raw["payload"]
    if not isinstance(title, str) or not isinstance(payload, str):
        raise TypeError("button")
    return Button(title, payload)
