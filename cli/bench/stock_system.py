"""The baseline: a stock Rasa project with its own action server, trained once and kept."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import requests

from cli import project
from cli.bench.measure import Citizen
from cli.failures import Unusable
from cli.setup import say
from cli.system.ports import free_ports
from cli.system.process import Service
from cli.system.supervisor import Supervisor

SOURCES = Path(__file__).parent / "stock"


@contextlib.contextmanager
def stock_system() -> Iterator[Citizen]:
    """The running baseline, as a maker of citizens that speak over its REST channel."""
    model = _trained()
    rasa_port, actions_port = free_ports(2)
    with tempfile.TemporaryDirectory(prefix="suqiu-stock-") as folder:
        env = {
            **project.QUIET,
            "ACTION_URL": f"http://127.0.0.1:{actions_port}/webhook",
            "TRACKER_DB": str(Path(folder) / "tracker.db"),
            "SANIC_HOST": "127.0.0.1",
        }
        python = project.bot_python()
        services = [
            Service(
                "stock-rasa",
                [
                    *(python, "-m", "rasa", "run", "--model", str(model)),
                    *("--endpoints", "endpoints.yml", "--credentials", "credentials.yml"),
                    *("--interface", "127.0.0.1", "--port", str(rasa_port)),
                ],
                SOURCES,
                env,
                health_url=f"http://127.0.0.1:{rasa_port}/",
                patience=240,
            ),
            Service(
                "stock-actions",
                [python, "-m", "rasa_sdk", "--actions", "actions", "--port", str(actions_port)],
                SOURCES,
                env,
                health_url=f"http://127.0.0.1:{actions_port}/health",
            ),
        ]
        supervisor = Supervisor(services, Path(folder) / "logs", say)
        supervisor.start()
        try:
            supervisor.wait_healthy()
            yield lambda: _Visitor(f"http://127.0.0.1:{rasa_port}").say
        finally:
            supervisor.stop()


class _Visitor:
    def __init__(self, url: str) -> None:
        self._url = f"{url}/webhooks/rest/webhook"
        self._sender = uuid.uuid4().hex
        self._http = requests.Session()

    def say(self, text: str) -> object:
        answer = self._http.post(
            self._url, json={"sender": self._sender, "message": text}, timeout=120
        )
        answer.raise_for_status()
        replies = answer.json()
        if not replies:
            raise Unusable("the baseline answered with nothing; its figures would mean nothing")
        return replies


def _trained() -> Path:
    """The baseline's model, trained anew only when its sources have changed."""
    digest = hashlib.sha256()
    for file in sorted(SOURCES.rglob("*.yml")):
        digest.update(file.read_bytes())
    folder = project.ROOT / "build" / "bench"
    model = folder / f"stock-{digest.hexdigest()[:16]}.tar.gz"
    if model.exists():
        return model
    say("baseline: training a stock Rasa project (about a minute) …")
    with tempfile.TemporaryDirectory(prefix="suqiu-stock-") as scratch:
        work = Path(scratch) / "project"
        shutil.copytree(SOURCES, work)
        done = subprocess.run(  # noqa: S603 - fixed arguments
            [
                *(project.bot_python(), "-m", "rasa", "train", "--domain", "domain.yml"),
                *("--data", "data", "--out", "models", "--fixed-model-name", "stock"),
            ],
            cwd=work,
            env={**os.environ, **project.QUIET},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise Unusable("training the baseline failed:\n" + done.stderr[-1500:])
        folder.mkdir(parents=True, exist_ok=True)
        shutil.move(work / "models" / "stock.tar.gz", model)
    return model
