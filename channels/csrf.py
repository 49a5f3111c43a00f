"""A token in every form, so that no other site can press its buttons.

JSON routes need none: they take only ``application/json`` from the same origin, which a foreign
page cannot send with the visitor's cookie.
"""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from flask import request, session

from channels.failures import BadForm

# Endpoints that carry their own proof: a signature (WeChat) or a JSON body checked by same_origin.
EXEMPT_PREFIXES = ("wechat.",)
JSON_ENDPOINTS = {"widget.session", "widget.send", "api.progress"}


def csrf_token() -> str:
    """The token of this browser session, for the forms of the page."""
    if "csrf" not in session:
        session["csrf"] = secrets.token_urlsafe(24)
    return str(session["csrf"])


def check() -> None:
    """Refuse a changing request that does not come from one of our own pages."""
    endpoint = request.endpoint
    if endpoint is None:  # no such page, or not for this method: said where errors are
        return
    if request.method in ("GET", "HEAD", "OPTIONS") or endpoint.startswith(EXEMPT_PREFIXES):
        return
    if endpoint in JSON_ENDPOINTS:
        if request.mimetype != "application/json":
            raise BadForm("json_expected")
        return
    given = request.form.get("csrf") or request.headers.get("X-CSRF-Token", "")
    known = session.get("csrf", "")
    if not known or not hmac.compare_digest(given.encode(), str(known).encode()):
        raise BadForm("stale_form")


def same_origin() -> bool:
    """Whether the browser says that this request comes from a page of ours."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
