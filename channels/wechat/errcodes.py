"""What the platform's error codes mean for a message that was to be sent.

Source: 微信公众平台 全局返回码. ``code`` is what ``DeliveryResult`` carries, ``retry_after`` how
many seconds later another try can help; None where it cannot, until somebody does something.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Meaning:
    code: str
    retry_after: float | None
    note: str  # for the operator


UNKNOWN = Meaning("refused", None, "the platform refused; see the number in its documentation")

TOKEN = frozenset({40001, 40014, 42001})

ERRCODES: dict[int, Meaning] = {
    -1: Meaning("busy", 5, "the platform is busy"),
    40001: Meaning("token", 60, "the access token was not accepted, nor a new one"),
    40014: Meaning("token", 60, "the access token was not accepted, nor a new one"),
    42001: Meaning("token", 60, "the access token had run out, and so had a new one"),
    40002: Meaning("misconfigured", None, "grant_type is wrong"),
    40003: Meaning("bad_recipient", None, "no such follower of this account"),
    40013: Meaning("misconfigured", None, "SUQIU_WECHAT_APP_ID is wrong"),
    40125: Meaning("misconfigured", None, "SUQIU_WECHAT_SECRET is wrong"),
    41002: Meaning("misconfigured", None, "SUQIU_WECHAT_APP_ID is missing"),
    41004: Meaning("misconfigured", None, "SUQIU_WECHAT_SECRET is missing"),
    40164: Meaning("ip_not_allowed", 600, "this machine's address is not on the IP whitelist"),
    43004: Meaning("not_following", None, "the citizen no longer follows the account"),
    45002: Meaning("too_long", None, "the text has more than 2048 bytes"),
    45009: Meaning("rate_limited", 3600, "the account's calls of the day are used up"),
    45011: Meaning("rate_limited", 60, "too many calls in this minute"),
    45015: Meaning("window_closed", None, "the citizen last wrote more than 48 hours ago"),
    45047: Meaning("quota", None, "5 messages were sent since the citizen last wrote"),
    48001: Meaning("not_permitted", None, "the account may not send customer-service messages"),
    48004: Meaning("not_permitted", None, "the platform has closed this interface to the account"),
    50002: Meaning("not_permitted", None, "the account is restricted"),
}


def meaning(errcode: int) -> Meaning:
    return ERRCODES.get(errcode, UNKNOWN)
