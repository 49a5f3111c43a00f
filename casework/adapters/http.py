"""What the adapters that speak HTTP share: a pooled session and a reader with a deadline."""

from __future__ import annotations

import ipaddress
import time
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

CONNECT_SECONDS = 3.0
POOL_SIZE = 64  # as many conversations at once as a gateway has threads


class BodyTooLong(Exception):
    """The answer has more bytes than any honest one."""


def open_session(url: str) -> requests.Session:
    """A session for one address. It retries nothing by itself and follows no redirects.

    Proxies of the environment count for other machines only, never for this one.
    """
    session = requests.Session()
    adapter = HTTPAdapter(pool_connections=2, pool_maxsize=POOL_SIZE, max_retries=0)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    session.max_redirects = 0
    session.trust_env = not is_loopback(url)
    session.headers["User-Agent"] = "suqiu"
    return session


def is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_body(response: requests.Response, deadline: float, longest: int) -> bytes:
    """The body of a streamed response, by a ``time.monotonic()`` deadline.

    The timeout of requests counts from one piece to the next, so that a server which sends a byte
    now and then would hold a turn for ever. Raises ``requests.Timeout`` and ``BodyTooLong``.
    """
    body = bytearray()
    for piece in response.iter_content(65536):
        body += piece
        if len(body) > longest:
            raise BodyTooLong
        if time.monotonic() > deadline:
            raise requests.Timeout("the answer took too long")
    return bytes(body)
