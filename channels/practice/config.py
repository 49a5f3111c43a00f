"""Settings of the practice account: those of the service, and a few of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pydantic import SecretStr

from casework.settings import Settings


class ConfigError(ValueError):
    """A setting is missing or cannot be right."""


@dataclass(frozen=True)
class PracticeConfig:
    """``webhook_url`` is where messages are delivered; the credentials are those of the account.

    The platform waits ``reply_seconds`` for an answer and tries ``tries`` times. ``mode`` is the
    form of the messages at the start: ``plain`` (明文模式) or ``aes`` (安全模式).
    """

    webhook_url: str
    app_id: str
    app_secret: str = field(repr=False)
    token: str = field(repr=False)
    aes_key: str = field(default="", repr=False)
    account_id: str = "gh_practice00000"
    mode: str = ""
    host: str = "127.0.0.1"
    port: int = 8010
    reply_seconds: float = 5.0
    tries: int = 3
    token_seconds: int = 7200
    now: Callable[[], float] = field(default=time.time, repr=False)

    def __post_init__(self) -> None:
        if urlsplit(self.webhook_url).scheme not in {"http", "https"}:
            raise ConfigError(f"the webhook's address is not one: {self.webhook_url!r}")
        for name in ("app_id", "app_secret", "token"):
            if not getattr(self, name):
                raise ConfigError(f"{name} of the account is missing (SUQIU_WECHAT_…)")
        if self.aes_key and len(self.aes_key) != 43:
            raise ConfigError("aes_key must have 43 characters")
        if not self.mode:
            object.__setattr__(self, "mode", "aes" if self.aes_key else "plain")
        if self.mode not in {"plain", "aes"} or (self.mode == "aes" and not self.aes_key):
            raise ConfigError("mode must be plain or aes, and aes needs aes_key")


def from_settings(settings: Settings, env: Mapping[str, str]) -> PracticeConfig:
    """The account the service is set up for; ``PRACTICE_…`` variables are ours alone."""
    return PracticeConfig(
        webhook_url=env.get("PRACTICE_WEBHOOK_URL")
        or f"http://127.0.0.1:{settings.gateway_port}/wechat",
        app_id=settings.wechat_app_id or "",
        app_secret=_revealed(settings.wechat_secret),
        token=_revealed(settings.wechat_token),
        aes_key=_revealed(settings.wechat_aes_key),
        mode=env.get("PRACTICE_MODE", ""),
        host=env.get("PRACTICE_HOST") or "127.0.0.1",
        port=settings.practice_port,
        reply_seconds=float(env.get("PRACTICE_REPLY_SECONDS") or 5),
    )


def _revealed(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
