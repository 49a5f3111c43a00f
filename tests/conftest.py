"""Fixtures for all suites: settings, a clock, keys, and stores on real databases.

``store`` runs a test twice, on SQLite and on PostgreSQL; ``sqlite_store`` is enough for tests of
what lies above storage.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from casework.adapters.database import migrate, open_engine
from casework.adapters.keys import KeyRing
from casework.adapters.store import SqlStore
from casework.adapters.vault import Vault
from casework.settings import Settings
from casework.settings_fields import PREFIX
from tests import servers
from tests.fakes.clock import FakeClock
from tests.fakes.command import Suqiu, runner

SettingsMaker = Callable[..., Settings]


@pytest.fixture(autouse=True, scope="session")
def _no_settings_of_the_machine() -> None:
    """Settings of whoever runs the tests have no business in them."""
    for name in list(os.environ):
        if name.startswith(PREFIX) and not name.startswith(("SUQIU_TEST_", "SUQIU_BOT_")):
            del os.environ[name]


@pytest.fixture
def suqiu(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Suqiu:
    """The ``suqiu`` command, run inside the test."""
    return runner(monkeypatch, capsys)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The defaults, with everything written below ``tmp_path``."""
    return Settings(data_dir=tmp_path / "var")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def key_ring() -> KeyRing:
    return KeyRing.generate()


@pytest.fixture
def vault(key_ring: KeyRing) -> Vault:
    return Vault(key_ring)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    with servers.postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A real Redis, shared by the suite: use keys of your own."""
    with servers.redis_server() as url:
        yield url


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    migrate(Settings(data_dir=folder))
    return folder / "suqiu.db"


@pytest.fixture(scope="session")
def _postgresql_template(postgresql_server: str) -> str:
    _on_server(postgresql_server, "CREATE DATABASE template_suqiu")
    url = make_url(postgresql_server).set(database="template_suqiu")
    migrate(Settings(database_url=url.render_as_string(hide_password=False)))
    return "template_suqiu"


@pytest.fixture
def sqlite_settings(settings: Settings, _sqlite_template: Path) -> Settings:
    """Settings of a migrated, empty SQLite database."""
    settings.data_dir.mkdir(mode=0o700)
    shutil.copy(_sqlite_template, settings.data_dir / "suqiu.db")
    return settings


@pytest.fixture
def postgresql_settings(
    settings: Settings, postgresql_server: str, _postgresql_template: str
) -> Iterator[Settings]:
    """Settings of a migrated, empty PostgreSQL database."""
    name = f"test_{uuid.uuid4().hex}"
    _on_server(postgresql_server, f"CREATE DATABASE {name} TEMPLATE {_postgresql_template}")
    url = make_url(postgresql_server).set(database=name).render_as_string(hide_password=False)
    yield settings.model_copy(update={"database_url": url})
    _on_server(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_store(sqlite_settings: Settings, vault: Vault, clock: FakeClock) -> Iterator[SqlStore]:
    yield from _store(sqlite_settings, vault, clock)


@pytest.fixture
def postgres_store(
    postgresql_settings: Settings, vault: Vault, clock: FakeClock
) -> Iterator[SqlStore]:
    yield from _store(postgresql_settings, vault, clock)


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> SqlStore:
    """The same test on both databases."""
    found: SqlStore = request.getfixturevalue(f"{request.param}_store")
    return found


def _store(settings: Settings, vault: Vault, clock: FakeClock) -> Iterator[SqlStore]:
    engine = open_engine(settings)
    yield SqlStore(engine, vault, clock)
    engine.dispose()


def _on_server(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
