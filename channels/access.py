"""Who may open what. Every route is declared here or on its view; an undeclared one is refused.

A route is *public* (listed below, with the reason), a *visitor's* (the anonymous session of the
widget, checked by ``channels.widget.visitor``) or *staff's* (one or more roles). A test walks the
URL map and holds that there is no fourth kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from casework.domain.errors import NotAllowed
from casework.domain.people import Role
from channels.session import signed_in

View = TypeVar("View", bound=Callable[..., Any])

# Endpoint (or a blueprint's prefix, ending in a dot) -> why nobody needs to say who they are.
PUBLIC: Mapping[str, str] = {
    "static": "styles and scripts hold nothing personal",
    "widget.static": "styles and scripts hold nothing personal",
    "console.static": "styles and scripts hold nothing personal",
    "widget.home": "the bureau's page is for everyone",
    "widget.privacy": "a notice must be readable before anything is given",
    "widget.loader": "a script for the bureau's own site",
    "widget.style": "a style for the bureau's own site",
    "widget.chat": "shows only what the visitor's own cookie opens",
    "widget.say": "anyone may begin a conversation; form token and rate limit",
    "widget.session": "anyone may begin a conversation; rate limit",
    "laws.": "texts of law are for everyone, and nothing else is shown; rate limit",
    "api.progress": "number and query code stand in for an account; rate limit",
    "api.progress_page": "number and query code stand in for an account; rate limit",
    "api.healthz": "says only that the process lives",
    "api.readyz": "says only which parts are ready",
    "api.metrics": "loopback or a token, checked in the view",
    "console.sign_in": "where staff say who they are; form token and rate limit",
    "console.first": "a one-time ticket stands in for a password; form token and rate limit",
    "wechat.": "every request carries the platform's signature, checked in the view",
}

# What staff whose password must be changed first may still open.
BEFORE_PASSWORD = {"console.password", "console.sign_out"}


def staff_only(*roles: Role) -> Callable[[View], View]:
    """Only signed-in staff with one of ``roles``; without any, all staff."""

    def declare(view: View) -> View:
        view.roles = frozenset(roles or Role)  # type: ignore[attr-defined]
        return view

    return declare


def visitor_only(view: View) -> View:
    """Only with a valid visitor session; the view gets it from ``channels.widget.visitor``."""
    view.visitor = True  # type: ignore[attr-defined]
    return view


def roles_of(app: Flask, endpoint: str) -> frozenset[Role]:
    """The roles that may open it; empty where it is not staff's."""
    roles: frozenset[Role] = getattr(app.view_functions.get(endpoint), "roles", frozenset())
    return roles


def kind_of(app: Flask, endpoint: str) -> str | None:
    """``public``, ``visitor``, ``staff``, or None for a route that nobody declared."""
    view = app.view_functions.get(endpoint)
    if roles_of(app, endpoint):
        return "staff"
    if getattr(view, "visitor", False):
        return "visitor"
    if endpoint in PUBLIC or endpoint.partition(".")[0] + "." in PUBLIC:
        return "public"
    return None


def guard() -> BaseResponse | Response | None:
    """Run before every request."""
    endpoint = request.endpoint
    if endpoint is None:
        return None
    kind = kind_of(current_app, endpoint)
    if kind is None:
        raise NotAllowed(f"{endpoint} is not declared in channels/access.py")
    if kind != "staff":
        return None
    staff = signed_in()
    if staff is None:
        if request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
            return redirect(url_for("console.sign_in", next=request.full_path.rstrip("?")))
        abort(401)
    g.staff = staff
    if staff.must_change_password and endpoint not in BEFORE_PASSWORD:
        return redirect(url_for("console.password"))
    if staff.role not in roles_of(current_app, endpoint):
        raise NotAllowed(f"{staff.role} may not open {endpoint}")
    return None
