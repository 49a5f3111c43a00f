"""The guidance as it is now is found as well as when its figures were recorded."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from cli.main import main
from knowledge_base.errors import SourceError
from knowledge_base.recorded import MOST_LOST, Recorded, is_measured, lost, measure_part
from knowledge_base.sources import DEFAULT, read

from .conftest import SOURCES  # type: ignore[import-not-found]


def test_the_right_entry_comes_first_as_often_as_recorded() -> None:
    """Fails when top-1 has fallen by more than two points: ``suqiu kb evaluate --record`` records
    new figures where the fall is meant."""
    assert lost(Recorded.read(), measure_part(DEFAULT)) is None


def test_a_fall_of_more_than_two_points_is_told_and_a_smaller_one_is_not() -> None:
    recorded = Recorded("2026-11-22", {"top_1": 0.70}, {})
    assert lost(recorded, {"entries": 100, "top_1": 0.70 - MOST_LOST}) is None
    assert lost(recorded, {"entries": 100, "top_1": 0.9}) is None
    told = lost(recorded, {"entries": 100, "top_1": 0.679})
    assert told is not None
    assert "67.9%, it was 70.0% on 2026-11-22" in told


def test_the_measured_part_is_about_a_quarter_and_the_same_every_time() -> None:
    ids = [entry.id for entry in read(DEFAULT).entries]
    part = [entry_id for entry_id in ids if is_measured(entry_id)]
    assert 0.18 < len(part) / len(ids) < 0.32
    assert is_measured("labour-unpaid-wages") is False
    assert is_measured("labour-dismissal") is True


@pytest.mark.parametrize("content", ["", "[]", '{"day": "x", "part": {}, "whole": {}}'])
def test_recorded_figures_that_cannot_be_read_are_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "f.json").write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=r"the recorded figures .* cannot be read"):
        Recorded.read(tmp_path / "f.json")


def test_figures_are_recorded_by_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "figures.json"
    monkeypatch.setattr("cli.project.SOURCES", SOURCES)
    monkeypatch.setattr("cli.project.FIGURES", path)
    monkeypatch.setattr("knowledge_base.recorded.PART", 1)
    monkeypatch.setattr(sys, "argv", ["suqiu", "kb", "evaluate", "--record", "--json"])
    main()
    whole = json.loads(capsys.readouterr().out)
    recorded = Recorded.read(path)
    assert recorded.whole["top_1"] == whole["top_1"]
    assert recorded.part == recorded.whole
    assert lost(recorded, {**recorded.part, "top_1": recorded.part["top_1"] - 0.021}) is not None
