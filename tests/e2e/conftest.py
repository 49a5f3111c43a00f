"""The whole system, as real processes, started once for these suites."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from cli.builds import build_index, train_model
from cli.chat_client import ChatClient
from cli.system.plan import Plan, plan_scratch
from cli.system.supervisor import Supervisor
from tests.e2e.phone import Phone


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first test waits for the build and the start of everything: give them time."""
    for item in items:
        if "/e2e/" in item.path.as_posix():
            item.add_marker(pytest.mark.timeout(900))


@pytest.fixture(scope="session")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    train_model(print)
    build_index(print)
    folder = tmp_path_factory.mktemp("system")
    plan = plan_scratch(folder, {"SUQIU_LIMIT_FACTOR": "1000"}, practice=True, receiver=True)
    plan.prepare()
    return plan


@pytest.fixture(scope="session")
def system(plan: Plan) -> Iterator[Supervisor]:
    supervisor = Supervisor(plan.services(), plan.log_dir, print)
    supervisor.start()
    try:
        supervisor.wait_healthy()
        yield supervisor
    finally:
        supervisor.stop()


@pytest.fixture
def citizen(plan: Plan, system: Supervisor) -> Callable[[], ChatClient]:
    """Makes visitors of the widget, each with a conversation of their own."""
    return lambda: ChatClient(plan.settings.public_url)


@pytest.fixture
def phone(plan: Plan, system: Supervisor) -> Phone:
    """A follower of the practice account."""
    return Phone(f"http://127.0.0.1:{plan.settings.practice_port}")
