"""Accounts: no default password, no hint which part was wrong, nothing twice."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from casework.accounts import PER_ACCOUNT, Accounts
from casework.adapters.store import SqlStore
from casework.domain.errors import (
    BadUsername,
    TooManyAttempts,
    UnknownStaff,
    WeakPassword,
    WrongPassword,
)
from casework.domain.people import Role, Staff
from tests.fakes.clock import FakeClock
from tests.fakes.limiter import FakeLimiter

GOOD = "清风明月-2026-abc"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def accounts(casework_store: SqlStore, clock: FakeClock, limiter: FakeLimiter) -> Accounts:
    return Accounts(casework_store, clock, limiter, CHEAP)


@pytest.fixture
def li(accounts: Accounts) -> Staff:
    return accounts.add("li", "李律师", Role.LAWYER)


def test_a_new_account_has_no_password_at_all(accounts: Accounts, li: Staff) -> None:
    assert li.must_change_password
    for guess in ("", "!", "li", "password", "admin"):
        with pytest.raises(WrongPassword):
            accounts.sign_in("li", guess, "10.0.0.1")


def test_a_ticket_signs_in_once(accounts: Accounts, li: Staff) -> None:
    ticket = accounts.ticket(li)
    assert accounts.redeem(ticket).id == li.id
    with pytest.raises(WrongPassword):
        accounts.redeem(ticket)


def test_a_ticket_ends_with_its_day(accounts: Accounts, li: Staff, clock: FakeClock) -> None:
    ticket = accounts.ticket(li)
    clock.advance(hours=24)
    with pytest.raises(WrongPassword):
        accounts.redeem(ticket)


@pytest.mark.parametrize("guess", ["", "x", "\ud800", "A" * 100_000])
def test_no_guess_is_a_ticket(accounts: Accounts, li: Staff, guess: str) -> None:
    accounts.ticket(li)
    with pytest.raises(WrongPassword):
        accounts.redeem(guess)


def test_a_ticket_of_an_account_that_was_switched_off_is_worth_nothing(
    accounts: Accounts, li: Staff
) -> None:
    ticket = accounts.ticket(li)
    accounts.set_active(li.id, False)
    with pytest.raises(WrongPassword):
        accounts.redeem(ticket)


def test_a_chosen_password_signs_in_until_it_is_changed(accounts: Accounts, li: Staff) -> None:
    accounts.set_password(li, GOOD)
    signed_in = accounts.sign_in(" Li ", GOOD, "10.0.0.1")
    assert (signed_in.id, signed_in.must_change_password) == (li.id, False)
    assert GOOD not in signed_in.password_hash
    accounts.set_password(signed_in, GOOD + "!")
    with pytest.raises(WrongPassword):
        accounts.sign_in("li", GOOD, "10.0.0.1")


def test_an_account_that_was_switched_off_cannot_sign_in(accounts: Accounts, li: Staff) -> None:
    accounts.set_password(li, GOOD)
    accounts.set_active(li.id, False)
    with pytest.raises(WrongPassword):
        accounts.sign_in("li", GOOD, "10.0.0.1")
    accounts.set_active(li.id, True)
    assert accounts.sign_in("li", GOOD, "10.0.0.1").id == li.id
    with pytest.raises(UnknownStaff):
        accounts.set_active("nobody", False)


def test_an_unknown_account_is_refused_like_a_wrong_password(accounts: Accounts, li: Staff) -> None:
    accounts.set_password(li, GOOD)
    for username in ("nobody", "", "li\x00", "\ud800", "x" * 100_000):
        with pytest.raises(WrongPassword):
            accounts.sign_in(username, GOOD, "10.0.0.1")


def test_guessing_is_stopped_per_account_wherever_it_comes_from(
    accounts: Accounts, li: Staff
) -> None:
    accounts.set_password(li, GOOD)
    for attempt in range(PER_ACCOUNT):
        with pytest.raises(WrongPassword):
            accounts.sign_in("li", "wrong", f"10.0.0.{attempt}")
    with pytest.raises(TooManyAttempts):
        accounts.sign_in("li", GOOD, "10.0.1.1")


@pytest.mark.parametrize(
    "weak",
    ["", "short-1", "1234567890123", "abcdefghijkl", "aaaaaaaaaa1", "li-2026-li-2026", "x1" * 101],
)
def test_a_weak_password_is_refused(accounts: Accounts, li: Staff, weak: str) -> None:
    with pytest.raises(WeakPassword):
        accounts.set_password(li, weak)


@pytest.mark.parametrize("username", ["li", "LI", "", "1li", "a", "a b", "李", "a" * 33, "../x"])
def test_a_username_is_one_of_its_kind(accounts: Accounts, li: Staff, username: str) -> None:
    with pytest.raises(BadUsername):
        accounts.add(username, "李", Role.LAWYER)


def test_hashes_made_with_older_parameters_are_renewed_at_sign_in(
    casework_store: SqlStore, clock: FakeClock, limiter: FakeLimiter, accounts: Accounts, li: Staff
) -> None:
    old = accounts.set_password(li, GOOD)
    stronger = Accounts(
        casework_store, clock, limiter, PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    )
    renewed = stronger.sign_in("li", GOOD, "10.0.0.1")
    assert renewed.password_hash != old.password_hash
    assert stronger.sign_in("li", GOOD, "10.0.0.1").password_hash == renewed.password_hash
