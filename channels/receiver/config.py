"""Settings of the reference receiver: those of the service, and a few of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from casework.settings import Settings

#: The least characters of a shared secret.
SHORTEST_SECRET = 16


class ConfigError(ValueError):
    """A setting is missing or cannot be right."""


@dataclass(frozen=True)
class ReceiverConfig:
    """``database`` is the file in which the matters are kept."""

    secret: str = field(repr=False)
    database: Path = Path("var/receiver.sqlite3")
    host: str = "127.0.0.1"
    port: int = 8020
    now: Callable[[], float] = field(default=time.time, repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) < SHORTEST_SECRET:
            raise ConfigError(
                f"SUQIU_PETITION_SECRET must have at least {SHORTEST_SECRET} characters"
            )


def from_settings(settings: Settings, env: Mapping[str, str]) -> ReceiverConfig:
    """The secret the service signs with; ``RECEIVER_…`` variables are ours alone."""
    secret = settings.petition_secret
    return ReceiverConfig(
        secret=secret.get_secret_value() if secret else "",
        database=Path(env.get("RECEIVER_DATABASE") or settings.data_dir / "receiver.sqlite3"),
        host=env.get("RECEIVER_HOST") or "127.0.0.1",
        port=settings.receiver_port,
    )
