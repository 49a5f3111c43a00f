"""Gateway, action server and worker write the same database at the same time."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from casework.adapters.database import open_engine
from casework.adapters.keys import create_key_file
from casework.adapters.store import SqlStore
from casework.adapters.vault import Vault
from casework.domain.matter import MatterKind
from casework.settings import Settings
from tests.fakes.clock import FakeClock

PROCESSES, ROUNDS = 4, 30
PROGRAM = Path(__file__).with_name("many_processes.py")


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_processes_that_write_at_once_lose_and_double_nothing(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    settings: Settings = request.getfixturevalue(f"{database}_settings")
    ring = create_key_file(tmp_path / "keys.json")
    arguments = [settings.database_url, str(tmp_path / "keys.json")]
    running = [
        subprocess.Popen(
            [sys.executable, str(PROGRAM), *arguments, f"p{number}", str(ROUNDS)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": str(Path.cwd())},
        )
        for number in range(PROCESSES)
    ]
    claimed: list[str] = []
    for process in running:
        out, err = process.communicate(timeout=120)
        assert (process.returncode, err) == (0, "")
        claimed += out.split()

    engine = open_engine(settings)
    store = SqlStore(engine, Vault(ring), FakeClock())
    with store() as work:
        people = [
            work.conversations.find_or_create("widget", f"v{n}", datetime.now(UTC))
            for n in range(3)
        ]
        lines = [work.transcript.since(person.id, 0) for person in people]
        next_number = work.matters.next_number(MatterKind.PETITION, date(2026, 11, 23))
    with engine.connect() as connection:
        stored = {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in ("conversations", "inbox", "transcript", "outbox")
        }
    engine.dispose()

    everything = PROCESSES * ROUNDS
    assert stored == {
        "conversations": 3,
        "inbox": ROUNDS,
        "transcript": ROUNDS,
        "outbox": everything,
    }
    # Every change that was read, made and saved is there: none was lost to another process.
    assert sum(person.notes["count"] for person in people) == everything
    assert [[line.seq for line in said] for said in lines] == [
        list(range(1, len(said) + 1)) for said in lines
    ]
    assert int(next_number[-4:]) == everything + 1
    assert len(claimed) == len(set(claimed)) == everything
