"""Accounts of the staff: signing in, one-time sign-ins, passwords.

Nobody has a default password: a new account has none at all and is opened once with a ticket.
Sessions are the channel's business.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import uuid
from dataclasses import replace
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from casework.domain.errors import (
    BadUsername,
    TooManyAttempts,
    UnknownStaff,
    WeakPassword,
    WrongPassword,
)
from casework.domain.people import Role, Staff
from casework.domain.text import clean
from casework.ports import Clock, Limiter, Store

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
TICKET_HOURS = 24
# Sign-ins that one account and one address may try in a quarter of an hour.
PER_ACCOUNT, PER_CLIENT, WINDOW_SECONDS = 10, 30, 900

_USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")
# No password can produce this: an account that has not chosen one yet.
_NO_PASSWORD = "!"  # noqa: S105


class Accounts:
    """Who works here. ``hasher`` is argon2id with the library's own parameters."""

    def __init__(
        self, store: Store, clock: Clock, limiter: Limiter, hasher: PasswordHasher | None = None
    ) -> None:
        self._store = store
        self._clock = clock
        self._limiter = limiter
        self._hasher = hasher or PasswordHasher()
        # Verified when there is no such account, so that both ways take the same time.
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))

    def sign_in(self, username: str, password: str, client: str) -> Staff:
        """The account, if the password is right. ``client`` is the address that asks.

        Raises ``WrongPassword`` (whatever was wrong) and ``TooManyAttempts``.
        """
        name = username.strip().lower()[:64]
        for key, limit in ((f"account:{name}", PER_ACCOUNT), (f"client:{client}", PER_CLIENT)):
            if not self._limiter.hit("sign-in", key, limit, WINDOW_SECONDS):
                raise TooManyAttempts
        staff = self._named(name)
        known = staff is not None and staff.active and staff.password_hash != _NO_PASSWORD
        stored = staff.password_hash if staff and known else self._nobody
        right = self._verify(stored, password[: LONGEST_PASSWORD + 1])
        if staff is None or not right:
            raise WrongPassword
        if self._hasher.check_needs_rehash(stored):
            staff = self._keep_password(staff, password)
        self._record(staff.id, "signed in")
        return staff

    def ticket(self, staff: Staff, hours: float = TICKET_HOURS) -> str:
        """A one-time sign-in, good for a day. Only its digest is stored."""
        ticket = secrets.token_urlsafe(32)
        now = self._clock.now()
        with self._store() as work:
            work.staff.put_ticket(_digest(ticket), staff.id, now + timedelta(hours=hours))
            work.audit.record(now, "system", "made a one-time sign-in", staff.id)
            work.commit()
        return ticket

    def redeem(self, ticket: str) -> Staff:
        """The account of an unused, unexpired ticket, which is used up. ``WrongPassword`` else."""
        now = self._clock.now()
        with self._store() as work:
            staff_id = work.staff.take_ticket(_digest(ticket[:200]), now)
            staff = work.staff.get(staff_id) if staff_id else None
            if staff is not None:
                work.audit.record(now, staff.id, "used a one-time sign-in", staff.id)
            work.commit()
        if staff is None or not staff.active:
            raise WrongPassword
        return staff

    def set_password(self, staff: Staff, password: str) -> Staff:
        """Choose a password. Raises ``WeakPassword``."""
        kinds = {_kind_of(character) for character in password}
        if (
            not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD
            or len(kinds) < 2
            or len(set(password)) < 5
            or staff.username in password.lower()
        ):
            raise WeakPassword
        changed = self._keep_password(staff, password)
        self._record(staff.id, "changed the password")
        return changed

    def add(self, username: str, name: str, role: Role) -> Staff:
        """A new account without a password: its first sign-in is a ticket.

        Raises ``BadUsername`` for a name that is taken or is none.
        """
        username = username.strip().lower()
        shown = clean(name).strip()[:40]
        if not _USERNAME.fullmatch(username) or not shown:
            raise BadUsername(username)
        now = self._clock.now()
        staff = Staff(
            id=uuid.uuid4().hex,
            username=username,
            name=shown,
            role=role,
            password_hash=_NO_PASSWORD,
            must_change_password=True,
            created_at=now,
        )
        with self._store() as work:
            if work.staff.by_username(username) is not None:
                raise BadUsername(username)
            work.staff.add(staff)
            work.audit.record(now, "system", "added an account", staff.id, role.value)
            work.commit()
        return staff

    def set_active(self, staff_id: str, active: bool) -> Staff:
        """Switch an account off or on again. Raises ``UnknownStaff``."""
        now = self._clock.now()
        with self._store() as work:
            staff = work.staff.get(staff_id)
            if staff is None:
                raise UnknownStaff(staff_id)
            staff = replace(staff, active=active)
            work.staff.save(staff)
            what = "switched an account on" if active else "switched an account off"
            work.audit.record(now, "system", what, staff.id)
            work.commit()
        return staff

    def _named(self, name: str) -> Staff | None:
        if not _USERNAME.fullmatch(name):
            return None  # nor anything a database could be asked for
        with self._store.reading() as work:
            return work.staff.by_username(name)

    def _keep_password(self, staff: Staff, password: str) -> Staff:
        changed = replace(
            staff, password_hash=self._hasher.hash(password), must_change_password=False
        )
        with self._store() as work:
            work.staff.save(changed)
            work.commit()
        return changed

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password.encode("utf-8", "replace"))
        except (Argon2Error, InvalidHashError):
            return False

    def _record(self, staff_id: str, what: str) -> None:
        with self._store() as work:
            work.audit.record(self._clock.now(), staff_id, what, staff_id)
            work.commit()


def _digest(ticket: str) -> str:
    return hashlib.sha256(ticket.encode("utf-8", "replace")).hexdigest()


def _kind_of(character: str) -> str:
    if character.isdigit():
        return "digit"
    if character.isalpha():
        return "upper" if character.isupper() else "letter"
    return "sign"
