"""Start services together, wait until all are healthy, stop all of them.

A process manager such as honcho starts and stops a set of processes; what it does not do is wait
for health, say which part failed and why, and restart one part for the crash tests. That is all
this module adds to ``subprocess``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import requests

from cli.failures import Unusable
from cli.system.process import Running, Service


class Supervisor:
    """The running system.

    All services start at once (most of the time is imports, which overlap); ``wait_healthy``
    returns when every one of them answers.
    """

    def __init__(
        self,
        services: Sequence[Service],
        log_dir: Path,
        say: Callable[[str], None] = lambda _line: None,
    ) -> None:
        self._services = list(services)
        self._log_dir = log_dir
        self._say = say
        self.running: dict[str, Running] = {}

    def start(self) -> None:
        for service in self._services:
            self.running[service.name] = Running(service, self._log_dir)

    def wait_healthy(self) -> None:
        """Wait for every service.

        Raises:
            Unusable: one ended or did not become healthy in time; everything has been stopped.
        """
        try:
            for service in self._services:
                self._wait_for(self.running[service.name])
        except BaseException:
            self.stop()
            raise

    def restart(self, name: str) -> None:
        """Start one service again (after a crash) and wait until it is healthy."""
        running = self.running[name]
        running.stop(grace=0)
        self.running[name] = Running(running.service, self._log_dir)
        self._wait_for(self.running[name])

    def ended(self) -> Running | None:
        """A service that is no longer running, if there is one."""
        for running in self.running.values():
            if running.exit_code() is not None:
                return running
        return None

    def stop(self) -> None:
        """Stop all services, the last started first."""
        for running in reversed(list(self.running.values())):
            running.stop()

    def _wait_for(self, running: Running) -> None:
        service = running.service
        started = time.monotonic()
        while not _healthy(service):
            if running.exit_code() is not None:
                raise Unusable(
                    f"{service.name} ended with code {running.exit_code()} before it was ready; "
                    f"its log ({running.log_file}) ends with:\n{running.last_words()}"
                )
            if (other := self.ended()) and other is not running:
                raise Unusable(
                    f"{other.service.name} ended with code {other.exit_code()}; its log "
                    f"({other.log_file}) ends with:\n{other.last_words()}"
                )
            if time.monotonic() - started > service.patience:
                raise Unusable(
                    f"{service.name} did not become healthy within {service.patience:.0f} s; its "
                    f"log ({running.log_file}) ends with:\n{running.last_words()}"
                )
            time.sleep(0.1)
        self._say(f"{service.name} is up ({time.monotonic() - started:.1f} s)")


def _healthy(service: Service) -> bool:
    if service.health_file is not None:
        return service.health_file.exists()
    if service.health_url is None:
        return True
    try:
        return requests.get(service.health_url, timeout=2).status_code == 200
    except requests.RequestException:
        return False
