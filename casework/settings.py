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
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from casework.domain.errors import CannotStart

PREFIX = "SUQIU_"
SETTINGS_FILE = "SUQIU_SETTINGS_FILE"

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent
#: The checkout where there is one, else the folder the process was started in.
ROOT = _CHECKOUT if (_CHECKOUT / "pyproject.toml").exists() else Path.cwd()

# Variables of the same prefix that are not settings of the service.
_NOT_SETTINGS = frozenset(
    {SETTINGS_FILE, "SUQIU_BOT_PYTHON", "SUQIU_TEST_BROWSER", "SUQIU_POSTGRES_PASSWORD"}
)

Port = int


class SettingsError(CannotStart):
    """A setting is missing or cannot be right. The message is one sentence for the operator."""


def _beside_data(name: str) -> Any:
    return lambda data: data.get("data_dir", ROOT / "var") / name


def _loopback(port_field: str, fallback: int, path: str = "") -> Any:
    return lambda data: f"http://127.0.0.1:{data.get(port_field, fallback)}{path}"


class Settings(BaseSettings):
    """The settings of all processes but Rasa. Use ``load()``; tests build them by hand."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        validate_default=True,
    )

    # Where things are kept
    data_dir: Path = Field(ROOT / "var", description="Folder of everything the system writes.")
    database_url: str = Field(
        default_factory=lambda data: f"sqlite:///{_beside_data('suqiu.db')(data)}",
        description="Database: `sqlite:///PATH`, or `postgresql+psycopg://…` for many machines.",
    )
    redis_url: str | None = Field(
        None,
        description="Redis for limits counted across machines; without it each process counts.",
    )
    key_file: Path = Field(
        default_factory=_beside_data("keys.json"),
        description="Key ring for personal data, made at set-up, mode 600.",
    )
    data_keys: SecretStr | None = Field(
        None,
        description="The text of a key file itself, used instead of `SUQIU_KEY_FILE` where a secret"
        " store puts it into the environment.",
    )

    # Processes and their addresses
    gateway_host: str = Field("127.0.0.1", description="Address the gateway listens on.")
    gateway_port: Port = Field(8000, ge=1, le=65535, description="Port of the gateway.")
    rasa_port: Port = Field(5005, ge=1, le=65535, description="Port of Rasa, on loopback.")
    actions_port: Port = Field(
        5055, ge=1, le=65535, description="Port of the action server, on loopback."
    )
    practice_port: Port = Field(8010, ge=1, le=65535, description="Port of the practice phone.")
    receiver_port: Port = Field(8020, ge=1, le=65535, description="Port of the reference receiver.")
    public_url: str = Field(
        default_factory=_loopback("gateway_port", 8000),
        description="Address under which citizens and staff reach the gateway.",
    )

    # Dialogue
    rasa_url: str = Field(
        default_factory=_loopback("rasa_port", 5005), description="Address of Rasa."
    )
    rasa_token: SecretStr | None = Field(
        None,
        description="Secret shared with Rasa's channel; by default kept in `rasa_token` in the data"
        " folder, made when first needed.",
    )
    action_url: str = Field(
        default_factory=_loopback("actions_port", 5055, "/webhook"),
        description="Address at which Rasa calls the action server.",
    )
    dialogue_timeout_seconds: float = Field(
        10.0, gt=0, le=120, description="How long one answer of Rasa may take, in seconds."
    )
    turn_lease_seconds: float = Field(
        9.0,
        ge=3,
        le=600,
        description="How long a conversation stays with a process that died in the middle of a turn,"
        " in seconds; a living one renews its hold.",
    )

    # The bureau and what it knows
    bureau_file: Path = Field(
        _PACKAGE / "data" / "bureau.yml",
        description="Name, address, hours and duties of the bureau.",
    )
    directory_file: Path = Field(
        ROOT / "knowledge_base" / "sources" / "hotlines.yml",
        description="Reviewed directory of telephone numbers.",
    )
    index_dir: Path = Field(
        ROOT / "build" / "index", description="Folder of the built guidance index."
    )
    jurisdiction: str = Field(
        "000000",
        pattern=r"^\d{6}$",
        description="Administrative division code (six digits) whose local guidance counts;"
        " 000000 is the whole country.",
    )

    # WeChat official account
    wechat_app_id: str | None = Field(None, description="AppID of the official account.")
    wechat_secret: SecretStr | None = Field(None, description="AppSecret; needed for pushing.")
    wechat_token: SecretStr | None = Field(
        None, description="Token of the webhook; without it the WeChat channel is off."
    )
    wechat_aes_key: SecretStr | None = Field(
        None, description="EncodingAESKey, 43 letters and digits."
    )
    wechat_mode: Literal["plain", "compatible", "aes"] = Field(
        "plain",
        description="`plain` (明文), `compatible` (兼容: either is taken) or `aes` (安全: only"
        " encrypted messages are taken).",
    )
    wechat_api_base: str = Field(
        "https://api.weixin.qq.com", description="Address of the platform's API."
    )
    passive_reply_seconds: float = Field(
        4.0,
        gt=0,
        lt=5,
        description="How long the webhook waits for a turn before it promises a push instead; the"
        " platform gives up after 5 seconds.",
    )

    # Petition system
    petition_system: Literal["ledger", "http"] = Field(
        "ledger", description="Where confirmed matters go: the built-in `ledger`, or `http`."
    )
    petition_endpoint: str | None = Field(
        None, description="Address of the petition system (docs/petition-http.md)."
    )
    petition_secret: SecretStr | None = Field(
        None, description="Secret that signs deliveries, at least 16 characters."
    )

    # Staff and visitors
    secure_cookies: bool = Field(
        default_factory=lambda data: str(data.get("public_url", "")).startswith("https://"),
        description="Send cookies over HTTPS only; by default on where the public address is https.",
    )
    session_hours: float = Field(
        8.0, gt=0, le=24, description="Hours after which staff must sign in again."
    )

    web_secret: SecretStr | None = Field(
        None,
        min_length=32,
        description="Secret that signs cookies and visitors' tokens; by default kept in"
        " `web_secret` in the data folder, made when first needed. Must be the same on all"
        " machines.",
    )
    embed_origins: str = Field(
        "",
        pattern=r"^(https?://[A-Za-z0-9.:-]+( https?://[A-Za-z0-9.:-]+)*)?$",
        description="Sites that may show the widget, separated by spaces, such as"
        " `https://www.example.gov.cn`.",
    )
    trusted_proxies: int = Field(
        0,
        ge=0,
        le=5,
        description="How many reverse proxies of your own stand before the gateway; their"
        " `X-Forwarded-For` is believed.",
    )
    limit_factor: float = Field(
        1.0,
        gt=0,
        description="Multiplies every limit of the public edge; a load test sets it high.",
    )
    live_streams: int = Field(
        48,
        ge=1,
        le=1000,
        description="Places for live connections of widget and console in one gateway; beyond"
        " them pages ask every few seconds. Fewer than the gateway has threads.",
    )
    metrics_token: SecretStr | None = Field(
        None,
        description="Bearer token for `/metrics`; without it only this machine may read them.",
    )

    # Logs
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least weight of a log line."
    )
    log_format: Literal["console", "json"] = Field(
        "console", description="Log lines for people (`console`) or for machines (`json`)."
    )

    @field_validator("data_dir", "key_file", "bureau_file", "directory_file", "index_dir")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return ROOT / path.expanduser()  # an absolute path stays as it is

    @field_validator("rasa_url", "action_url", "public_url", "wechat_api_base", "petition_endpoint")
    @classmethod
    def _web_address(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return url if url is None else url.rstrip("/")

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
