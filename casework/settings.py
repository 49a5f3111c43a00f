"""Every setting, read once at the start from variables named ``SUQIU_…``.

A setting that is missing or cannot be right stops the start with one sentence (``SettingsError``).
The table in docs/settings.md is written from these fields and held to them by a test.
"""

from __future__ import annotations

import difflib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr, ValidationError, field_validator, model_validator

from casework.domain.errors import CannotStart
from casework.domain.networks import is_address, is_own
from casework.settings_fields import PREFIX, ROOT, Fields

SETTINGS_FILE = "SUQIU_SETTINGS_FILE"

# Variables of the same prefix that are not settings of the service.
_NOT_SETTINGS = frozenset(
    {SETTINGS_FILE, "SUQIU_BOT_PYTHON", "SUQIU_TEST_BROWSER", "SUQIU_POSTGRES_PASSWORD"}
)


class SettingsError(CannotStart):
    """A setting is missing or cannot be right. The message is one sentence for the operator."""


class Settings(Fields):
    """The settings of all processes but Rasa. Use ``load()``; tests build them by hand."""

    @field_validator(
        "data_dir", "key_file", "bureau_file", "directory_file", "index_dir", "risk_dir"
    )
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return ROOT / path.expanduser()  # an absolute path stays as it is

    @field_validator(
        *("rasa_url", "action_url", "public_url", "wechat_api_base", "petition_endpoint"),
        "wording_url",
    )
    @classmethod
    def _web_address(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return url if url is None else url.rstrip("/")

    @field_validator("embedder")
    @classmethod
    def _folder_or_name(cls, model: str) -> str:
        """A folder as its whole path; a name on the hub, which looks much like one, as it is."""
        path = ROOT / Path(model).expanduser()
        return str(path) if model.startswith((".", "~")) or path.is_dir() else model

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("must begin with sqlite:/// or postgresql+psycopg://")
        return url

    @field_validator("redis_url")
    @classmethod
    def _known_redis(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must begin with redis://, rediss:// or unix://")
        return url

    @model_validator(mode="after")
    def _belong_together(self) -> Settings:
        key = self.wechat_aes_key.get_secret_value() if self.wechat_aes_key else ""
        if self.wechat_mode != "plain" and not (key and self.wechat_app_id):
            raise ValueError(
                f"SUQIU_WECHAT_MODE={self.wechat_mode} needs SUQIU_WECHAT_AES_KEY and"
                " SUQIU_WECHAT_APP_ID"
            )
        if key and self.wechat_mode == "plain":
            raise ValueError("SUQIU_WECHAT_AES_KEY is set, but SUQIU_WECHAT_MODE is plain")
        if key and not (len(key) == 43 and key.isascii() and key.isalnum()):
            raise ValueError("SUQIU_WECHAT_AES_KEY must be 43 letters and digits")
        if self.petition_system == "http":
            secret = self.petition_secret.get_secret_value() if self.petition_secret else ""
            if not self.petition_endpoint or not secret:
                raise ValueError(
                    "SUQIU_PETITION_SYSTEM=http needs SUQIU_PETITION_ENDPOINT and"
                    " SUQIU_PETITION_SECRET"
                )
            if len(secret) < 16:
                raise ValueError("SUQIU_PETITION_SECRET must have at least 16 characters")
        return self

    @model_validator(mode="after")
    def _own_machine(self) -> Settings:
        if self.wording_url is None:
            return self
        if not self.wording_model:
            raise ValueError("SUQIU_WORDING_URL needs SUQIU_WORDING_MODEL")
        url = urlsplit(self.wording_url)
        if url.username or url.password or not url.hostname:
            raise ValueError("SUQIU_WORDING_URL: must name a machine, and no user")
        # A name is looked at when it has become an address, before anything is sent.
        if is_address(url.hostname) and not is_own(url.hostname):
            if not self.wording_anywhere:
                raise ValueError(
                    "SUQIU_WORDING_URL: is no address of your own networks, and what people said"
                    " must not leave them (SUQIU_WORDING_ANYWHERE=true lets it)"
                )
            if url.scheme != "https":
                raise ValueError("SUQIU_WORDING_URL: outside of your own networks only https")
        return self

    @property
    def wechat_app_secret(self) -> SecretStr | None:
        """The same as ``wechat_secret``, under the platform's own word for it."""
        return self.wechat_secret

    @property
    def wechat_plain_allowed(self) -> bool:
        """Whether unencrypted messages are taken beside encrypted ones."""
        return self.wechat_mode == "compatible"

    def shared_rasa_token(self) -> str:
        """The secret shared with Rasa; made (mode 600) in the data folder where none is set."""
        return self._secret(self.rasa_token, "rasa_token")

    def cookie_secret(self) -> str:
        """The secret that signs cookies; made (mode 600) in the data folder where none is set."""
        return self._secret(self.web_secret, "web_secret")

    def _secret(self, given: SecretStr | None, name: str) -> str:
        if given is not None:
            return given.get_secret_value()
        path = self.data_dir / name
        if not path.exists():
            self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = path.with_name(f".{name}.{secrets.token_hex(4)}")
            with os.fdopen(
                os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w"
            ) as file:
                file.write(secrets.token_urlsafe(32))
            try:
                os.link(draft, path)  # of several processes that start at once one wins
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_text(encoding="ascii").strip()


def load(**overrides: Any) -> Settings:
    """The settings from the environment, and from the file that ``SUQIU_SETTINGS_FILE`` names.

    ``overrides`` win over both. Raises ``SettingsError`` with one sentence.
    """
    file = os.environ.get(SETTINGS_FILE) or None
    sources: dict[str, Any] = {"_env_file": file, "_env_file_encoding": "utf-8"}
    if file is not None and not Path(file).is_file():
        raise SettingsError(f"{SETTINGS_FILE} names {file}, which is not a file")
    try:
        return Settings(**sources, **overrides)
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None


def unknown_variables(environ: Mapping[str, str]) -> dict[str, str | None]:
    """Variables that look like settings but are none, each with the setting it may have meant."""
    known = [variable(name) for name in Settings.model_fields]
    strangers = sorted(
        name
        for name in environ
        if name.startswith(PREFIX) and name not in known and name not in _NOT_SETTINGS
    )
    return {name: next(iter(difflib.get_close_matches(name, known, 1)), None) for name in strangers}


def variable(field: str) -> str:
    """The environment variable of a field."""
    return PREFIX + field.upper()


def _sentence(error: ValidationError) -> str:
    parts = []
    for fault in error.errors(include_url=False, include_input=False, include_context=False):
        message = fault["msg"].removeprefix("Value error, ")
        if fault["type"] == "extra_forbidden":
            message = "no such setting"
        if fault["loc"]:
            name = str(fault["loc"][0])
            message = f"{name if name.startswith(PREFIX.lower()) else variable(name)}: {message}"
        parts.append(message)
    return "; ".join(parts)
