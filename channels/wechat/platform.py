"""Calls to the platform's API. Every call has a time limit; what fails is a value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

#: Seconds to connect, and seconds without a byte.
TIMEOUT = (3.05, 6.0)


@dataclass(frozen=True)
class Answer:
    """``errcode`` 0 is success. ``failure`` is set where there was no answer to speak of."""

    errcode: int = 0
    body: Mapping[str, Any] = field(default_factory=dict)
    failure: str = ""  # "timeout", "unreachable", "http_502", "garbage"

    @property
    def ok(self) -> bool:
        return not self.failure and self.errcode == 0


class Platform:
    """The API at ``base`` (``https://api.weixin.qq.com``, or the practice account)."""

    def __init__(self, base: str) -> None:
        self._base = base.rstrip("/")
        self._session = requests.Session()

    def post(
        self, path: str, body: Mapping[str, Any], params: Mapping[str, str] | None = None
    ) -> Answer:
        """POST JSON as UTF-8: escaped as ``\\uXXXX`` the platform would show the escapes."""
        try:
            response = self._session.post(
                self._base + path,
                params=params,
                data=json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"),
                headers={"Content-Type": "application/json; charset=utf-8"},
                timeout=TIMEOUT,
                allow_redirects=False,
            )
        except requests.Timeout:
            return Answer(failure="timeout")
        except requests.RequestException:
            # The text of the exception holds the address, and with it the access token.
            return Answer(failure="unreachable")
        if response.status_code != 200:
            return Answer(failure=f"http_{response.status_code}")
        try:
            parsed = json.loads(response.content)
            return Answer(errcode=int(parsed.get("errcode") or 0), body=parsed)
        except (ValueError, AttributeError, TypeError):
            return Answer(failure="garbage")
