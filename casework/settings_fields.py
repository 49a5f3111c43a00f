"""The fields of the settings: name, default, bounds and meaning of each.

What must hold between them is in ``casework/settings.py``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "SUQIU_"

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent
#: The checkout where there is one, else the folder the process was started in.
ROOT = _CHECKOUT if (_CHECKOUT / "pyproject.toml").exists() else Path.cwd()

Port = int


def _beside_data(name: str) -> Any:
    return lambda data: data.get("data_dir", ROOT / "var") / name


def _loopback(port_field: str, fallback: int, path: str = "") -> Any:
    return lambda data: f"http://127.0.0.1:{data.get(port_field, fallback)}{path}"


class Fields(BaseSettings):
    """Read from the environment; ``Settings`` adds the rules."""

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
    risk_dir: Path = Field(
        ROOT / "build" / "risk",
        description="Folder of what was learnt from the examples of people in danger.",
    )
    embedder: str = Field(
        "built-in",
        min_length=1,
        description="Embedding model of the guidance index: `built-in` (made at build time, nothing to"
        " download), the folder of a SentenceTransformer, or its name on the hub such as"
        " `BAAI/bge-small-zh-v1.5`. Takes effect with the next `suqiu kb build`.",
    )
    jurisdiction: str = Field(
        "000000",
        pattern=r"^\d{6}$",
        description="Administrative division code (six digits) whose local guidance counts;"
        " 000000 is the whole country.",
    )

    # Citizens
    draft_days: int = Field(
        30,
        ge=1,
        le=365,
        description="Days a draft is kept that its citizen does not go on with; then it is dropped.",
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

    # A machine that words summaries for staff (docs/adr/0012)
    wording_url: str | None = Field(
        None,
        description="Address of a service with OpenAI's chat interface, on this machine or in a network"
        " of your own, such as `http://127.0.0.1:11434/v1`: it proposes a wording of summaries to"
        " staff. Without it nothing is asked.",
    )
    wording_model: str | None = Field(None, description="Name of the model that is asked there.")
    wording_key: SecretStr | None = Field(None, description="Bearer key of that service.")
    wording_seconds: float = Field(
        60.0, gt=0, le=240, description="How long one answer of that service may take, in seconds."
    )
    wording_anywhere: bool = Field(
        False,
        description="Let what people said, without their names and numbers, go to a service outside of"
        " your own networks, over https only. Ask whoever answers for data protection first.",
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
