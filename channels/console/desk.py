"""The desk: who waits, and the conversation with one citizen."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response, g, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from casework.domain.conversation import Conversation, Owner, RiskLevel
from casework.domain.errors import NotYours
from casework.domain.messages import Author
from casework.domain.people import Role, Staff
from channels import lines
from channels.console import summary
from channels.failures import BadForm
from channels.parts import container, limit, streams, words
from channels.stream import cursor

HISTORY = 200


def desk() -> str:
    return render_template("console/desk.html", **_lists())


def queue() -> str:
    """The lists alone: the page asks for them every few seconds."""
    return render_template("console/_queue.html", **_lists())


def conversation(conversation_id: str) -> str:
    """One conversation: to read while it waits, to talk in once it is taken."""
    viewed = _viewable(conversation_id)
    brief = container().handover.brief(conversation_id)
    return render_template(
        "console/conversation.html",
        conversation=viewed,
        who=_who(viewed),
        mine=viewed.staff_id == g.staff.id,
        brief=brief,
        draft=summary.of_draft(brief.draft) if brief.draft else None,
        matters=[(matter, summary.of_matter(matter)) for matter in brief.matters],
        levels=list(RiskLevel),
        lines=lines.latest(conversation_id, HISTORY),
        canned=words().lines("console.canned"),
        key=secrets.token_hex(16),
        config={
            "words": _talk_words(),
            "owner": viewed.owner.value,
            "mine": viewed.staff_id == g.staff.id,
            "urls": {"desk": url_for("console.desk")}
            | {
                name: url_for(f"console.{endpoint}", conversation_id=conversation_id)
                for name, endpoint in (
                    ("say", "say"), ("lines", "lines_after"), ("stream", "stream"),
                )
            },
        },
    )  # fmt: skip


def take(conversation_id: str) -> BaseResponse:
    container().handover.take(g.staff, conversation_id)
    streams().ring(conversation_id)
    return redirect(url_for("console.conversation", conversation_id=conversation_id), 303)


def say(conversation_id: str) -> BaseResponse | Response:
    """Say something; JSON from the page's script, a form where there is none."""
    limit("console.say", g.staff.id, 60, 60)
    given: Any = request.get_json(silent=True) if request.is_json else request.form
    text, key = (
        (given.get("text"), given.get("key")) if isinstance(given, Mapping) else (None, None)
    )
    if not isinstance(text, str) or not isinstance(key, str) or not 1 <= len(key) <= 64:
        raise BadForm("bad_request")
    line = container().handover.say(g.staff, conversation_id, text, key)
    streams().ring(conversation_id)
    if request.is_json:
        return jsonify(utterances=lines.as_json([line]))
    return redirect(url_for("console.conversation", conversation_id=conversation_id) + "#last", 303)


def hand_back(conversation_id: str) -> BaseResponse:
    container().handover.hand_back(g.staff, conversation_id)
    streams().ring(conversation_id)
    return redirect(url_for("console.desk"), 303)


def close(conversation_id: str) -> BaseResponse:
    container().handover.close(g.staff, conversation_id)
    streams().ring(conversation_id)
    return redirect(url_for("console.desk"), 303)


def confirm_risk(conversation_id: str) -> BaseResponse:
    """The level that a trained person has seen fit."""
    _viewable(conversation_id)
    try:
        level = RiskLevel(request.form.get("level", ""))
    except ValueError:
        raise BadForm("bad_request") from None
    container().handover.confirm_risk(g.staff, conversation_id, level)
    return redirect(url_for("console.conversation", conversation_id=conversation_id), 303)


def lines_after(conversation_id: str) -> Response:
    _viewable(conversation_id)
    return jsonify(
        utterances=lines.after(conversation_id, cursor()), **lines.status(conversation_id)
    )


def stream(conversation_id: str) -> Response:
    _viewable(conversation_id)
    return streams().open(
        conversation_id,
        cursor(),
        lines=lambda after: lines.after(conversation_id, after),
        status=lambda: lines.status(conversation_id),
    )


def _viewable(conversation_id: str) -> Conversation:
    """A conversation that waits, or is one's own; a supervisor sees colleagues' too.

    What citizens say to the bot alone is nobody's to read here.
    """
    staff: Staff = g.staff
    with container().store.reading() as work:
        found: Conversation = work.conversations.get(conversation_id)
    if found.owner is Owner.WAITING or found.staff_id == staff.id:
        return found
    if found.owner is Owner.HUMAN and staff.role is Role.SUPERVISOR:
        return found
    raise NotYours(conversation_id)


def _lists() -> dict[str, Any]:
    now = container().clock.now()
    waiting = container().handover.waiting(g.staff)
    return {
        "waiting": [(one, _waited(one.since, now), _gist(one.conversation_id)) for one in waiting],
        "mine": [(one, _who(one)) for one in container().handover.mine(g.staff)],
        "who": _who_id,
    }


def _gist(conversation_id: str) -> str:
    """What the citizen has told so far, in a line; personal data marked."""
    brief = container().handover.brief(conversation_id)
    if brief.draft is not None:
        return summary.masked_gist(brief.draft)
    if brief.matters:
        return summary.masked_title(brief.matters[-1])
    with container().store.reading() as work:
        said = [u for u in work.transcript.last(conversation_id, 40) if u.author is Author.CITIZEN]
    # Nothing is filled in yet: the longest thing said tells most. The last stands above already.
    longest = max(said[:-1], key=lambda line: len(line.text), default=None)
    return summary.masked(longest.text, longest.at) if longest else ""


def _who(conversation_: Conversation) -> str:
    return _who_id(conversation_.channel, conversation_.id)


def _who_id(channel: str, conversation_id: str) -> str:
    """``网页访客 3f9a``: told apart without anything personal."""
    key = f"console.channel.{channel}"
    name = words().say(key if words().has(key) else "console.channel.other")
    return f"{name} {conversation_id[-4:]}"


def _waited(since: datetime, now: datetime) -> str:
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 1:
        return words().say("console.waited.now")
    if minutes < 60:
        return words().say("console.waited.minutes", minutes=minutes)
    if minutes < 48 * 60:
        return words().say("console.waited.hours", hours=minutes // 60, minutes=minutes % 60)
    return words().say("console.waited.days", days=minutes // 1440)


def _talk_words() -> dict[str, Any]:
    names = ("sending", "sent", "retry", "failed", "today", "month", "day", "offline", "live",
             "polling", "changed")  # fmt: skip
    return {
        **{name: words().say(f"console.talk.{name}") for name in names},
        "who": {
            author: words().say(f"console.author.{author}")
            for author in ("citizen", "bot", "staff", "notice")
        },
    }
