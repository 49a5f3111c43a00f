"""Whether a delivery is signed, fresh and whole (docs/petition-http.md)."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import Headers

FRESH_SECONDS = 300
LARGEST_BODY = 1024 * 1024
LONGEST_KEY = 200
PROTOCOL = 1
KINDS = frozenset({"petition", "consultation", "mediation", "legal_aid"})


class Refusal(Exception):
    """The delivery is not taken: an HTTP status and a code for the sender's staff."""

    def __init__(self, status: int, code: str, message: str = "") -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Delivered:
    """One delivery that may be taken."""

    key: str
    matter: dict[str, Any]
    digest: str  # of the matter, to tell a repetition from another matter under the same key


def check(headers: Headers, body: bytes, secret: str, now: float) -> Delivered:
    """Raise a ``Refusal``, with nothing of the body looked at before the signature is known."""
    key = headers.get("Idempotency-Key", "")
    timestamp = headers.get("X-Suqiu-Timestamp", "")
    given = headers.get("X-Suqiu-Signature", "")
    if not (key and timestamp and given):
        raise Refusal(401, "unsigned", "a header is missing")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise Refusal(401, "bad_timestamp")
    mac = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    expected = "v1=" + mac.hexdigest()
    if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
        raise Refusal(401, "bad_signature")
    if abs(now - int(timestamp)) > FRESH_SECONDS:
        raise Refusal(401, "stale", "signed too long ago, or the clocks differ")
    return _parse(key, body)


def _parse(key: str, body: bytes) -> Delivered:
    try:
        parsed = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Refusal(400, "not_json") from None
    if not isinstance(parsed, dict):
        raise Refusal(400, "not_an_object")
    if len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise Refusal(400, "bad_key")
    if parsed.get("key") != key:
        raise Refusal(400, "key_mismatch", "header and body name different keys")
    if parsed.get("protocol") != PROTOCOL:
        raise Refusal(422, "unknown_protocol")
    matter = parsed.get("matter")
    if not isinstance(matter, dict):
        raise Refusal(422, "no_matter")
    if not isinstance(matter.get("number"), str) or not matter["number"]:
        raise Refusal(422, "no_number")
    if matter.get("kind") not in KINDS:
        raise Refusal(422, "unknown_kind")
    if not isinstance(matter.get("summary"), dict):
        raise Refusal(422, "no_summary")
    canonical = json.dumps(matter, sort_keys=True, ensure_ascii=True).encode()
    return Delivered(key, matter, hashlib.sha256(canonical).hexdigest())
