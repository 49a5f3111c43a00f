"""Pushes replies to a citizen as customer-service messages (客服消息)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import structlog

from casework.ports import DeliveryResult
from channels.laws import link_of
from channels.wechat import replies as rendering
from channels.wechat.account import Account, account_of
from channels.wechat.errcodes import TOKEN, meaning
from channels.wechat.messages import CHANNEL
from channels.wechat.platform import Answer, Platform
from channels.wechat.shelf import Shelf, shelf_of
from channels.wechat.token import TokenProvider

log = structlog.get_logger(__name__)

#: How long it is remembered which parts of a push have gone out; longer than pushes are retried.
_REMEMBER = 3 * 24 * 3600
_REMEMBER_OWED = 90 * 24 * 3600

#: Refusals that end as soon as the citizen writes again.
UNTIL_WRITTEN = frozenset({"quota", "window_closed"})


def owed(openid: str) -> str:
    """The name on the shelf under which it stands that a citizen is owed a push."""
    return "owed:" + hashlib.sha256(openid.encode()).hexdigest()[:32]


class WechatSender:
    """``ports.Sender`` for WeChat. Never raises.

    The platform allows 5 messages in the 48 hours after a citizen wrote (3 in the minute after a
    menu click, a follow or a scan), so the replies of one push are merged into one message, and
    only what exceeds 2,048 bytes goes into another.
    """

    channel = CHANNEL

    def __init__(
        self,
        account: Account,
        shelf: Shelf,
        platform: Platform | None = None,
        link: rendering.Link | None = None,
    ) -> None:
        self._link = link or (lambda _message_id: "")
        self._account = account
        self._shelf = shelf
        self._platform = platform or Platform(account.api_base)
        self._tokens = TokenProvider(account, self._platform, shelf)

    def send(
        self, recipient: str, key: str, replies: Iterable[Mapping[str, Any]]
    ) -> DeliveryResult:
        """Send ``[{"text": …, "labels": […]}]``; tried again with the same ``key``, it goes on
        with the first part that has not gone out."""
        if not self._account.can_push:
            return DeliveryResult(False, "misconfigured", "SUQIU_WECHAT_SECRET is not set")
        parts = rendering.split(rendering.as_text(replies, self._link))
        name = f"sent:{key}"
        done = int(self._shelf.get(name) or 0)
        for number, part in enumerate(parts[done:], start=done + 1):
            answer = self._post(recipient, part)
            if not answer.ok:
                result = _result(answer)
                if result.code in UNTIL_WRITTEN:
                    self._shelf.put(owed(recipient), "1", _REMEMBER_OWED)
                return result
            self._shelf.put(name, str(number), _REMEMBER)
        return DeliveryResult(True, "0")

    def _post(self, recipient: str, text: str) -> Answer:
        token, answer = self._tokens.token()
        if not answer.ok:
            return answer
        answer = self._call(token, recipient, text)
        if answer.errcode not in TOKEN:
            return answer
        token, renewed = self._tokens.renew(token)
        return self._call(token, recipient, text) if renewed.ok else renewed

    def _call(self, token: str, recipient: str, text: str) -> Answer:
        return self._platform.post(
            "/cgi-bin/message/custom/send",
            {"touser": recipient, "msgtype": "text", "text": {"content": text}},
            params={"access_token": token},
        )


def _result(answer: Answer) -> DeliveryResult:
    if answer.failure:
        log.warning("wechat.push_failed", failure=answer.failure)
        # A time-out may have reached the citizen; saying it twice is better than not at all.
        return DeliveryResult(False, answer.failure)
    what = meaning(answer.errcode)
    log.warning("wechat.push_refused", errcode=answer.errcode, code=what.code)
    return DeliveryResult(
        False, what.code, f"{answer.errcode}: {what.note}", retry_after=what.retry_after
    )


def sender_of(settings: Any) -> WechatSender:
    """The sender for an installation; the worker is handed it by whoever starts the processes."""
    return WechatSender(account_of(settings), shelf_of(settings), link=link_of(settings))
