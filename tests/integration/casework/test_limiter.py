"""Limits, in one process and across them."""

from __future__ import annotations

import uuid

import redis

from casework.adapters.limiter import WindowLimiter
from casework.adapters.vault import Vault


def hits(limiter: WindowLimiter, key: str, times: int, seconds: int = 60) -> list[bool]:
    return [limiter.hit("code", key, 3, seconds) for _ in range(times)]


def test_past_the_limit_attempts_are_refused(vault: Vault) -> None:
    limiter = WindowLimiter(vault)
    assert hits(limiter, "1.2.3.4", 5) == [True, True, True, False, False]
    assert hits(limiter, "5.6.7.8", 1) == [True]
    assert limiter.hit("sign-in", "1.2.3.4", 3, 60)


def test_processes_count_together_in_redis_and_leave_no_address_there(
    vault: Vault, redis_url: str
) -> None:
    address = f"visitor-{uuid.uuid4().hex}"
    one, other = WindowLimiter(vault, redis_url), WindowLimiter(vault, redis_url)
    assert hits(one, address, 2) == [True, True]
    assert hits(other, address, 2) == [True, False]
    client = redis.Redis(unix_socket_path=redis_url.removeprefix("unix://"))
    keys = b"\n".join(client.keys("*"))
    client.close()
    assert vault.fingerprint(address, "limit.code").encode() in keys
    assert address.encode() not in keys


def test_without_its_redis_a_limiter_goes_on_by_itself(vault: Vault) -> None:
    limiter = WindowLimiter(vault, "unix:///nonexistent/redis.sock")
    assert hits(limiter, "1.2.3.4", 4) == [True, True, True, False]
