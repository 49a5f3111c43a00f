"""Setting a machine up: the worker asks it, ``suqiu doctor`` says how it is."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.bootstrap import build, prepare
from casework.domain.matter import MatterKind
from casework.domain.wording.proposal import ProposalState
from casework.settings import Settings
from casework.worker import Worker
from cli.main import main
from tests.fakes.wording_machine import WordingMachine
from tests.integration.casework.intake.town_hall import LABOUR, Citizen

Doctor = Callable[..., dict[str, str]]


@pytest.fixture
def machine() -> Iterator[WordingMachine]:
    server = WordingMachine()
    server.writes(("来访者称工资一直没发。", ["工资一直没发"], ["m1"]))
    yield server
    server.close()


@pytest.fixture
def doctor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Doctor:
    """``doctor(WORDING_URL=…)``: what it finds out about wordings."""

    def command(**settings: str) -> dict[str, str]:
        monkeypatch.setenv("SUQIU_DATA_DIR", str(tmp_path / "var"))
        for name, value in settings.items():
            monkeypatch.setenv(f"SUQIU_{name}", value)
        monkeypatch.setattr(sys, "argv", ["suqiu", "doctor", "--json"])
        with pytest.raises(SystemExit):
            main()
        findings = json.loads(capsys.readouterr().out)["findings"]
        found: dict[str, str] = next(one for one in findings if one["what"] == "wording")
        return found

    return command


def test_it_is_off_unless_it_is_set_up(doctor: Doctor, settings: Settings) -> None:
    assert doctor()["state"] == "off"
    prepare(settings)
    container = build(settings)
    assert not container.wording.is_on
    assert [job.name for job in Worker(container)._jobs if job.name == "wordings"] == []


def test_the_doctor_says_whether_it_answers(doctor: Doctor, machine: WordingMachine) -> None:
    machine.says({"data": []})
    found = doctor(WORDING_URL=machine.address, WORDING_MODEL="small-model", WORDING_KEY="s3cret")
    assert found["state"] == "ok"
    assert found["detail"] == f"small-model at {machine.address}"
    machine.says({}, 401)
    found = doctor()
    assert (found["state"], found["mend"]) == ("missing", "see SUQIU_WORDING_KEY")
    machine.close()
    found = doctor()
    assert found["state"] == "missing"
    assert found["detail"].endswith(": unreachable")
    assert "s3cret" not in str(found)


def test_the_worker_asks_it_about_a_matter_that_was_handed_over(
    settings: Settings, machine: WordingMachine
) -> None:
    settings = settings.model_copy(
        update={"wording_url": machine.address, "wording_model": "small-model"}
    )
    prepare(settings)
    container = build(settings)
    citizen = Citizen(container.intake, container.store, Ticking(container.clock))  # type: ignore[arg-type]
    citizen.begins(MatterKind.CONSULTATION)
    citizen.tells(*LABOUR, "确认提交")
    citizen.submits()
    (matter,) = citizen.matters
    assert machine.seen == [], "nobody waits for it while a citizen is served"

    worker = Worker(container)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        deadline = time.monotonic() + 30
        found = None
        while found is None or found.state is ProposalState.WANTED:
            assert time.monotonic() < deadline, "it was not asked"
            time.sleep(0.05)
            with container.store.reading() as work:
                found = work.proposals.for_matter(matter.id)
    finally:
        worker.stop()
        thread.join(30)
    assert [one.text for one in found.paragraphs] == ["来访者称工资一直没发。"]


class Ticking:
    """The real clock, for citizens who expect to advance it."""

    def __init__(self, clock: object) -> None:
        self._clock = clock

    def now(self) -> object:
        return self._clock.now()  # type: ignore[attr-defined]

    def advance(self, *_: float) -> None:
        """Time passes by itself."""
