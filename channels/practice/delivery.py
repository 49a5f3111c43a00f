"""Delivers what a follower does to the webhook, and tries again as the platform does."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests

from channels.practice import cipher, payloads
from channels.practice.account import Accounts, Follower
from channels.practice.config import PracticeConfig


@dataclass(frozen=True)
class Trouble:
    """What is done to a delivery on purpose, to see how the webhook takes it."""

    copies: int = 1  # the same message so many times at once
    lose_answers: int = 0  # so many first answers are lost on the way back
    same_signature: bool = False  # tries carry the first one's timestamp and nonce


class Delivery:
    """The platform's side of the webhook."""

    def __init__(self, config: PracticeConfig, accounts: Accounts) -> None:
        self._config = config
        self._accounts = accounts
        self._aes = cipher.Aes(config.aes_key, config.app_id) if config.aes_key else None
        self.mode = config.mode

    def deliver(
        self, follower: Follower, what: Mapping[str, Any], trouble: Trouble | None = None
    ) -> None:
        """Deliver one message or event; returns when it was answered or given up."""
        trouble = trouble or Trouble()
        fields = {
            "ToUserName": self._config.account_id,
            "FromUserName": follower.openid,
            "CreateTime": int(self._config.now()),
            **what,
        }
        shown = threading.Event()  # of several copies, the phone shows the first answer only
        copies = [
            threading.Thread(target=self._tries, args=(follower, fields, trouble, shown, number))
            for number in range(1, trouble.copies + 1)
        ]
        self._accounts.typing(follower, +1)
        try:
            for copy in copies:
                copy.start()
            for copy in copies:
                copy.join()
        finally:
            self._accounts.typing(follower, -1)

    def _tries(
        self,
        follower: Follower,
        fields: Mapping[str, Any],
        trouble: Trouble,
        shown: threading.Event,
        copy: int,
    ) -> None:
        stamp = self._stamp()
        for number in range(1, self._config.tries + 1):
            if number > 1 and not trouble.same_signature:
                stamp = self._stamp()
            outcome, text = self._try(follower, fields, stamp, number, copy)
            if number <= trouble.lose_answers and outcome in {"reply", "success"}:
                self._accounts.note_call(follower, kind="lost", number=number, copy=copy)
                continue
            if outcome == "reply" and not shown.is_set():
                shown.set()
                self._accounts.show(follower, "account", "text", text, "passive")
            if outcome == "broken":
                self._accounts.show(follower, "system", "out_of_order", "")
            if outcome in {"reply", "success", "broken"}:
                return
        self._accounts.show(follower, "system", "out_of_order", "")

    def _try(
        self,
        follower: Follower,
        fields: Mapping[str, Any],
        stamp: tuple[str, str],
        number: int,
        copy: int,
    ) -> tuple[str, str]:
        timestamp, nonce = stamp
        xml = payloads.as_xml(fields)
        params, body = self._sign(xml, timestamp, nonce, follower.openid)
        started = time.monotonic()
        outcome, text, detail = "timeout", "", ""
        try:
            answer = requests.post(
                self._config.webhook_url,
                params=params,
                data=body.encode("utf-8"),
                headers={"Content-Type": "text/xml"},
                timeout=self._config.reply_seconds,
                allow_redirects=False,
            )
            detail = answer.content[:20_000].decode("utf-8", "replace")
            outcome, text = self._read(answer.status_code, detail, follower.openid)
        except requests.Timeout:
            pass
        except requests.RequestException as error:
            outcome, detail = "unreachable", type(error).__name__
        except (payloads.BrokenReply, cipher.CipherError) as error:
            outcome, detail = "broken", f"{error}\n{detail}"
        self._accounts.note_call(
            follower,
            kind="delivery",
            number=number,
            of=self._config.tries,
            copy=copy,
            mode=self.mode,
            outcome=outcome,
            ms=round((time.monotonic() - started) * 1000),
            request=xml,
            answer=detail,
        )
        return outcome, text

    def _stamp(self) -> tuple[str, str]:
        return str(int(self._config.now())), str(secrets.randbelow(10**10))

    def _sign(
        self, xml: str, timestamp: str, nonce: str, openid: str
    ) -> tuple[dict[str, str], str]:
        token = self._config.token
        params = {
            "signature": cipher.signature(token, timestamp, nonce),
            "timestamp": timestamp,
            "nonce": nonce,
            "openid": openid,
        }
        if self.mode != "aes" or self._aes is None:
            return params, xml
        encrypted = self._aes.encrypt(xml)
        params["encrypt_type"] = "aes"
        params["msg_signature"] = cipher.signature(token, timestamp, nonce, encrypted)
        body = payloads.as_xml({"ToUserName": self._config.account_id, "Encrypt": encrypted})
        return params, body

    def _read(self, status: int, body: str, openid: str) -> tuple[str, str]:
        if status != 200:
            return f"http_{status}", ""
        if body.strip() in {"", "success"}:
            return "success", ""
        if self.mode == "aes" and self._aes is not None:
            sealed = payloads.read_xml(body)
            parts = [sealed.get(name, "") for name in ("TimeStamp", "Nonce", "Encrypt")]
            if not cipher.matches(sealed.get("MsgSignature", ""), self._config.token, *parts):
                raise payloads.BrokenReply("wrong MsgSignature")
            body = self._aes.decrypt(sealed.get("Encrypt", ""))
        return "reply", payloads.read_reply(body, openid, self._config.account_id)
