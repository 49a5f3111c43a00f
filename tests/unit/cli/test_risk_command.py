"""``suqiu risk``: one text or a file of them, through the assessor that the conversation uses."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from casework import bootstrap
from casework.adapters.risk_reader import load_reader
from casework.settings import load
from cli.builds import learn_risk
from tests.fakes.command import Suqiu

Run = Callable[..., tuple[int, list[dict[str, object]], str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, suqiu: Suqiu) -> Run:
    """Runs the command; gives (exit code, lines of stdout, stderr)."""

    def command(*arguments: object) -> tuple[int, list[dict[str, object]], str]:
        code, out, err = suqiu("risk", *arguments)
        return code, [json.loads(line) for line in out.splitlines()], err

    return command


def test_every_line_gets_a_level_and_its_signals_in_order(run: Run, tmp_path: Path) -> None:
    texts = [
        "我现在就去跳楼",
        "活着只剩下疼，求你们放我走",
        "我们二十多户都没拿到补偿",
        "离婚要带什么",
    ]
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"text": t}) + "\n" for t in texts), encoding="utf-8")
    code, rows, _ = run("--file", path)
    assert code == 0
    assert [row["level"] for row in rows] == ["red", "orange", "yellow", "none"]
    assert rows[0]["signals"][0] == "自杀计划或行为"  # type: ignore[index]
    assert rows[3] == {"level": "none", "signals": []}


def test_a_bad_line_gets_an_error_in_its_place_and_the_rest_go_on(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO('no\n{"text": 3}\n{"text": "你好"}\n'.encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    code, rows, _ = run("--file", "-")
    assert code == 0
    assert ["error" in row for row in rows] == [True, True, False]


def test_one_text_can_be_given_alone(run: Run) -> None:
    assert run("不想活了")[1][0]["level"] == "orange"


def test_neither_or_both_and_a_missing_file_are_one_clear_line(run: Run, tmp_path: Path) -> None:
    for arguments in ([], ["你好", "--file", "-"], ["--file", tmp_path / "gone"]):
        code, rows, err = run(*arguments)
        assert (code, rows) == (2, [])
        assert err.count("\n") == 1


def test_it_is_the_assessor_of_the_conversation(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Deaf:
        def assess(self, _: str) -> object:
            raise ValueError("asked")

    monkeypatch.setattr(bootstrap, "risk_assessor", lambda _: Deaf())
    with pytest.raises(ValueError, match="asked"):
        run("你好")


def test_setting_up_learns_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUQIU_RISK_DIR", str(tmp_path))
    said: list[str] = []
    learn_risk(said.append)
    learn_risk(said.append)
    assert said[-1] == "risk reader: up to date"
    assert load_reader(load().risk_dir) is not None
