"""``/wechat``: where the platform delivers messages of the official account."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from flask import Blueprint, Request, Response, request

from casework.texts import Texts
from channels.wechat import replies as rendering
from channels.wechat import signature
from channels.wechat.account import Account, account_of
from channels.wechat.answering import Answering
from channels.wechat.envelope import Envelope
from channels.wechat.messages import Incoming, parse
from channels.wechat.refusals import Malformed, NotEncrypted, Refused, TooLarge
from channels.wechat.shelf import Shelf, shelf_of
from channels.wechat.xml import LARGEST, read

if TYPE_CHECKING:
    from casework.bootstrap import Container

log = structlog.get_logger(__name__)

#: What tells the platform not to try again, and shows nothing to the citizen.
SUCCESS = "success"
_LONGEST_ECHO = 512


@dataclass(frozen=True)
class Opened:
    """A call that was verified: its message, and whether the answer must be encrypted."""

    incoming: Incoming
    encrypted: bool


class Webhook:
    """Verifies calls and opens their messages."""

    def __init__(self, account: Account, shelf: Shelf, texts: Texts) -> None:
        self._account = account
        self._shelf = shelf
        self._texts = texts
        self._envelope = Envelope(account) if account.aes_key else None

    def echo(self, call: Request, now: float) -> str:
        """The ``echostr`` of a verification (接入验证), if it is signed with our token."""
        self._check_signature(call)
        signature.check_fresh(call.args.get("timestamp", ""), now)
        echo = call.args.get("echostr", "")
        if not echo or len(echo) > _LONGEST_ECHO:
            raise Malformed
        return echo

    def open(self, call: Request, now: float) -> Opened:
        """The message of a call. Raises a ``Refused``."""
        timestamp = call.args.get("timestamp", "")
        nonce = call.args.get("nonce", "")
        encrypted = call.args.get("encrypt_type", "raw") == "aes"
        # A signed call always carries this one; in AES mode a second one covers the body.
        self._check_signature(call)
        signature.check_fresh(timestamp, now)
        fields = read(_body(call))
        if encrypted:
            if self._envelope is None or "Encrypt" not in fields:
                raise NotEncrypted
            signed = call.args.get("msg_signature", "")
            fields = read(self._envelope.open(fields["Encrypt"], signed, timestamp, nonce))
        elif self._envelope is not None and not self._account.plain_allowed:
            raise NotEncrypted
        incoming = parse(fields, self._texts)
        signature.check_single_use(self._shelf, timestamp, nonce, incoming.identity)
        return Opened(incoming, encrypted)

    def reply(self, opened: Opened, text: str, now: float) -> Response:
        """The passive reply, in the form the message had."""
        if not text:
            return Response(SUCCESS, content_type="text/plain; charset=utf-8")
        incoming = opened.incoming
        xml = rendering.passive(text, incoming.openid, incoming.account_id, int(now))
        if opened.encrypted and self._envelope is not None:
            xml = self._envelope.seal(xml, int(now))
        return Response(xml, content_type="application/xml; charset=utf-8")

    def _check_signature(self, call: Request) -> None:
        signature.check(
            call.args.get("signature", ""),
            self._account.token,
            call.args.get("timestamp", ""),
            call.args.get("nonce", ""),
        )


def _body(call: Request) -> bytes:
    if (call.content_length or 0) > LARGEST:
        raise TooLarge
    body = call.stream.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise TooLarge
    return body


def make_blueprint(container: Container) -> Blueprint:
    """The webhook of one installation; every call is refused while no token is set."""
    blueprint = Blueprint("wechat", __name__)
    settings = container.settings
    shelf = shelf_of(settings)
    webhook = Webhook(account_of(settings), shelf, container.texts)
    answering = Answering(container, shelf)

    def now() -> float:
        return float(container.clock.now().timestamp())

    @blueprint.get("/wechat")
    def verify() -> Response:
        return Response(webhook.echo(request, now()), content_type="text/plain; charset=utf-8")

    @blueprint.post("/wechat")
    def deliver() -> Response:
        started = time.monotonic()
        opened = webhook.open(request, now())
        inbound = opened.incoming.inbound
        if inbound is None:
            return webhook.reply(opened, "", now())
        spent = time.monotonic() - started
        wait = max(float(settings.passive_reply_seconds) - spent, 0.0)
        return webhook.reply(opened, answering.answer(inbound, wait), now())

    @blueprint.errorhandler(Refused)
    def refuse(refused: Refused) -> Response:
        # Only the code: neither the body nor the query, which hold words, names and signatures.
        log.warning("wechat.refused", code=refused.code)
        return Response(refused.code, refused.status, content_type="text/plain; charset=utf-8")

    return blueprint
