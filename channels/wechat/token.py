"""The access token, from ``/cgi-bin/stable_token``.

``stable_token`` gives every caller the same token while it lives, so that several processes do
not take each other's token away (获取稳定版接口调用凭据). It is kept on the shelf for all of them.
wechatpy's own client is not used: its token call has no time limit, and while the platform goes
on answering 40001 it fetches tokens until the stack runs out.
"""

from __future__ import annotations

import hashlib

import structlog

from channels.wechat.account import Account
from channels.wechat.platform import Answer, Platform
from channels.wechat.shelf import Shelf

log = structlog.get_logger(__name__)

#: A token is fetched anew this long before its end, seconds. The platform renews it 300 s before.
_MARGIN = 60
#: A forced refresh is allowed 20 times a day and 30 s apart; every process waits this long.
_FORCE_EVERY = 600


class TokenProvider:
    """Hands out the account's token. At most one call to the platform each time it is asked."""

    def __init__(self, account: Account, platform: Platform, shelf: Shelf) -> None:
        self._account = account
        self._platform = platform
        self._shelf = shelf
        digest = hashlib.sha256(f"{account.api_base}\n{account.app_id}".encode()).hexdigest()[:16]
        self._name = f"token:{digest}"

    def token(self) -> tuple[str, Answer]:
        """The token and a good answer, or an empty string and the answer that says why not."""
        kept = self._shelf.get(self._name)
        if kept:
            return kept, Answer()
        return self._fetch(force=False)

    def renew(self, refused: str) -> tuple[str, Answer]:
        """Another token, after the platform refused ``refused``.

        Another process may have fetched one by now; else the platform is asked, and forced to
        make a new one if it hands out the refused one again (not more often than it allows).
        """
        kept = self._shelf.get(self._name)
        if kept and kept != refused:
            return kept, Answer()
        self._shelf.drop(self._name)
        token, answer = self._fetch(force=False)
        if not answer.ok or token != refused:
            return token, answer
        if self._shelf.add(f"forced:{self._name}", "1", _FORCE_EVERY) is not None:
            return "", Answer(errcode=40001)
        log.warning("wechat.token_forced")
        return self._fetch(force=True)

    def _fetch(self, force: bool) -> tuple[str, Answer]:
        answer = self._platform.post(
            "/cgi-bin/stable_token",
            {
                "grant_type": "client_credential",
                "appid": self._account.app_id,
                "secret": self._account.app_secret,
                "force_refresh": force,
            },
        )
        if not answer.ok:
            log.warning("wechat.no_token", errcode=answer.errcode, failure=answer.failure)
            return "", answer
        token = answer.body.get("access_token")
        seconds = answer.body.get("expires_in")
        if not isinstance(token, str) or not token or not isinstance(seconds, int):
            return "", Answer(failure="bad_answer")
        self._shelf.put(self._name, token, max(seconds - _MARGIN, 1))
        return token, answer
