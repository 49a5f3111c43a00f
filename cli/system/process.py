"""One child process: started in a group of its own, watched, and stopped for certain."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Service:
    """What to run. ``health_url`` must answer 200 before the service counts as up."""

    name: str
    argv: Sequence[str]
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict)
    health_url: str | None = None
    health_file: Path | None = None  # for a process without a port: it must appear
    patience: float = 120.0  # seconds until healthy; a first start on a slow disk takes its time


def _die_with_parent() -> None:
    """Ask Linux to end this child when its parent dies, even by SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Running:
    """A started service. Its output goes to ``<log_dir>/<name>.log``."""

    def __init__(self, service: Service, log_dir: Path) -> None:
        self.service = service
        self.log_file = log_dir / f"{service.name}.log"
        log_dir.mkdir(parents=True, exist_ok=True)
        if service.health_file is not None:
            service.health_file.unlink(missing_ok=True)  # a sign of life of one that was killed
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - argv comes from cli.system.services
                list(service.argv),
                cwd=service.cwd,
                env={**os.environ, **service.env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops in order
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - no threads are running yet here
            )

    @property
    def pid(self) -> int:
        return self.process.pid

    def exit_code(self) -> int | None:
        return self.process.poll()

    def last_words(self, lines: int = 12) -> str:
        """The end of its log, for the sentence that says why it failed."""
        with contextlib.suppress(OSError):
            text = self.log_file.read_text(encoding="utf-8", errors="replace")
            return "\n".join(text.rstrip().splitlines()[-lines:])
        return ""

    def signal(self, number: int) -> None:
        """Send a signal to the whole group of the service."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)

    def stop(self, grace: float = 15.0) -> None:
        """Ask it to end; after ``grace`` seconds, end it. Nothing of its group is left running."""
        if self.process.poll() is None:
            self.signal(signal.SIGTERM)
            deadline = time.monotonic() + grace
            while self.process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.05)
        self.signal(signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=5)
