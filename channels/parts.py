"""What a view needs of the application it runs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app, request

from channels.failures import TooFast

if TYPE_CHECKING:
    from casework.bootstrap import Container
    from casework.texts import Texts
    from channels.stream import Streams


def container() -> Container:
    return cast("Container", current_app.extensions["suqiu"])


def words() -> Texts:
    """The words of the edge (``channels/words``); those of the service are ``container().texts``."""
    return cast("Texts", current_app.extensions["suqiu.words"])


def streams() -> Streams:
    return cast("Streams", current_app.extensions["suqiu.streams"])


def address() -> str:
    """The client's address, as far as the configured proxies can be believed."""
    return request.remote_addr or "unknown"


def limit(name: str, key: str, times: int, seconds: int) -> None:
    """Count one request; raises ``TooFast`` past ``times`` in ``seconds``."""
    allowed = max(1, round(times * container().settings.limit_factor))
    if not container().limiter.hit(name, key, allowed, seconds):
        raise TooFast
