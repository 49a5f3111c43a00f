"""The gateway's way in: POST messages, GET health (the wire is written down in bot/README.md).

It stands in the place of Rasa's ``rest:`` channel, which takes commands from anybody, answers 200
with nothing when an action fails, and lets a megabyte of digits through to quadratic patterns.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, response
from sanic.request import Request as HTTPRequest
from sanic.response import HTTPResponse

from components import patches
from components.turn import CHANNEL, NotReady, Turns
from components.wire import LONGEST_BODY, Malformed, parse

logger = logging.getLogger(__name__)

TOKEN_HEADER = "X-Suqiu-Token"  # noqa: S105 - the name of a header
_SHORTEST_TOKEN = 8


class SuqiuInput(InputChannel):
    """Settings (credentials.yml): ``token``, shared with the gateway; ``turn_seconds``, after which
    a turn is given up, a little less than the gateway waits.
    """

    def __init__(self, token: str, turn_seconds: float) -> None:
        patches.install()
        self._token = token
        self._turn_seconds = turn_seconds
        self._turns = Turns()

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> SuqiuInput:
        credentials = credentials or {}
        token = str(credentials.get("token") or "")
        if len(token) < _SHORTEST_TOKEN:
            raise RasaException(
                f"SUQIU_RASA_TOKEN must have at least {_SHORTEST_TOKEN} characters."
            )
        return cls(token, float(credentials.get("turn_seconds", 8)))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes. ``on_new_message`` is not used: it tells nothing of what went wrong."""
        routes = Blueprint("suqiu_webhook", __name__)

        @routes.route("/health", methods=["GET"])
        async def health(request: HTTPRequest) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            if agent is None or agent.processor is None:
                return response.json({"status": "no model"}, status=503)
            return response.json({"status": "ok"})

        @routes.route("/messages", methods=["POST"])
        async def messages(request: HTTPRequest) -> HTTPResponse:
            given = request.headers.get(TOKEN_HEADER) or ""
            if not hmac.compare_digest(given.encode(errors="replace"), self._token.encode()):
                return _error(403, "token")
            if len(request.body) > LONGEST_BODY:
                return _error(400, "body too long")
            try:
                message = parse(json.loads(request.body))
            except Malformed as malformed:
                return _error(400, str(malformed))
            except (ValueError, RecursionError):
                return _error(400, "body must be JSON")
            return await self._answer(request, message)

        return routes

    async def _answer(self, request: HTTPRequest, message: Any) -> HTTPResponse:
        agent = getattr(request.app.ctx, "agent", None)
        try:
            replies, replayed = await asyncio.wait_for(
                self._turns.take(agent, message), self._turn_seconds
            )
        except patches.ActionFailed as failed:
            logger.warning("Turn %s void: action %s failed.", message.message_id, failed)
            replies, replayed = [], False
        except asyncio.TimeoutError:
            logger.warning("Turn %s void: time limit.", message.message_id)
            replies, replayed = [], False
        except NotReady:
            return _error(503, "no model")
        except Exception as error:
            # The name alone: messages of errors hold SQL with citizens' words.
            logger.error("Turn %s void: %s.", message.message_id, type(error).__name__)
            return _error(500, "turn failed")
        return response.json({"replies": replies, "replayed": replayed}, ensure_ascii=False)


def _error(status: int, reason: str) -> HTTPResponse:
    return response.json({"error": reason}, status=status)
