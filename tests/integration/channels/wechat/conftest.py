"""The webhook over a real casework, called as the platform calls it.

Signatures and envelopes of the calls are WeRoBot's: neither the webhook's own nor the practice
account's.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from flask import Flask
from werkzeug.serving import make_server
from werkzeug.test import TestResponse
from werobot.crypto import MessageCrypt
from werobot.utils import get_signature

from casework.adapters.bureau_file import DEMO, load_bureau, standing_values
from casework.adapters.directory_file import load_directory
from casework.adapters.store import SqlStore
from casework.conversations import Conversations
from casework.given_answers import GivenAnswers
from casework.settings import Settings
from casework.texts import Texts
from channels import practice
from channels.practice.account import Accounts, Follower
from channels.wechat import make_blueprint
from tests.fakes.assessor import FakeAssessor
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue import FakeDialogue

TOKEN, APP_ID, SECRET = "a1b2c3", "wx0123456789abcdef", "s3cret"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ACCOUNT, CITIZEN = "gh_4f1e0a9c77aa", "oQ3cV5m1Xk2b7Zt9Lw4dRf8sYp0A"


def fields_of(xml: str | bytes) -> dict[str, str]:
    return {child.tag: child.text or "" for child in fromstring(xml)}


@dataclass
class Caller:
    """The platform's side: signs, encrypts, delivers."""

    app: Flask
    clock: FakeClock
    _nonces: Iterator[int] = field(default_factory=lambda: count(1000))
    _ids: Iterator[int] = field(default_factory=lambda: count(24817263547182930))

    def text(self, content: str, **change: Any) -> str:
        """A new text message."""
        return self.message(
            {"MsgType": "text", "Content": content, "MsgId": next(self._ids)}, **change
        )

    def event(self, name: str, key: str = "") -> str:
        return self.message({"MsgType": "event", "Event": name, "EventKey": key})

    def message(self, what: dict[str, Any], sender: str = CITIZEN) -> str:
        fields = {
            "ToUserName": ACCOUNT,
            "FromUserName": sender,
            "CreateTime": int(self.clock.now().timestamp()),
            **what,
        }
        return (
            "<xml>" + "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in fields.items()) + "</xml>"
        )

    def signed(self, token: str = TOKEN, age: int = 0) -> dict[str, str]:
        """The query of a new call."""
        timestamp = str(int(self.clock.now().timestamp()) - age)
        nonce = str(next(self._nonces))
        return {
            "timestamp": timestamp,
            "nonce": nonce,
            "signature": get_signature(token, timestamp, nonce),
            "openid": CITIZEN,
        }

    def post(self, body: str | bytes, query: dict[str, str] | None = None) -> TestResponse:
        """One delivery in plain text."""
        query = self.signed() if query is None else query
        return self.app.test_client().post("/wechat", query_string=query, data=body)

    def post_aes(self, xml: str, key: str = KEY, app_id: str = APP_ID) -> TestResponse:
        """One delivery in 安全模式."""
        query = self.signed()
        crypt = MessageCrypt(TOKEN, key, app_id)
        sealed = fields_of(crypt.encrypt_message(xml, query["timestamp"], query["nonce"]))
        query |= {"encrypt_type": "aes", "msg_signature": sealed["MsgSignature"]}
        body = (
            f"<xml><ToUserName>{ACCOUNT}</ToUserName><Encrypt>{sealed['Encrypt']}</Encrypt></xml>"
        )
        return self.post(body, query)


def opened(response: TestResponse) -> str:
    """The text of an encrypted passive reply."""
    sealed = fields_of(response.data)
    xml = MessageCrypt(TOKEN, KEY, APP_ID).decrypt_message(
        sealed["TimeStamp"], sealed["Nonce"], sealed["MsgSignature"], sealed["Encrypt"]
    )
    return fields_of(xml)["Content"]


def said(response: TestResponse) -> str:
    """The text of a plain passive reply."""
    assert response.status_code == 200, response.text
    return fields_of(response.data)["Content"]


@dataclass
class Gateway:
    """A gateway with the WeChat channel, and what stands behind it."""

    app: Flask
    settings: Settings
    store: SqlStore
    clock: FakeClock
    dialogue: FakeDialogue
    conversations: Conversations
    texts: Texts

    @cached_property
    def caller(self) -> Caller:
        return Caller(self.app, self.clock)

    def lines(self) -> list[tuple[str, str]]:
        """The citizen's conversation as the lawyer sees it."""
        with self.store() as work:
            conversation = work.conversations.find_or_create("wechat", CITIZEN, self.clock.now())
            return [(u.author.value, u.text) for u in work.transcript.since(conversation.id, 0)]

    def outbox(self) -> dict[str, int]:
        with self.store.reading() as work:
            return work.outbox.counts()


GatewayMaker = Callable[..., Gateway]


@pytest.fixture
def texts(settings: Settings) -> Texts:
    bureau = load_bureau(DEMO, lambda day: day.weekday() < 5)
    return Texts(values=standing_values(bureau, load_directory(settings.directory_file)))


@pytest.fixture
def dialogue() -> FakeDialogue:
    return FakeDialogue()


@pytest.fixture
def make_gateway(
    sqlite_settings: Settings,
    sqlite_store: SqlStore,
    clock: FakeClock,
    texts: Texts,
    dialogue: FakeDialogue,
) -> Iterator[GatewayMaker]:
    """Makes gateways on one database, with settings of choice."""
    made: list[Conversations] = []

    def make(**change: Any) -> Gateway:
        settings = Settings(
            **{
                "data_dir": sqlite_settings.data_dir,
                "wechat_app_id": APP_ID,
                "wechat_secret": SECRET,
                "wechat_token": TOKEN,
                "wechat_aes_key": KEY,
                "wechat_mode": "compatible",
            }
            | change
        )
        conversations = Conversations(
            sqlite_store, dialogue, clock, texts, FakeAssessor(), lambda draft: None
        )
        made.append(conversations)
        container: Any = SimpleNamespace(
            settings=settings,
            store=sqlite_store,
            clock=clock,
            texts=texts,
            conversations=conversations,
            given_answers=GivenAnswers(sqlite_store, clock),
        )
        app = Flask("gateway")
        app.register_blueprint(make_blueprint(container))
        return Gateway(app, settings, sqlite_store, clock, dialogue, conversations, texts)

    yield make
    for conversations in made:
        conversations.close()


@pytest.fixture
def gateway(make_gateway: GatewayMaker) -> Gateway:
    return make_gateway()


@pytest.fixture
def caller(gateway: Gateway) -> Caller:
    return gateway.caller


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The application on a port of its own; yields its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


@dataclass
class Phone:
    """A citizen at the practice account, as a program."""

    app: Flask
    clock: FakeClock
    openid: str

    @property
    def accounts(self) -> Accounts:
        found: Accounts = self.app.extensions["practice"]
        return found

    @property
    def follower(self) -> Follower:
        found = self.accounts.follower(self.openid)
        assert found is not None
        return found

    def act(self, what: str, status: int = 200, **asked: Any) -> None:
        """Follow, send or press, and wait until the platform is done with it."""
        answer = self.app.test_client().post(
            f"/phone/{self.openid}/{what}", json={"wait": True, **asked}
        )
        assert answer.status_code == status, answer.text

    def say(self, text: str, **asked: Any) -> list[str]:
        """Send a text; what the account has said since."""
        before = len(self.heard)
        self.act("send", text=text, **asked)
        return self.heard[before:]

    @property
    def heard(self) -> list[str]:
        return [line.text for line in self.follower.lines if line.author == "account"]

    @property
    def notices(self) -> list[str]:
        return [line.kind for line in self.follower.lines if line.author == "system"]

    @property
    def outcomes(self) -> list[str]:
        return [c["outcome"] for c in self.follower.calls if c["kind"] == "delivery"]


def practice_for(webhook_url: str, clock: FakeClock, **change: Any) -> Flask:
    """The practice account of a webhook, on the test's clock."""
    options: dict[str, Any] = {
        "app_id": APP_ID,
        "app_secret": SECRET,
        "token": TOKEN,
        "aes_key": KEY,
        "now": lambda: clock.now().timestamp(),
    }
    return practice.create_app(practice.PracticeConfig(webhook_url, **(options | change)))


def phone_at(app: Flask, clock: FakeClock, follow: bool = True) -> Phone:
    openid = app.test_client().post("/phone/followers").get_json()["openid"]
    phone = Phone(app, clock, openid)
    if follow:
        phone.act("follow")
    return phone
