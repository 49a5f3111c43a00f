"""The gateway over real use cases on SQLite; the dialogue is played."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from casework.adapters.store import SqlStore
from casework.domain.people import Role
from casework.settings import Settings
from channels.app import create_app
from tests.fakes.clock import FakeClock
from tests.fakes.office import PASSWORD, Office

TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


@pytest.fixture
def office(sqlite_settings: Settings, sqlite_store: SqlStore, clock: FakeClock) -> Iterator[Office]:
    opened = Office.open(sqlite_settings, sqlite_store, clock)
    yield opened
    opened.conversations.close()


@pytest.fixture
def app(office: Office) -> Flask:
    return create_app(container=office)  # type: ignore[arg-type]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@dataclass
class Browser:
    """Somebody with a browser: keeps cookies, and sends the token of the form it was shown."""

    client: FlaskClient

    def get(self, path: str, **options: Any) -> TestResponse:
        options.setdefault("headers", {"Accept": "text/html"})
        return self.client.get(path, **options)

    def post(self, path: str, page: str = "", **fields: str) -> TestResponse:
        """Fill in a form of ``page`` (or of a page with a form) and send it."""
        shown = self.get(page or path).get_data(as_text=True)
        found = TOKEN.search(shown)
        assert found, f"no form on {page or path}"
        return self.client.post(
            path, data={"csrf": found[1], **fields}, headers={"Accept": "text/html"}
        )

    def sign_in(self, username: str, password: str = PASSWORD) -> TestResponse:
        return self.post("/console/sign-in", username=username, password=password)


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    return Browser(client)


@pytest.fixture
def signed_in(app: Flask, office: Office) -> Any:
    """``signed_in(Role.LAWYER)``: a browser of its own for a new account with that role."""

    def sign_in(role: Role, username: str = "", name: str = "") -> Browser:
        office.staff(role, username, name)
        browser = Browser(app.test_client())
        assert browser.sign_in(username or role.value).status_code == 303
        return browser

    return sign_in


class Visitor:
    """A citizen's page, as far as HTTP goes."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.seq = 0
        self.keys = 0
        self.session = client.post("/widget/session", json={})

    def send(self, **message: Any) -> TestResponse:
        self.keys += 1
        return self.client.post(
            f"/widget/messages?after={self.seq}", json={"key": f"key-{self.keys}", **message}
        )

    def says(self, text: str) -> list[str]:
        """Send a text; the texts that came back, without one's own."""
        answer = self.send(text=text).get_json()
        self.seq = max([line["seq"] for line in answer["utterances"]] + [self.seq])
        return [line["text"] for line in answer["utterances"] if line["author"] != "citizen"]

    def reads(self) -> list[dict[str, Any]]:
        answer = self.client.get(f"/widget/messages?after={self.seq}").get_json()
        lines: list[dict[str, Any]] = answer["utterances"]
        return lines


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app.test_client())
