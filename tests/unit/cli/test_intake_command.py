"""``suqiu intake``: a story a line in, a summary and questions a line out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.command import Suqiu

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, suqiu: Suqiu) -> Run:
    """Runs the command; gives (exit code, objects on stdout, stderr)."""

    def command(*arguments: object) -> tuple[int, list[dict[str, Any]], str]:
        code, out, err = suqiu("intake", *arguments)
        return code, [json.loads(line) for line in out.splitlines()], err

    return command


def test_every_story_gets_a_summary_questions_and_a_way_in_its_place(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "in.jsonl"
    stories = [
        {"id": "a", "narrative": "我把八万块借给了同事，他打了欠条，过了约定的日子不还"},
        {"id": "b"},
        {"id": 3, "narrative": "包工头欠我们班组工资，一直不给"},
    ]
    path.write_text("".join(json.dumps(s) + "\n" for s in stories), encoding="utf-8")
    code, out, _ = run("--file", path)
    assert code == 0
    assert [line.get("id") for line in out] == ["a", None, 3]
    assert "narrative" in out[1]["error"]
    for line in (out[0], out[2]):
        assert set(line) == {"id", "summary", "follow_ups", "route"}
        assert len(line["follow_ups"]) >= 15
    assert out[0]["summary"]["topics"][0]["id"] == "loans"
    assert out[2]["summary"]["topics"][0]["id"] == "wages"


def test_a_file_that_is_not_there_is_one_clear_line(run: Run, tmp_path: Path) -> None:
    code, out, err = run("--file", tmp_path / "none.jsonl")
    assert code == 2
    assert out == []
    assert "cannot read" in err
