"""Limits on attempts, by the ``limits`` library: in this process, or in Redis for all of them."""

from __future__ import annotations

import structlog
from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from casework.adapters.vault import Vault

log = structlog.get_logger(__name__)

REDIS_SECONDS = 1  # a limit is not worth a citizen's waiting


class WindowLimiter:
    """Counts attempts in a moving window.

    What is counted (an address, an openid) is kept as a fingerprint only. Where Redis does not
    answer, attempts are counted in this process, so that a limit is weaker for a while but never
    gone and never in the way.
    """

    def __init__(self, vault: Vault, redis_url: str | None = None) -> None:
        self._vault = vault
        self._here = MovingWindowRateLimiter(MemoryStorage())
        self._shared = MovingWindowRateLimiter(_redis(redis_url)) if redis_url else None

    def hit(self, name: str, key: str, limit: int, seconds: int) -> bool:
        item = RateLimitItemPerSecond(limit, seconds, namespace="suqiu")
        counted = self._vault.fingerprint(key, f"limit.{name}")
        if self._shared is not None:
            try:
                return self._shared.hit(item, name, counted)
            except Exception as error:  # whatever the client raises, the count goes on here
                log.warning("limiter_without_redis", error=type(error).__name__)
        return self._here.hit(item, name, counted)


def _redis(url: str) -> Storage:
    # The library knows Redis on a socket as redis+unix.
    url = url.replace("unix://", "redis+unix://", 1)
    storage = storage_from_string(
        url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS
    )
    if not isinstance(
        storage, Storage
    ):  # pragma: no cover - asynchronous storages are never asked for
        raise TypeError("not a storage for threads")
    return storage
