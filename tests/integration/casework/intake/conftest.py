"""Citizens in front of the intake."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.adapters.store import SqlStore
from casework.intake import Intake
from casework.texts import Texts
from tests.fakes.clock import FakeClock
from tests.integration.casework.intake.town_hall import Citizen, open_intake


@pytest.fixture
def intake(sqlite_store: SqlStore, clock: FakeClock, texts: Texts) -> Intake:
    return open_intake(sqlite_store, clock, texts)


@pytest.fixture
def citizen(intake: Intake, sqlite_store: SqlStore, clock: FakeClock) -> Citizen:
    return Citizen(intake, sqlite_store, clock)


@pytest.fixture
def neighbour(intake: Intake, sqlite_store: SqlStore, clock: FakeClock) -> Citizen:
    return Citizen(intake, sqlite_store, clock, sender="neighbour")


Joining = Callable[[], Citizen]
