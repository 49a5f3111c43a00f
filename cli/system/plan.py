"""Which processes make up the system, and what each is told."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from casework.settings import Settings, load
from casework.worker import heartbeat_file
from cli import project
from cli.system.ports import free_ports
from cli.system.process import Service

_KEPT = frozenset({"SUQIU_BOT_PYTHON", "SUQIU_INDEX_DIR"})
_PORTS = ("gateway_port", "rasa_port", "actions_port", "practice_port", "receiver_port")


@dataclass(frozen=True)
class Plan:
    """A system that can be started: settings, and the environment that carries them to every part.

    ``practice`` and ``receiver`` say whether the practice phone and the reference receiver belong.
    """

    settings: Settings
    env: Mapping[str, str]
    practice: bool = False
    receiver: bool = False

    @property
    def log_dir(self) -> Path:
        return self.settings.data_dir / "logs"

    @property
    def heartbeat(self) -> Path:
        return heartbeat_file(self.settings.data_dir)

    def prepare(self) -> None:
        """Make the keys and bring the database up to date."""
        from casework.bootstrap import prepare

        prepare(self.settings)

    def services(self) -> list[Service]:
        """The parts, the slowest to start first."""
        parts = [self._rasa(), self._actions(), self._gateway(), self._worker()]
        if self.practice:
            parts.append(self._practice())
        if self.receiver:
            parts.append(self._receiver())
        return parts

    def _tracker(self) -> str:
        """Where Rasa keeps its conversations: a file of its own, or the PostgreSQL of the cases."""
        url = self.settings.database_url
        return url if url.startswith("postgresql") else str(self.settings.data_dir / "tracker.db")

    def _service(
        self,
        name: str,
        *argv: str,
        health: str | None = None,
        file: Path | None = None,
        cwd: Path = project.ROOT,
        env: Mapping[str, str] | None = None,
    ) -> Service:
        return Service(
            name=name,
            argv=argv,
            cwd=cwd,
            env={**self.env, **(env or {})},
            health_url=health,
            health_file=file,
        )

    def _rasa(self) -> Service:
        port = self.settings.rasa_port
        return self._service(
            "rasa",
            *(project.bot_python(), "-m", "lean", "run", "--model", str(project.MODEL)),
            *("--endpoints", "endpoints.yml", "--credentials", "credentials.yml"),
            *("--interface", "127.0.0.1", "--port", str(port)),
            health=f"http://127.0.0.1:{port}/webhooks/suqiu/health",
            cwd=project.BOT,
            env={
                "SUQIU_RASA_TOKEN": self.settings.shared_rasa_token(),
                "ACTION_URL": self.settings.action_url,
                "TRACKER_DB": self._tracker(),
                **project.QUIET,
            },
        )

    def _actions(self) -> Service:
        port = self.settings.actions_port
        return self._service(
            "actions",
            *(project.SERVICE_PYTHON, "-m", "actions.server"),
            health=f"http://127.0.0.1:{port}/health",
            env={"OMP_NUM_THREADS": "1", "SANIC_HOST": "127.0.0.1"},
        )

    def _gateway(self) -> Service:
        port, host = self.settings.gateway_port, self.settings.gateway_host
        return self._service(
            "gateway",
            *(project.SERVICE_PYTHON, "-m", "gunicorn", "channels.app:create_app()"),
            *("--worker-class", "gthread", "--workers", "1", "--threads", "96"),
            *("--bind", f"{host}:{port}", "--timeout", "60", "--graceful-timeout", "5"),
            *("--keep-alive", "30", "--no-control-socket"),
            health=f"http://127.0.0.1:{port}/healthz",
        )

    def _worker(self) -> Service:
        return self._service(
            "worker",
            *(project.SERVICE_PYTHON, "-m", "cli", "worker"),
            file=self.heartbeat,
        )

    def _practice(self) -> Service:
        port = self.settings.practice_port
        return self._service(
            "practice",
            *(project.SERVICE_PYTHON, "-m", "channels.practice"),
            health=f"http://127.0.0.1:{port}/health",
        )

    def _receiver(self) -> Service:
        port = self.settings.receiver_port
        return self._service(
            "receiver",
            *(project.SERVICE_PYTHON, "-m", "channels.receiver"),
            health=f"http://127.0.0.1:{port}/health",
        )


def plan_here(*, practice: bool, receiver: bool) -> Plan:
    """The system of this installation: settings from the environment, data in its data folder.

    With ``practice``, an installation that has no official account of its own gets a practice
    account; with ``receiver``, matters go to the reference receiver.
    """
    settings = load()
    env: dict[str, str] = {}
    if practice and settings.wechat_token is None:
        env |= practice_account(settings.data_dir, settings.practice_port)
    if receiver:
        env |= reference_receiver(settings.data_dir, settings.receiver_port)
    return _plan(env, practice=practice and bool(env), receiver=receiver)


def plan_scratch(
    folder: Path,
    more: Mapping[str, str] | None = None,
    *,
    practice: bool = False,
    receiver: bool = False,
) -> Plan:
    """A system of its own on free ports, with everything it writes in ``folder``.

    ``more`` are further variables (``SUQIU_…``). The model and the index of the checkout are used.
    """
    ports = dict(zip(_PORTS, free_ports(len(_PORTS)), strict=True))
    # An empty variable counts as unset: what is set around us (a database in use, say) must not
    # reach a scratch system.
    env = {name: "" for name in os.environ if name.startswith("SUQIU_") and name not in _KEPT}
    env |= {f"SUQIU_{name.upper()}": str(port) for name, port in ports.items()}
    env |= {"SUQIU_DATA_DIR": str(folder), "SUQIU_INDEX_DIR": str(load().index_dir)}
    if practice:
        env |= practice_account(folder, ports["practice_port"])
    if receiver:
        env |= reference_receiver(folder, ports["receiver_port"])
    return _plan(env | dict(more or {}), practice=practice, receiver=receiver)


def _plan(env: dict[str, str], *, practice: bool, receiver: bool) -> Plan:
    with _environment(env):
        settings = load()
    return Plan(settings=settings, env=env, practice=practice, receiver=receiver)


@contextlib.contextmanager
def _environment(more: Mapping[str, str]) -> Iterator[None]:
    """These variables, for as long as settings are read."""
    before = dict(os.environ)
    os.environ.update(more)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def practice_account(folder: Path, port: int) -> dict[str, str]:
    """Settings of a practice account, made up at random once and kept in ``folder``."""
    letters = string.ascii_letters + string.digits
    kept = _kept(
        folder / "practice.json",
        lambda: {
            "SUQIU_WECHAT_APP_ID": "wx" + secrets.token_hex(8),
            "SUQIU_WECHAT_SECRET": secrets.token_hex(16),
            "SUQIU_WECHAT_TOKEN": secrets.token_hex(12),
            "SUQIU_WECHAT_AES_KEY": "".join(secrets.choice(letters) for _ in range(42)) + "A",
        },
    )
    return {
        **kept,
        "SUQIU_WECHAT_MODE": "compatible",
        "SUQIU_WECHAT_API_BASE": f"http://127.0.0.1:{port}",
    }


def reference_receiver(folder: Path, port: int) -> dict[str, str]:
    """Settings that send matters to the reference receiver on this machine."""
    kept = _kept(
        folder / "receiver.json", lambda: {"SUQIU_PETITION_SECRET": secrets.token_urlsafe(32)}
    )
    return {
        **kept,
        "SUQIU_PETITION_SYSTEM": "http",
        "SUQIU_PETITION_ENDPOINT": f"http://127.0.0.1:{port}/suqiu/matters",
    }


def _kept(path: Path, make: Callable[[], dict[str, str]]) -> dict[str, str]:
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(make(), file)
    values = json.loads(path.read_text(encoding="utf-8"))
    return {str(name): str(value) for name, value in values.items()}
