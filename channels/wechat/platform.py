"""Calls to the platform's API. Every call has a time limit; what fails is a value."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from casework.adapters.http import CONNECT_SECONDS, BodyTooLong, open_session, read_body

ANSWER_SECONDS = 6.0
LONGEST_ANSWER = 65_536


@dataclass(frozen=True)
class Answer:
    """``errcode`` 0 is success. ``failure`` is set where there was no answer to speak of."""

    errcode: int = 0
    body: Mapping[str, Any] = field(default_factory=dict)
    failure: str = ""  # "timeout", "unreachable", "bad_answer", or an HTTP status

    @property
    def ok(self) -> bool:
        return not self.failure and self.errcode == 0


class Platform:
    """The API at ``base`` (``https://api.weixin.qq.com``, or the practice account)."""

    def __init__(self, base: str) -> None:
        self._base = base.rstrip("/")
        self._session = open_session(base)

    def post(
        self, path: str, body: Mapping[str, Any], params: Mapping[str, str] | None = None
    ) -> Answer:
        """POST JSON as UTF-8: escaped as ``\\uXXXX`` the platform would show the escapes."""
        deadline = time.monotonic() + ANSWER_SECONDS
        try:
            with self._session.post(
                self._base + path,
                params=params,
                data=json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"),
                headers={"Content-Type": "application/json; charset=utf-8"},
                timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
                allow_redirects=False,
                stream=True,
            ) as response:
                if response.status_code != 200:
                    return Answer(failure=str(response.status_code))
                return _read(read_body(response, deadline, LONGEST_ANSWER))
        except requests.Timeout:
            return Answer(failure="timeout")
        except (requests.RequestException, OSError):
            # The text of the exception holds the address, and with it the access token.
            return Answer(failure="unreachable")
        except BodyTooLong:
            return Answer(failure="bad_answer")


def _read(raw: bytes) -> Answer:
    try:
        body = json.loads(raw)
        return Answer(errcode=int(body.get("errcode") or 0), body=body)
    except (ValueError, AttributeError, TypeError, RecursionError):
        return Answer(failure="bad_answer")
