"""The platform's API, as far as the product calls it."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, request

from channels.practice.account import Accounts
from channels.practice.config import PracticeConfig
from channels.practice.payloads import LONGEST_REPLY

_MESSAGES = {
    0: "ok",
    40001: "invalid credential, access_token is invalid or not latest",
    40002: "invalid grant_type",
    40003: "invalid openid",
    40008: "invalid message type",
    40013: "invalid appid",
    40125: "invalid appsecret",
    41001: "access_token missing",
    42001: "access_token expired",
    43004: "require subscribe",
    44004: "empty content",
    45002: "content size out of limit",
    45015: "response out of time limit or subscription is canceled",
    45047: "out of response count limit",
    47001: "data format error",
}


def make_api(config: PracticeConfig, accounts: Accounts) -> Blueprint:
    api = Blueprint("api", __name__)

    @api.post("/cgi-bin/stable_token")
    def stable_token() -> Response:
        asked = _json()
        if asked is None:
            return _errcode(47001)
        if asked.get("grant_type") != "client_credential":
            return _errcode(40002)
        if asked.get("appid") != config.app_id:
            return _errcode(40013)
        if asked.get("secret") != config.app_secret:
            return _errcode(40125)
        token, seconds = accounts.stable_token(force=asked.get("force_refresh") is True)
        return _answer({"access_token": token, "expires_in": seconds})

    @api.post("/cgi-bin/message/custom/send")
    def send() -> Response:
        accounts.send_calls += 1
        errcode = _send(_json(), request.args.get("access_token", ""))
        return _errcode(errcode)

    def _send(asked: dict[str, Any] | None, token: str) -> int:
        errcode = accounts.check_token(token) if token else 41001
        if errcode:
            return errcode
        if asked is None:
            return 47001
        follower = accounts.follower(str(asked.get("touser")))
        if follower is None:
            return 40003
        text = asked.get("text")
        content = text.get("content") if isinstance(text, dict) else None
        if asked.get("msgtype") != "text":
            errcode = 40008
        elif not isinstance(content, str) or not content.strip():
            errcode = 44004
        elif len(content.encode()) > LONGEST_REPLY:
            errcode = 45002
        elif not follower.following:
            errcode = 43004
        else:
            errcode = accounts.use_push(follower)
        accounts.note_call(
            follower, kind="push", outcome=errcode, left=accounts.pushes_left(follower)
        )
        if errcode == 0:
            accounts.show(follower, "account", "text", str(content), "push")
        return errcode

    return api


def _json() -> dict[str, Any] | None:
    try:
        asked = json.loads(request.get_data())
    except ValueError:
        return None
    return asked if isinstance(asked, dict) else None


def _errcode(errcode: int) -> Response:
    return _answer({"errcode": errcode, "errmsg": _MESSAGES[errcode]})


def _answer(body: dict[str, Any]) -> Response:
    return Response(json.dumps(body), content_type="application/json; encoding=utf-8")
