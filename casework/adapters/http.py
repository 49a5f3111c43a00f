"""What the adapters that speak HTTP share: a pooled session and a reader with a deadline."""

from __future__ import annotations

import ipaddress
import time
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, ReadTimeoutError

CONNECT_SECONDS = 3.0
POOL_SIZE = 64  # as many conversations at once as a gateway has threads


class BodyTooLong(Exception):
    """The answer has more bytes than any honest one."""


class _StraightSession(requests.Session):
    """Follows no redirect, not even to look where it leads: what is posted is personal."""

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002
        return None


def open_session(url: str) -> requests.Session:
    """A session for one address. It retries nothing by itself.

    Proxies of the environment count for other machines only, never for this one.
    """
    session = _StraightSession()
    adapter = HTTPAdapter(pool_connections=2, pool_maxsize=POOL_SIZE, max_retries=0)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
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
    now and then would hold a turn for ever. Raises ``requests.RequestException`` and
    ``BodyTooLong``.
    """
    body = bytearray()
    try:
        while piece := response.raw.read1(65536, decode_content=True):
            body += piece
            if len(body) > longest:
                raise BodyTooLong
            if time.monotonic() > deadline:
                raise requests.Timeout("the answer took too long")
    except ReadTimeoutError as error:
        raise requests.Timeout(str(error)) from error
    except HTTPError as error:
        raise requests.ConnectionError(type(error).__name__) from error
    return bytes(body)
