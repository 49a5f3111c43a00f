"""The dialogue server under test: a model trained from the sources as they are, the real server on
its own channel, and a small action server that plays casework (``stub_casework.py``)."""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BOT = ROOT / "bot"

sys.path.insert(0, str(BOT))
import lean  # noqa: E402

os.environ.update(lean.QUIET)
lean.install(serving=False)

from rasa.utils.log_utils import configure_structlog  # noqa: E402

configure_structlog(logging.WARNING)


def helper(name: str) -> ModuleType:
    """A module beside the tests."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def _sources() -> list[Path]:
    files = [ROOT / "config.yml", BOT / "requirements.txt"]
    for folder in ("domain", "data", "components"):
        files += [p for p in (BOT / folder).rglob("*") if p.suffix in {".py", ".yml"}]
    return sorted(files)


@pytest.fixture(scope="session")
def model() -> Path:
    """The model of the sources as they are; trained once for each state of them."""
    digest = hashlib.sha256(b"".join(p.read_bytes() for p in _sources())).hexdigest()[:16]
    folder = ROOT / "build" / "dialogue-tests"
    trained = folder / f"{digest}.tar.gz"
    if not trained.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        command = [sys.executable, "-m", "lean", "train", "-c", "../config.yml", "-d", "domain"]
        command += ["--data", "data", "--out", str(folder), "--fixed-model-name", digest]
        done = subprocess.run(command, cwd=BOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return trained


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A dialogue server in a process of its own."""

    token = "a token of the tests"

    def __init__(self, model: Path, folder: Path, action_url: str) -> None:
        self.folder = folder
        self.log = folder / "rasa.log"
        self._model = model
        self._action_url = action_url
        self.start()

    def start(self) -> None:
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}/webhooks/suqiu"
        credentials = (BOT / "credentials.yml").read_text(encoding="utf-8")
        credentials = credentials.replace("turn_seconds: 8", "turn_seconds: 1.5")
        (self.folder / "credentials.yml").write_text(credentials, encoding="utf-8")
        command = [sys.executable, "-m", "lean", "run", "--model", str(self._model)]
        command += ["--endpoints", "endpoints.yml"]
        command += ["--credentials", str(self.folder / "credentials.yml")]
        command += ["--interface", "127.0.0.1", "--port", str(self._port)]
        env = {
            **os.environ,
            "ACTION_URL": self._action_url,
            "TRACKER_DB": str(self.folder / "tracker.db"),
            "SUQIU_RASA_TOKEN": self.token,
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=BOT, env=env, stdout=log, stderr=log)
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.url}/health", timeout=1).close()
                return
            except (urllib.error.URLError, OSError):
                assert self.process.poll() is None, self.log.read_text(encoding="utf-8")[-2000:]
                time.sleep(0.1)
        raise AssertionError("the dialogue server did not start")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="session")
def casework() -> Iterator[Any]:
    """The action server that plays casework."""
    stub = helper("stub_casework").StubCasework()
    yield stub
    stub.stop()


@pytest.fixture(scope="session")
def server(
    model: Path, casework: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    running = Server(model, tmp_path_factory.mktemp("rasa"), casework.url)
    yield running
    running.kill()


@pytest.fixture
def own_server(model: Path, casework: Any, tmp_path: Path) -> Iterator[Server]:
    """A server that a test may kill."""
    casework.mend()
    running = Server(model, tmp_path, casework.url)
    yield running
    running.kill()


@pytest.fixture
def someone_of(casework: Any) -> Callable[[Server], Any]:
    """Makes a citizen who talks to a given server."""
    return lambda server: helper("citizen").Citizen(server, casework, uuid.uuid4().hex)


@pytest.fixture
def citizen(server: Server, casework: Any) -> Callable[[], Any]:
    """Makes a citizen with a conversation of their own."""
    casework.mend()
    return lambda: helper("citizen").Citizen(server, casework, uuid.uuid4().hex)
