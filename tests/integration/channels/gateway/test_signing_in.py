"""Signing in, one-time sign-ins, sessions that end."""

from __future__ import annotations

import time
from typing import Any

import pytest
from flask import Flask

from casework.domain.people import Role
from tests.fakes.office import PASSWORD, Office
from tests.integration.channels.gateway.conftest import Browser

START = {
    Role.LAWYER: "/console/desk",
    Role.CLERK: "/console/ledger",
    Role.SUPERVISOR: "/console/ledger",
    Role.OPERATOR: "/console/system",
}


@pytest.mark.parametrize("role", list(Role))
def test_everybody_signs_in_and_begins_where_their_work_is(signed_in: Any, role: Role) -> None:
    browser = signed_in(role)
    entry = browser.get("/console/")
    assert entry.headers["Location"] == START[role]
    assert browser.get(START[role]).status_code == 200


@pytest.mark.parametrize(
    ("username", "password"),
    [("clerk", "wrong password 1"), ("nobody", PASSWORD), ("", ""), ("clerk", ""), ("\x00", "x")],
)
def test_whatever_was_wrong_the_words_are_the_same(
    browser: Browser, office: Office, username: str, password: str
) -> None:
    office.staff(Role.CLERK)
    answer = browser.sign_in(username, password)
    assert answer.status_code == 401
    assert office.texts.say("errors.wrong_password") in answer.get_data(as_text=True)
    assert browser.get("/console/ledger").status_code == 302


def test_guessing_is_slowed_down(browser: Browser, office: Office) -> None:
    office.staff(Role.CLERK)
    codes = [browser.sign_in("clerk", f"wrong password {n}").status_code for n in range(12)]
    assert codes == [401] * 10 + [429] * 2
    assert browser.sign_in("clerk").status_code == 429


def test_nobody_gets_in_without_signing_in(browser: Browser) -> None:
    for path in ("/console/", "/console/desk", "/console/ledger", "/console/system"):
        answer = browser.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/console/sign-in?next=")
    assert browser.client.get("/console/desk/x/lines").status_code == 401
    assert browser.client.post("/console/desk/x/take").status_code == 401


def test_after_signing_in_one_gets_where_one_wanted(browser: Browser, office: Office) -> None:
    office.staff(Role.CLERK)
    asked = browser.get("/console/ledger?kind=petition").headers["Location"]
    page = browser.get(asked).get_data(as_text=True)
    assert 'value="/console/ledger?kind=petition"' in page
    answer = browser.post(
        "/console/sign-in",
        username="clerk",
        password=PASSWORD,
        next="/console/ledger?kind=petition",
    )
    assert answer.headers["Location"] == "/console/ledger?kind=petition"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/console/\\x", "javascript:x"],
)
def test_signing_in_leads_to_no_other_site(
    browser: Browser, office: Office, elsewhere: str
) -> None:
    office.staff(Role.CLERK)
    answer = browser.post("/console/sign-in", username="clerk", password=PASSWORD, next=elsewhere)
    assert answer.headers["Location"] == "/console/"


def test_a_ticket_signs_in_once_and_asks_for_a_password(app: Flask, office: Office) -> None:
    ticket = office.accounts.ticket(office.accounts.add("wang", "王敏", Role.LAWYER))
    browser = Browser(app.test_client())
    link = f"/console/first?ticket={ticket}"
    assert browser.get(link).status_code == 200
    assert browser.get(link).status_code == 200, "looking at the link uses nothing up"
    signed = browser.post("/console/first", page=link, ticket=ticket)
    assert signed.headers["Location"] == "/console/password"
    assert browser.get("/console/desk").headers["Location"] == "/console/password"

    weak = browser.post("/console/password", new="short", again="short")
    assert weak.status_code == 400
    differ = browser.post("/console/password", new=PASSWORD, again=PASSWORD + "!")
    assert "不一样" in differ.get_data(as_text=True)
    chosen = browser.post("/console/password", new=PASSWORD, again=PASSWORD)
    assert chosen.status_code == 303
    assert browser.get("/console/desk").status_code == 200

    second = Browser(app.test_client())
    refused = second.post("/console/first", page=link, ticket=ticket)
    assert refused.status_code == 401
    assert "已用过" in refused.get_data(as_text=True)
    assert second.sign_in("wang").status_code == 303


def test_a_forgotten_password_is_replaced_through_a_ticket(app: Flask, office: Office) -> None:
    member = office.staff(Role.CLERK)
    ticket = office.accounts.ticket(member)
    browser = Browser(app.test_client())
    browser.post("/console/first", page=f"/console/first?ticket={ticket}", ticket=ticket)
    assert 'name="old"' not in browser.get("/console/password").get_data(as_text=True)
    browser.post("/console/password", new="another good 7", again="another good 7")
    assert Browser(app.test_client()).sign_in("clerk", "another good 7").status_code == 303


def test_changing_the_password_needs_the_old_one_and_ends_other_sessions(
    app: Flask, signed_in: Any, office: Office
) -> None:
    here = signed_in(Role.CLERK)
    there = Browser(app.test_client())
    there.sign_in("clerk")
    wrong = here.post(
        "/console/password", old="not mine 123", new="another good 7", again="another good 7"
    )
    assert wrong.status_code == 400
    assert there.get("/console/ledger").status_code == 200
    right = here.post(
        "/console/password", old=PASSWORD, new="another good 7", again="another good 7"
    )
    assert right.status_code == 303
    assert here.get("/console/ledger").status_code == 200
    assert there.get("/console/ledger").status_code == 302


def test_an_account_switched_off_is_out_at_once(signed_in: Any, office: Office) -> None:
    browser = signed_in(Role.CLERK)
    with office.store.reading() as work:
        member = work.staff.by_username("clerk")
    assert member is not None
    office.accounts.set_active(member.id, False)
    assert browser.get("/console/ledger").status_code == 302


@pytest.mark.parametrize("seconds", [2 * 3600 + 60, 9 * 3600])
def test_a_session_left_alone_ends(
    signed_in: Any, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    browser = signed_in(Role.CLERK)
    later = time.time() + seconds
    monkeypatch.setattr("channels.session.time.time", lambda: later)
    assert browser.get("/console/ledger").status_code == 302


def test_a_session_in_use_ends_after_its_hours(
    signed_in: Any, monkeypatch: pytest.MonkeyPatch, office: Office
) -> None:
    browser = signed_in(Role.CLERK)
    began = time.time()
    hours = office.settings.session_hours
    for hour in range(1, int(hours) + 1):
        at = began + hour * 3600 - 30
        monkeypatch.setattr("channels.session.time.time", lambda at=at: at)
        assert browser.get("/console/ledger").status_code == 200
    monkeypatch.setattr("channels.session.time.time", lambda: began + hours * 3600 + 60)
    assert browser.get("/console/ledger").status_code == 302


def test_signing_out_ends_the_session(signed_in: Any) -> None:
    browser = signed_in(Role.CLERK)
    browser.post("/console/sign-out", page="/console/ledger")
    assert browser.get("/console/ledger").status_code == 302


def test_a_session_of_before_is_dropped_on_signing_in(browser: Browser, office: Office) -> None:
    office.staff(Role.CLERK)
    before = browser.get("/console/sign-in").get_data(as_text=True)
    browser.sign_in("clerk")
    assert before.split('name="csrf" value="')[1][:20] not in browser.get(
        "/console/ledger"
    ).get_data(as_text=True)


def test_a_button_pressed_by_another_site_does_nothing(signed_in: Any, office: Office) -> None:
    browser = signed_in(Role.CLERK)
    matter = office.matter()
    for fields in ({}, {"csrf": ""}, {"csrf": "guessed"}, {"csrf": "é"}):
        answer = browser.client.post(
            f"/console/matters/{matter.number}/status", data={"status": "registered", **fields}
        )
        assert answer.status_code == 400
    with office.store.reading() as work:
        assert work.matters.get(matter.id).status == "submitted"


FORBIDDEN = [
    (Role.LAWYER, "/console/system"),
    (Role.CLERK, "/console/desk"),
    (Role.CLERK, "/console/system"),
    (Role.OPERATOR, "/console/desk"),
    (Role.OPERATOR, "/console/ledger"),
]


@pytest.mark.parametrize(("role", "path"), FORBIDDEN)
def test_each_role_sees_its_own_work_only(signed_in: Any, role: Role, path: str) -> None:
    answer = signed_in(role).get(path)
    assert answer.status_code == 403
    assert "不能" in answer.get_data(as_text=True)
