"""The reference receiver as an application of its own."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, abort, jsonify, render_template, request

from channels.receiver import masking, verify
from channels.receiver.config import ReceiverConfig
from channels.receiver.ledger import Ledger
from channels.receiver.mishaps import KINDS, Mishap, Mishaps

PATH = "/suqiu/matters"
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
)


def create_app(config: ReceiverConfig, sleep: Callable[[float], None] = time.sleep) -> Flask:
    """``app.extensions["receiver"]`` is the ledger, ``app.extensions["mishaps"]`` the switch."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = verify.LARGEST_BODY
    ledger = Ledger(config.database)
    mishaps = Mishaps(sleep)
    app.extensions["receiver"] = ledger
    app.extensions["mishaps"] = mishaps

    @app.post(PATH)
    def take() -> Response:
        mishap = mishaps.next()
        instead = mishaps.answer(mishap)
        if instead is not None:
            return instead
        delivered = verify.check(request.headers, request.get_data(), config.secret, config.now())
        reference, is_new = ledger.take(delivered, config.now())
        if mishap.kind == "lost":
            return Response("bad gateway", 502)
        return _json({"reference": reference}, 201 if is_new else 200)

    @app.get("/")
    def page() -> str:
        taken = [(each, masking.row(each.matter)) for each in ledger.all()]
        return render_template(
            "received.html", taken=taken, seen=mishaps.seen, mishap=mishaps.current
        )

    @app.get("/received")
    def received() -> Response:
        """What was taken, for programs: numbers and how often each came, nothing personal."""
        rows = [
            {
                "key": each.key,
                "reference": each.reference,
                "number": each.matter.get("number"),
                "kind": each.matter.get("kind"),
                "times": each.times,
            }
            for each in ledger.all()
        ]
        return _json({"matters": rows, "deliveries": mishaps.seen})

    @app.post("/mishap")
    def misbehave() -> Response:
        """``{"kind": "500", "times": 2, "seconds": 1}``: the next deliveries go wrong."""
        mishap = _mishap(request.get_json(silent=True))
        mishaps.set(mishap)
        return _json({"kind": mishap.kind, "times": mishap.times, "seconds": mishap.seconds})

    @app.get("/health")
    def health() -> Response:
        return jsonify({"status": "ok"})

    @app.errorhandler(verify.Refusal)
    def refuse(refusal: verify.Refusal) -> Response:
        error = {"code": refusal.code, "message": refusal.message}
        return _json({"error": error}, refusal.status)

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "no-store"
        return response

    return app


def _mishap(asked: Any) -> Mishap:
    if not isinstance(asked, dict) or asked.get("kind") not in KINDS:
        abort(400)
    times, seconds = asked.get("times", 1), asked.get("seconds", 0)
    if not isinstance(times, int) or not isinstance(seconds, int | float):
        abort(400)
    if not (0 <= times <= 1000 and math.isfinite(seconds) and 0 <= seconds <= 3600):
        abort(400)
    return Mishap(asked["kind"], times, float(seconds))


def _json(body: dict[str, Any], status: int = 200) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, status, content_type="application/json; charset=utf-8")
