"""The official account (公众号): what the bureau enters on the platform's developer page."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import Any

_AES_KEY = re.compile(r"[A-Za-z0-9]{43}")


class AccountError(ValueError):
    """A setting of the official account cannot be right; the sentence says which and why."""


@dataclass(frozen=True)
class Account:
    """Settings of one official account.

    ``aes_key`` is the 43-character EncodingAESKey. Where it is set, messages must come encrypted
    (安全模式); with ``plain_allowed`` they may come in either form, as the platform sends them
    while an account is switched over (兼容模式).
    """

    app_id: str
    token: str = field(repr=False)
    app_secret: str = field(default="", repr=False)
    aes_key: str = field(default="", repr=False)
    api_base: str = "https://api.weixin.qq.com"
    plain_allowed: bool = False

    def __post_init__(self) -> None:
        if self.aes_key and (not _AES_KEY.fullmatch(self.aes_key) or not self.app_id):
            raise AccountError(
                "SUQIU_WECHAT_AES_KEY must be the 43 letters and digits of EncodingAESKey, "
                "and SUQIU_WECHAT_APP_ID must be set with it"
            )

    @property
    def configured(self) -> bool:
        """Whether messages can be received at all: without a token no signature can be checked."""
        return bool(self.token)

    @property
    def can_push(self) -> bool:
        return bool(self.app_id and self.app_secret)

    @property
    def key(self) -> bytes:
        """The 32 bytes behind ``aes_key``."""
        try:
            return base64.b64decode(self.aes_key + "=")
        except binascii.Error as error:  # pragma: no cover - the pattern above keeps it out
            raise AccountError("SUQIU_WECHAT_AES_KEY is not base64") from error


def account_of(settings: Any) -> Account:
    """The account as ``casework.settings.Settings`` holds it."""
    return Account(
        app_id=_text(settings, "wechat_app_id"),
        token=_text(settings, "wechat_token"),
        app_secret=_text(settings, "wechat_app_secret"),
        aes_key=_text(settings, "wechat_aes_key"),
        api_base=_text(settings, "wechat_api_base").rstrip("/") or Account.api_base,
        plain_allowed=bool(getattr(settings, "wechat_plain_allowed", False)),
    )


def _text(settings: Any, name: str) -> str:
    value = getattr(settings, name, None)
    if value is None:
        return ""
    reveal = getattr(value, "get_secret_value", None)
    return str(reveal() if reveal else value).strip()
