"""The bureau's page, the chat as a page that needs no script, the privacy notice, the loader."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from casework.adapters.bureau_file import LEGAL_SERVICE
from casework.domain.messages import MessageKind
from channels import lines
from channels.failures import BadForm, NoVisitor
from channels.parts import address, container, limit
from channels.widget import messages, words
from channels.widget import visitor as visitors

STATIC = Path(__file__).with_name("static")


def home() -> str:
    site = edge_words()["site"]
    bureau = container().bureau
    on_duty, duty_words = words.duty(bureau, site, container().clock.now())
    hotlines = container().directory.all()
    reviewed = [line.reviewed for line in hotlines if line.reviewed]
    return render_template(
        "widget/home.html",
        topics=[(topic["label"], topic["ask"]) for topic in site["topics"]],
        services=site["services"],
        hours=words.hours(bureau, site),
        on_duty=on_duty,
        duty_words=duty_words,
        hotlines=hotlines,
        legal_line=LEGAL_SERVICE,
        reviewed=min(reviewed).isoformat() if reviewed else "",
        nonce=secrets.token_urlsafe(12),
    )


def chat() -> str:
    """The conversation, whole without script; ``chat.js`` takes over where there is one."""
    try:
        visitor = visitors.current()
    except NoVisitor:
        visitor = None
    said: list[dict[str, Any]] = []
    status: dict[str, Any] = {"owner": "bot", "staff_name": None}
    if visitor is not None:
        said = lines.latest(visitor.conversation_id, messages.HISTORY)
        status = lines.status(visitor.conversation_id) if said else status
    chat_words = edge_words()["chat"]
    last = said[-1] if said else None
    return render_template(
        "widget/chat.html",
        lines=said,
        status=status,
        labels=last["labels"] if last and last["author"] == "bot" else [],
        words=chat_words,
        greeting=chat_words["greeting"],
        starters=chat_words["starters"],
        nonce=secrets.token_urlsafe(12),
        config={
            "words": {k: v for k, v in chat_words.items() if k not in ("greeting", "starters")},
            "phones": [line.number for line in container().directory.all()],
            "urls": {
                "session": url_for("widget.session"),
                "messages": url_for("widget.send"),
                "stream": url_for("widget.stream"),
            },
        },
    )


def say() -> BaseResponse:
    """A message from a plain form; then back to the page (post, redirect, get)."""
    limit("widget.say", address(), 60, 60)
    form = request.form
    given = [
        (MessageKind.EVENT, form.get("action", "")),
        (MessageKind.BUTTON, form.get("button", "")),
        (MessageKind.TEXT, form.get("chosen", "")),
        (MessageKind.TEXT, form.get("text", "")),
    ]
    kind, text = next(((kind, text) for kind, text in given if text.strip()), (None, ""))
    page = redirect(url_for("widget.chat") + "#last", 303)
    if kind is None:
        return page
    if kind is MessageKind.EVENT and text not in messages.ACTIONS:
        raise BadForm("unknown_action")
    visitor, _ = visitors.find_or_begin()
    # The same form sent twice is one message; the same form with other words is another.
    once = f"{form.get('nonce', '')}|{kind}|{text}".encode()
    messages.take(visitor, hashlib.sha256(once).hexdigest()[:40], kind, text)
    return visitors.remember(page, visitor)  # type: ignore[arg-type]


def privacy() -> str:
    return render_template(
        "widget/privacy.html",
        notice=container().texts.say("consent.full"),
        version=container().texts.say("consent.version"),
        words=edge_words()["privacy"],
    )


def loader() -> Response:
    return _embedded("widget.js", "text/javascript")


def style() -> Response:
    return _embedded("widget.css", "text/css")


def _embedded(name: str, mimetype: str) -> Response:
    response = send_from_directory(STATIC, name)
    response.mimetype = mimetype
    response.headers["Cache-Control"] = "public, max-age=600"
    return response


def edge_words() -> dict[str, Any]:
    loaded: dict[str, Any] = current_app.extensions["suqiu.widget"]
    return loaded


def make_blueprint() -> Blueprint:
    widget = Blueprint(
        "widget", __name__, static_folder="static", static_url_path="/widget/static",
        template_folder="templates",
    )  # fmt: skip

    add = widget.add_url_rule
    add("/", view_func=home)
    add("/chat", view_func=chat)
    add("/chat/messages", view_func=say, methods=["POST"])
    add("/privacy", view_func=privacy)
    add("/widget.js", view_func=loader)
    add("/widget.css", view_func=style)
    add("/widget/session", view_func=messages.session, methods=["POST"])
    add("/widget/messages", view_func=messages.send, methods=["POST"])
    add("/widget/messages", view_func=messages.read)
    add("/widget/stream", view_func=messages.stream)
    add("/widget/matters", view_func=messages.matters)
    return widget
