"""The anonymous visitor: a signed token that opens one conversation and says nothing about anybody.

The page of the bureau keeps it in an HttpOnly cookie. Inside a frame on another site, where browsers
drop foreign cookies, the page keeps it itself and sends it as ``X-Suqiu-Visitor``.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from casework.domain.errors import UnknownConversation
from channels.failures import NoVisitor
from channels.parts import container

CHANNEL = "widget"
COOKIE = "suqiu_visitor"
HEADER = "X-Suqiu-Visitor"
KEPT_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True)
class Visitor:
    sender: str
    conversation_id: str


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="suqiu.visitor")


def current() -> Visitor | None:
    """Who sent this request; None without a token. Raises ``NoVisitor`` for a bad one."""
    token = request.headers.get(HEADER) or request.cookies.get(COOKIE)
    if not token:
        return None
    try:
        sender, conversation_id = _serializer().loads(token, max_age=KEPT_SECONDS)
        return Visitor(str(sender), str(conversation_id))
    except (BadData, ValueError, TypeError):
        raise NoVisitor from None


def required() -> Visitor:
    """Who sent this request. Raises ``NoVisitor`` where there is no valid token."""
    visitor = current()
    if visitor is None:
        raise NoVisitor
    return visitor


def find_or_begin() -> tuple[Visitor, bool]:
    """The visitor whose token this is (True), or a new one where it is missing, bad or forgotten."""
    try:
        visitor = current()
    except NoVisitor:
        visitor = None
    if visitor is not None:
        try:
            with container().store.reading() as work:
                work.conversations.get(visitor.conversation_id)
            return visitor, True
        except UnknownConversation:
            pass  # erased since
    sender = secrets.token_urlsafe(18)
    with container().store() as work:
        conversation = work.conversations.find_or_create(CHANNEL, sender, container().clock.now())
        work.commit()
    return Visitor(sender, conversation.id), False


def token_of(visitor: Visitor) -> str:
    token = _serializer().dumps([visitor.sender, visitor.conversation_id])
    return token if isinstance(token, str) else token.decode()


def remember(response: Response, visitor: Visitor) -> Response:
    """Put the token into the browser's cookie."""
    response.set_cookie(
        COOKIE,
        token_of(visitor),
        max_age=KEPT_SECONDS,
        httponly=True,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        samesite="Lax",
        path="/",
    )
    return response
