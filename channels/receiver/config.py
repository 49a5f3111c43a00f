"""Settings of the reference receiver."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

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


def from_environment(env: Mapping[str, str] | None = None) -> ReceiverConfig:
    """The settings the service has too, and ``RECEIVER_…`` for what is ours alone."""
    env = os.environ if env is None else env
    folder = Path(env.get("SUQIU_DATA_DIR") or "var")
    return ReceiverConfig(
        secret=env.get("SUQIU_PETITION_SECRET", ""),
        database=Path(env.get("RECEIVER_DATABASE") or folder / "receiver.sqlite3"),
        host=env.get("RECEIVER_HOST") or "127.0.0.1",
        port=int(env.get("SUQIU_RECEIVER_PORT") or 8020),
    )
