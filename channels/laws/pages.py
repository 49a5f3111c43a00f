"""``/law/<law>/<article>`` and ``/law/of/<message>``: articles to read, with their version."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from flask import Blueprint, Response, abort, current_app, jsonify, render_template

from casework.domain.bureau import CHINA
from casework.domain.given import Relied
from channels.laws.texts import Shown, Texts
from channels.parts import address, container, limit

_MESSAGE = re.compile(r"[0-9a-f]{32}")
_LONGEST = 100


def article(law: str, number: str) -> str:
    """One article, as it applies today. 404 where it was not imported."""
    return render_template("laws/articles.html", articles=[_article(law, number)])


def text(law: str, number: str) -> Response:
    """The same for the chat, which opens it under the answer."""
    shown = _article(law, number)
    return jsonify(name=shown.name, text=shown.text, version=shown.version, note=shown.note)


def answer(message_id: str) -> str:
    """Every article that the answer to a message relied on. Nothing of the conversation is shown."""
    limit("laws", address(), 120, 60)
    if not _MESSAGE.fullmatch(message_id):
        abort(404)
    given = container().given_answers.given_to([message_id])
    found = texts().of(in_order(one.relied for one in given), container().clock)
    if not found:
        abort(404)
    return render_template("laws/articles.html", articles=found)


def texts() -> Texts:
    return cast("Texts", current_app.extensions["suqiu.laws"])


def in_order(relied: Iterable[Relied]) -> list[Relied]:
    """By law and number: 9 before 10, 26 before 26之一."""
    return sorted(
        relied,
        key=lambda one: (one.law, int(one.article.partition("之")[0] or 0), one.article),
    )


def _article(law: str, number: str) -> Shown:
    limit("laws", address(), 120, 60)
    if len(law) > _LONGEST or len(number) > _LONGEST:
        abort(404)
    today = container().clock.now().astimezone(CHINA).date()
    found = texts().of([Relied(law, number, today)], container().clock)
    if not found:
        abort(404)
    return found[0]


def make_blueprint() -> Blueprint:
    laws = Blueprint("laws", __name__, template_folder="templates")
    laws.add_url_rule("/law/of/<message_id>", view_func=answer)
    laws.add_url_rule("/law/<law>/<number>", view_func=article)
    laws.add_url_rule("/widget/law/<law>/<number>", view_func=text)
    return laws
