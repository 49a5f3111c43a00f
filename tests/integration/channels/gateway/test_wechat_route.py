"""The WeChat webhook inside the whole gateway: its guards let the platform in, and only it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr

from casework.adapters.store import SqlStore
from casework.settings import Settings
from channels.app import create_app
from tests.fakes.clock import FakeClock
from tests.fakes.office import Office
from tests.wire_files import wechat_payloads

TOKEN = "a1b2c3"


@pytest.fixture
def platform(
    sqlite_settings: Settings, sqlite_store: SqlStore, clock: FakeClock
) -> Iterator[FlaskClient]:
    settings = sqlite_settings.model_copy(update={"wechat_token": SecretStr(TOKEN)})
    office = Office.open(settings, sqlite_store, clock)
    yield create_app(container=office).test_client()  # type: ignore[arg-type]
    office.conversations.close()


def signed(clock: FakeClock, nonce: str = "n") -> dict[str, str]:
    timestamp = str(int(clock.now().timestamp()))
    digest = hashlib.sha1("".join(sorted([TOKEN, timestamp, nonce])).encode())
    return {"timestamp": timestamp, "nonce": nonce, "signature": digest.hexdigest()}


def test_the_platform_is_answered_without_a_form_token_or_a_sign_in(
    platform: FlaskClient, clock: FakeClock
) -> None:
    answer = platform.post("/wechat", query_string=signed(clock), data=wechat_payloads()["text"])
    assert answer.status_code == 200
    assert "<Content>" in answer.text
    echo = platform.get("/wechat", query_string=signed(clock) | {"echostr": "17"})
    assert echo.text == "17"


@pytest.mark.parametrize(
    ("query", "size", "status"),
    [({}, 10, 403), (None, 300_000, 413), (None, 2_000_000, 413), (None, 10, 400)],
)
def test_others_are_refused_without_a_page(
    platform: FlaskClient, clock: FakeClock, query: dict[str, str] | None, size: int, status: int
) -> None:
    query = signed(clock) if query is None else query
    answer = platform.post("/wechat", query_string=query, data=b"x" * size)
    assert (answer.status_code, answer.mimetype) == (status, "text/plain")


def test_without_an_account_there_is_no_webhook(client: FlaskClient, clock: FakeClock) -> None:
    assert client.post("/wechat", query_string=signed(clock), data=b"x").status_code in {400, 404}
