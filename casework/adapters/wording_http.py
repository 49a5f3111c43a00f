"""Asks a machine for a wording: any service with the chat interface of OpenAI, of one's own.

Personal data must not leave the house. The address that a connection has really reached is looked at
before anything is sent, so that neither a name server nor a proxy can lead it elsewhere.
"""

from __future__ import annotations

import json
import socket
import time
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from casework.adapters.http import CONNECT_SECONDS, BodyTooLong, open_session, read_body
from casework.domain.networks import is_own
from casework.ports import Drafted

LONGEST_ANSWER = 200_000  # bytes
LONGEST_WAIT = 3600.0  # a Retry-After beyond an hour is not believed
MOST_TOKENS = 2_000
LOOK_SECONDS = 3.0


class _Elsewhere(Exception):
    """The connection has reached a machine that is not of one's own networks."""


def _checked(connection: socket.socket) -> socket.socket:
    if not is_own(str(connection.getpeername()[0])):
        connection.close()
        raise _Elsewhere
    return connection


class _OwnConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


class _OwnTlsConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


class _OwnPool(HTTPConnectionPool):
    ConnectionCls = _OwnConnection


class _OwnTlsPool(HTTPSConnectionPool):
    ConnectionCls = _OwnTlsConnection


class _OwnNetworks(HTTPAdapter):
    """Reaches only machines of one's own networks; with ``anywhere`` others too, but only by TLS."""

    def __init__(self, anywhere: bool) -> None:
        self._anywhere = anywhere
        super().__init__(pool_connections=1, pool_maxsize=2, max_retries=0)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        secure = HTTPSConnectionPool if self._anywhere else _OwnTlsPool
        self.poolmanager.pool_classes_by_scheme = {"http": _OwnPool, "https": secure}


class HttpDrafter:
    """One service at ``url`` (as ``http://127.0.0.1:11434/v1``). ``code`` of a result is the HTTP
    status, or ``timeout``, ``unreachable``, ``bad_answer`` or ``not_own`` (see ``is_own``)."""

    def __init__(
        self, url: str, model: str, key: str | None, seconds: float, anywhere: bool = False
    ) -> None:
        self.model = model
        self._url = url
        self._seconds = seconds
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._session = open_session(url)
        self._session.trust_env = False  # no proxy of the environment: it would carry it elsewhere
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, _OwnNetworks(anywhere))

    def draft(self, instructions: str, material: str) -> Drafted:
        """The machine's answer as text. Never raises."""
        asked = {
            "model": self.model,
            "messages": [
                {"role": "system", "content": instructions},
                {"role": "user", "content": material},
            ],
            "temperature": 0,
            "max_tokens": MOST_TOKENS,
            "stream": False,
        }
        body = json.dumps(asked, ensure_ascii=False).encode("utf-8", "replace")
        return self._call("POST", "/chat/completions", body, self._seconds)

    def reachable(self) -> Drafted:
        """Whether it answers at all: the list of its models, which is not read."""
        return self._call("GET", "/models", None, LOOK_SECONDS)

    def _call(self, method: str, path: str, body: bytes | None, seconds: float) -> Drafted:
        deadline = time.monotonic() + seconds
        try:
            with self._session.request(
                method,
                self._url + path,
                data=body,
                headers={"Content-Type": "application/json; charset=utf-8", **self._headers},
                timeout=(min(CONNECT_SECONDS, seconds), seconds),
                allow_redirects=False,
                stream=True,
            ) as response:
                answer = read_body(response, deadline, LONGEST_ANSWER)
        except _Elsewhere:
            return Drafted(False, "not_own")
        except requests.Timeout:
            return Drafted(False, "timeout")
        except BodyTooLong:
            return Drafted(False, "bad_answer")
        except (requests.RequestException, OSError, ValueError):
            return Drafted(False, "unreachable")
        if response.status_code != 200:
            wait = response.headers.get("Retry-After", "").strip()
            after = min(float(wait), LONGEST_WAIT) if wait.isascii() and wait.isdigit() else None
            return Drafted(False, str(response.status_code), retry_after=after)
        if method == "GET":
            return Drafted(True, "200")
        text = _content(answer)
        return Drafted(True, "200", text) if text else Drafted(False, "bad_answer")


def _content(answer: bytes) -> str:
    """``choices[0].message.content``; empty where there is none."""
    try:
        content = json.loads(answer)["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError):
        return ""
    return content if isinstance(content, str) else ""
