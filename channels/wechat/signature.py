"""Signatures of the platform, and that none of them serves twice for different messages.

The platform signs the sorted strings token, timestamp and nonce (and in AES mode the encrypted
body) with SHA-1. In plain mode the body is not signed at all, so a signature that was seen once
could carry any body: it is bound to the first message that came with it.
"""

from __future__ import annotations

import hashlib
import hmac

from channels.wechat.refusals import BadSignature, Replayed, Stale
from channels.wechat.shelf import Shelf

#: How far a call's timestamp may be from our clock, seconds. The platform's own tries of one
#: message lie within some 15 s; the rest is for clocks that are not exact.
FRESH_SECONDS = 300
_LONGEST = 128


def sign(*parts: str) -> str:
    """SHA-1 over the sorted parts, in hex (微信公众平台: 接入指南, 消息加解密说明)."""
    joined = "".join(sorted(parts)).encode("utf-8", "surrogatepass")
    return hashlib.sha1(joined, usedforsecurity=False).hexdigest()


def check(given: str, token: str, timestamp: str, nonce: str, *more: str) -> None:
    """Raise ``BadSignature`` unless ``given`` is ours; compared in constant time."""
    if not token or not given or max(len(given), len(timestamp), len(nonce)) > _LONGEST:
        raise BadSignature
    expected = sign(token, timestamp, nonce, *more)
    if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
        raise BadSignature


def check_fresh(timestamp: str, now: float) -> None:
    """Raise ``Stale`` unless ``timestamp`` (Unix seconds) is near ``now``."""
    if not (timestamp.isascii() and timestamp.isdigit()):
        raise Stale
    if abs(now - int(timestamp)) > FRESH_SECONDS:
        raise Stale


def check_single_use(shelf: Shelf, timestamp: str, nonce: str, identity: str) -> None:
    """Raise ``Replayed`` if this timestamp and nonce came before with another message.

    The same message with the same signature is the platform trying again: it gets its answer (a
    try with a new timestamp and nonce is recognised by the message's own identity, in the inbox).
    """
    name = "nonce:" + hashlib.sha256(f"{timestamp}\n{nonce}".encode()).hexdigest()[:32]
    before = shelf.add(name, identity, 2 * FRESH_SECONDS)
    if before is not None and before != identity:
        raise Replayed
