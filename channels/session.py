"""The signed cookie of the member of staff who is signed in.

The cookie names the account and carries a print of its password hash, so that a changed password
ends every other session; an account that was switched off is signed out at its next request.
"""

from __future__ import annotations

import hashlib
import hmac
import time

from flask import current_app, session

from casework.domain.people import Staff
from channels.parts import container

IDLE_SECONDS = 2 * 3600  # away for so long is signed out; settings say how long at most


def _print_of(staff: Staff) -> str:
    key = str(current_app.secret_key).encode()
    return hmac.new(key, staff.password_hash.encode(), hashlib.sha256).hexdigest()[:32]


def sign_in(staff: Staff) -> None:
    """Begin a session; whatever the browser had before is dropped (session fixation)."""
    session.clear()
    session["staff"] = staff.id
    session["print"] = _print_of(staff)
    session["since"] = session["seen"] = int(time.time())


def sign_out() -> None:
    session.clear()


def allow_new_password() -> None:
    """This session was opened by a ticket: it may choose a password without knowing the old."""
    session["ticket"] = True


def may_set_password() -> bool:
    return bool(session.get("ticket"))


def signed_in() -> Staff | None:
    """Who is signed in, read anew from the accounts at every request."""
    staff_id = session.get("staff")
    if not isinstance(staff_id, str):
        return None
    now = int(time.time())
    since, seen = session.get("since", 0), session.get("seen", 0)
    with container().store.reading() as work:
        staff: Staff | None = work.staff.get(staff_id)
    if (
        staff is None
        or not staff.active
        or now - since > container().settings.session_hours * 3600
        or now - seen > IDLE_SECONDS
        or not hmac.compare_digest(str(session.get("print", "")), _print_of(staff))
    ):
        session.clear()
        return None
    if now - seen > 60:
        session["seen"] = now
    return staff
