"""Run by test_worker_process.py: a worker whose sender writes what it sends into a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from casework import logs
from casework.bootstrap import build
from casework.ports import DeliveryResult
from casework.settings import load
from casework.worker import Worker


class FileSender:
    channel = "wechat"

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(
        self, recipient: str, key: str, replies: Iterable[Mapping[str, Any]]
    ) -> DeliveryResult:
        with self._path.open("a", encoding="utf-8") as file:
            file.writelines(f"{recipient} {reply['text']}\n" for reply in replies)
        return DeliveryResult(True, "0")


if __name__ == "__main__":
    logs.configure("info", "json", "worker")
    Worker(build(load()), [FileSender(Path(sys.argv[1]))]).run()
