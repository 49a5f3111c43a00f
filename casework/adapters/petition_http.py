"""Delivers matters to a petition system over HTTP, as docs/petition-http.md describes."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any

import requests

from casework.adapters.http import CONNECT_SECONDS, BodyTooLong, open_session, read_body
from casework.ports import Clock, DeliveryResult

PROTOCOL = 1
ANSWER_SECONDS = 15.0
LONGEST_ANSWER = 100_000  # bytes
LONGEST_REFERENCE = 200
LONGEST_REASON = 300
LONGEST_WAIT = 24 * 3600.0  # a Retry-After beyond a day is not believed


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The value of ``X-Suqiu-Signature``."""
    signed = timestamp.encode("ascii") + b"." + body
    return "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


class HttpPetitionSystem:
    """One receiver. ``code`` of a result is the HTTP status, or one of ``timeout``,
    ``unreachable`` and ``bad_answer`` (status 200 without a reference)."""

    name = "http"

    def __init__(self, endpoint: str, secret: str, clock: Clock) -> None:
        self._endpoint = endpoint
        self._secret = secret
        self._clock = clock
        self._session = open_session(endpoint)

    def deliver(self, key: str, matter: Mapping[str, Any]) -> DeliveryResult:
        body = json.dumps(
            {"protocol": PROTOCOL, "key": key, "matter": dict(matter)},
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode("utf-8", "replace")
        timestamp = str(int(self._clock.now().timestamp()))
        deadline = time.monotonic() + ANSWER_SECONDS
        try:
            with self._session.post(
                self._endpoint,
                data=body,
                headers={
                    "Content-Type": "application/json; charset=utf-8",
                    "Idempotency-Key": key,
                    "X-Suqiu-Timestamp": timestamp,
                    "X-Suqiu-Signature": sign(self._secret, timestamp, body),
                },
                timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
                allow_redirects=False,
                stream=True,
            ) as response:
                answer = _object(read_body(response, deadline, LONGEST_ANSWER))
                return _result(response, answer)
        except requests.Timeout:
            return DeliveryResult(False, "timeout")
        except BodyTooLong:
            return DeliveryResult(False, "bad_answer", "the answer is too long")
        except (requests.RequestException, OSError, ValueError) as error:
            return DeliveryResult(False, "unreachable", type(error).__name__)


def _result(response: requests.Response, answer: dict[str, Any]) -> DeliveryResult:
    status = response.status_code
    if status in (200, 201):
        reference = answer.get("reference")
        if isinstance(reference, str) and reference.strip():
            return DeliveryResult(
                True, str(status), reference=reference.strip()[:LONGEST_REFERENCE]
            )
        return DeliveryResult(False, "bad_answer", "no reference in the answer")
    return DeliveryResult(
        False, str(status), _reason(answer), retry_after=_seconds(response.headers)
    )


def _object(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _reason(answer: dict[str, Any]) -> str:
    error = answer.get("error")
    if not isinstance(error, dict):
        return ""
    parts = [str(error[name]) for name in ("code", "message") if error.get(name)]
    return ": ".join(parts)[:LONGEST_REASON]


def _seconds(headers: Mapping[str, str]) -> float | None:
    raw = headers.get("Retry-After", "").strip()
    # The protocol asks for seconds; the other form of HTTP, a date, is left aside.
    return min(float(raw), LONGEST_WAIT) if raw.isascii() and raw.isdigit() else None
