"""Signing in and out, the first sign-in with a ticket, choosing a password."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from casework.domain.errors import TooManyAttempts, WeakPassword, WrongPassword
from casework.domain.people import Staff
from casework.domain.rights import MATTERS, RUNS, TALKS
from channels import session
from channels.errors import STATUS, sentence
from channels.parts import address, container, limit

Page = str | tuple[str, int] | Response


def sign_in() -> Page:
    wanted = _own_path(request.values.get("next", ""))
    if request.method == "GET":
        if session.signed_in():
            return redirect(url_for("console.entry"))
        return render_template("console/sign_in.html", problem="", username="", next=wanted)
    username = request.form.get("username", "")
    try:
        staff = container().accounts.sign_in(
            username, request.form.get("password", ""), address()
        )  # fmt: skip
    except (WrongPassword, TooManyAttempts) as error:
        page = render_template(
            "console/sign_in.html",
            problem=sentence(
                "too_many_sign_ins" if error.code == "too_many_attempts" else error.code
            ),
            username=username[:64],
            next=wanted,
        )
        return page, STATUS[error.code]
    session.sign_in(staff)
    return redirect(wanted or url_for("console.entry"), 303)


def first() -> Page:
    """The one-time sign-in. Opening the link uses nothing up (mail programs open links too)."""
    ticket = request.values.get("ticket", "")
    if request.method == "GET":
        return render_template("console/first.html", ticket=ticket, problem="")
    limit("console.first", address(), 20, 900)
    try:
        staff = container().accounts.redeem(ticket)
    except WrongPassword:
        page = render_template("console/first.html", ticket="", problem=sentence("bad_ticket"))
        return page, 401
    session.sign_in(staff)
    # Whoever needed a ticket does not know the old password.
    session.allow_new_password()
    return redirect(url_for("console.password"), 303)


def password() -> Page:
    staff: Staff = g.staff
    knows_old = not (staff.must_change_password or session.may_set_password())
    if request.method == "GET":
        return render_template("console/password.html", problem="", knows_old=knows_old)
    try:
        problem = _change(staff, knows_old)
    except (WeakPassword, WrongPassword, TooManyAttempts) as error:
        problem = sentence(error.code)
    if problem:
        return render_template("console/password.html", problem=problem, knows_old=knows_old), 400
    return redirect(url_for("console.entry"), 303)


def _change(staff: Staff, knows_old: bool) -> str:
    """Change the password; the sentence that says why not, or nothing."""
    if knows_old:
        container().accounts.sign_in(staff.username, request.form.get("old", ""), address())
    new = request.form.get("new", "")
    if new != request.form.get("again", ""):
        return sentence("passwords_differ")
    changed = container().accounts.set_password(staff, new)
    session.sign_in(changed)  # every other session of this account ends here
    return ""


def sign_out() -> Response:
    session.sign_out()
    return redirect(url_for("console.sign_in"), 303)


def entry() -> Response:
    """Where this role's work begins."""
    role = g.staff.role
    if role in TALKS and role not in RUNS:
        return redirect(url_for("console.desk"))
    if MATTERS[role]:
        return redirect(url_for("console.ledger"))
    return redirect(url_for("console.system"))


def _own_path(path: str) -> str:
    """``path`` if it leads to a page of the console, else nothing (open redirects)."""
    return path if path.startswith("/console/") and "\\" not in path else ""
