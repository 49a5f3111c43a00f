"""A token in every form, so that no other site can press its buttons.

JSON routes need none: they take only ``application/json``, which a foreign page cannot send without
asking first, and it is never allowed to (no CORS headers; the cookie is ``SameSite=Lax``).
"""

from __future__ import annotations

import hmac
import secrets

from flask import request, session

from channels.failures import BadForm

# Endpoints that carry their own proof: a signature (WeChat) or a body that only our own pages can send.
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
