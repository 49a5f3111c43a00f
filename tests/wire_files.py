"""Recorded payloads under ``tests/wire``, for the suites that replay them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

WIRE = Path(__file__).parent / "wire"


@cache
def wechat_payloads() -> dict[str, bytes]:
    """Messages and events of the WeChat platform, by name."""
    return {path.stem: path.read_bytes() for path in sorted((WIRE / "wechat").glob("*.xml"))}
