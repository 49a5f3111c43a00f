"""The one map from errors to an HTTP status and a sentence. Nobody ever sees a stack trace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import structlog
from flask import Flask, Response, jsonify, render_template, request, url_for
from werkzeug.exceptions import HTTPException, InternalServerError

from casework.domain.errors import CaseworkError
from channels.failures import EdgeError
from channels.parts import container, words

log = structlog.get_logger(__name__)

# Codes of ``casework.domain.errors``; a code that is not here is 400, the person can mend it.
STATUS: Mapping[str, int] = {
    "unknown_conversation": 404,
    "unknown_matter": 404,
    "unknown_staff": 404,
    "too_many_attempts": 429,
    "not_allowed": 403,
    "not_yours": 409,
    "already_taken": 409,
    "not_waiting": 409,
    "bad_transition": 409,
    "conflict": 409,
    "sealed_matter": 403,
    "nothing_to_submit": 409,
    "wrong_password": 401,
    "message_too_long": 413,
    "dialogue_unavailable": 503,
    "storage_unavailable": 503,
}

# What Flask and werkzeug refuse by themselves.
HTTP_CODES: Mapping[int, str] = {
    400: "bad_request",
    401: "signed_out",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "json_expected",
    429: "too_fast",
    503: "storage_unavailable",
}

RETRY_AFTER = {429: "30", 503: "5"}


def sentence(code: str) -> str:
    """The words for a code, from the edge's own texts or from the service's."""
    if words().has(f"errors.{code}"):
        return words().say(f"errors.{code}")
    texts = container().texts
    return texts.say(f"errors.{code}" if texts.has(f"errors.{code}") else "errors.casework_error")


def wants_json() -> bool:
    """Whether a program asked: by its route, its body, or what it says it accepts."""
    return (
        request.path.startswith(("/widget/", "/api/", "/metrics", "/healthz", "/readyz"))
        or request.is_json
        or request.accept_mimetypes.best_match(["text/html", "application/json"])
        == "application/json"
    )


def answer(code: str, status: int) -> Response:
    """The refusal as JSON for programs and as a page for people."""
    message = sentence(code)
    if wants_json():
        response = jsonify(error=code, message=message)
    else:
        known = f"titles.{status}"
        staff = request.path.startswith("/console")
        page = render_template(
            "error.html",
            status=status,
            title=words().say(known if words().has(known) else "titles.other"),
            message=message,
            back=url_for("console.entry" if staff else "widget.home"),
            back_label=words().say("back.staff" if staff else "back.site"),
        )
        response = Response(page, mimetype="text/html")
    response.status_code = status
    if status in RETRY_AFTER:
        response.headers["Retry-After"] = RETRY_AFTER[status]
    return response


def _casework(error: CaseworkError) -> Response:
    log.info("refused", code=error.code, endpoint=request.endpoint)
    return answer(error.code, STATUS.get(error.code, 400))


def _edge(error: EdgeError) -> Response:
    log.info("refused", code=error.code, endpoint=request.endpoint)
    return answer(error.code, error.status)


def _http(error: HTTPException) -> Response:
    if error.response is not None:  # somebody made the answer already
        return cast("Response", error.response)
    status = error.code or 500
    if isinstance(error, InternalServerError):
        original = error.original_exception
        # The kind of error and where it happened; its message may hold what a person said.
        log.error("failed", kind=type(original).__name__, endpoint=request.endpoint, exc_info=False)
        return answer("internal", 500)
    response = answer(HTTP_CODES.get(status, "bad_request"), status)
    if status == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(error.valid_methods)  # type: ignore[attr-defined]
    return response


def register(app: Flask) -> None:
    app.register_error_handler(CaseworkError, _casework)
    app.register_error_handler(EdgeError, _edge)
    app.register_error_handler(HTTPException, _http)
