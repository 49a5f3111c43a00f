"""``/progress`` and ``/api/progress``, ``/healthz``, ``/readyz``, ``/metrics``."""

from __future__ import annotations

import hmac
import ipaddress
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest

from casework.domain.errors import NotAllowed, TooManyAttempts, UnknownMatter
from channels.api.report import as_json
from channels.errors import STATUS, sentence
from channels.failures import BadForm
from channels.parts import address, container, limit, streams

# Long enough for what people paste around a number; nothing longer is looked at.
LONGEST = 64


def progress() -> Response:
    """``{"number", "code"}`` -> where the matter stands. 404 whichever of the two was wrong."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise BadForm("bad_request")
    number, code = body.get("number"), body.get("code")
    if not isinstance(number, str) or not isinstance(code, str):
        raise BadForm("number_and_code")
    return jsonify(_look_up(number, code))


def progress_page() -> tuple[str, int]:
    """The same for people: a form, and under it what was found or one sentence."""
    if request.method == "GET":
        return render_template("api/progress.html", found=None, number="", problem=""), 200
    number, code = request.form.get("number", ""), request.form.get("code", "")
    try:
        found = _look_up(number, code)
    except (UnknownMatter, TooManyAttempts) as error:
        problem = sentence(error.code)
        page = render_template(
            "api/progress.html", found=None, number=number[:LONGEST], problem=problem
        )
        return page, STATUS[error.code]
    return render_template("api/progress.html", found=found, number=number, problem=""), 200


def _look_up(number: str, code: str) -> dict[str, Any]:
    limit("progress", address(), 30, 60)
    if len(number) > LONGEST or len(code) > LONGEST:
        raise UnknownMatter
    found = container().progress.by_code(number.strip(), code.strip(), address())
    return as_json(found)


def healthz() -> Response:
    """The process lives. Asks nothing of anybody else, so that it cannot be dragged down."""
    return jsonify(status="ok")


def readyz() -> tuple[Response, int]:
    """Whether what a citizen needs is there: the store and the dialogue."""
    parts = {"store": _store_ready(), "dialogue": bool(container().dialogue.healthy())}
    ready = all(parts.values())
    body = {"status": "ok" if ready else "degraded", "parts": parts}
    return jsonify(body), 200 if ready else 503


def _store_ready() -> bool:
    try:
        with container().store.reading() as work:
            work.outbox.counts()
    except Exception:  # whatever it is, the answer is "not ready"
        return False
    return True


def metrics() -> Response:
    """Prometheus metrics: with the configured token, or without one from this machine only."""
    token = container().settings.metrics_token
    if token is not None:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), token.get_secret_value().encode()):
            raise NotAllowed("metrics")
    elif request.headers.get("X-Forwarded-For") or not _loopback(address()):
        raise NotAllowed("metrics")
    return Response(_measure(), content_type=CONTENT_TYPE_LATEST)


def _measure() -> bytes:
    registry = current_app.extensions["suqiu.meters"].registry
    gauges = current_app.extensions.setdefault("suqiu.gauges", {})
    if not gauges:
        gauges["streams"] = Gauge("suqiu_streams", "Open live streams", registry=registry)
        gauges["outbox"] = Gauge(
            "suqiu_outbox", "Promised deliveries", ["state"], registry=registry
        )
        gauges["waiting"] = Gauge("suqiu_waiting", "Conversations in the queue", registry=registry)
    gauges["streams"].set(streams().taken)
    with container().store.reading() as work:
        for state, count in work.outbox.counts().items():
            gauges["outbox"].labels(state).set(count)
        gauges["waiting"].set(len(work.conversations.waiting()))
    return generate_latest(registry)


def _loopback(client: str) -> bool:
    try:
        return ipaddress.ip_address(client).is_loopback
    except ValueError:
        return False


def make_blueprint() -> Blueprint:
    api = Blueprint("api", __name__, template_folder="templates")
    api.add_url_rule("/api/progress", view_func=progress, methods=["POST"])
    api.add_url_rule("/progress", view_func=progress_page, methods=["GET", "POST"])
    api.add_url_rule("/healthz", view_func=healthz)
    api.add_url_rule("/readyz", view_func=readyz)
    api.add_url_rule("/metrics", view_func=metrics)
    return api
