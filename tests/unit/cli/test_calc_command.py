"""``suqiu calc``: figures for people and for programs, and one sentence for what cannot be used."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from casework.domain.calculators import CALCULATORS
from tests.fakes.command import Suqiu

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, suqiu: Suqiu) -> Run:
    """Runs the command; gives (exit code, stdout, stderr)."""

    def command(*arguments: object) -> tuple[int, str, str]:
        code, out, err = suqiu("calc", *arguments)
        return code, out, err

    return command


def test_a_person_reads_the_outcome_the_working_and_the_law(run: Run) -> None:
    code, out, _ = run("compensation", "--wage", 6000, "--years=3.5", "--reason", "agreed")
    assert code == 0
    lines = out.splitlines()
    assert lines[1] == "可以要求经济补偿 N = 24,000 元。"
    assert "怎么算的：" in lines
    assert any("《劳动合同法》第四十六条、第四十七条" in line for line in lines)


def test_a_program_reads_one_object(run: Run) -> None:
    code, out, _ = run("litigation-fee", "--amount", 200000, "--json")
    assert code == 0
    result = json.loads(out)
    assert result["amount"] == 4300
    assert result["inputs"] == {"amount": 200000}
    assert {"law": "诉讼费用交纳办法", "article": "13"} in result["citations"]
    assert result["tables"][0]["holds_for"] == "全国"


def test_a_file_gives_a_line_for_a_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(
        '{"calculator": "deadline", "kind": "traffic_review", "from": "2026-11-20", "id": "a"}\n'
        '{"calculator": "nonsense"}\n'
        "not json\n"
        '{"kind": "property"}\n'
        '{"calculator": "child_support", "income": -1}\n'
        '{"calculator": "overtime", "hourly": 25, "holiday_hours": 4}\n',
        encoding="utf-8",
    )
    code, out, _ = run("--file", path)
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert (rows[0]["id"], rows[0]["date"]) == ("a", "2026-11-25")
    assert "nonsense" in rows[1]["error"]
    assert [set(row) for row in rows[1:5]] == [{"error"}] * 4
    assert rows[5]["amount"] == 300


def test_the_list_names_every_calculator_and_what_it_takes(run: Run) -> None:
    code, out, _ = run("--list")
    assert code == 0
    for name in CALCULATORS:
        assert f"\n{name}  " in f"\n{out}"
    assert "--wage" in out
    code, out, _ = run("deadline", "--list")
    assert "labour_arbitration" in out
    code, out, _ = run("--list", "--json")
    assert [json.loads(line)["calculator"] for line in out.splitlines()] == list(CALCULATORS)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "--list"),
        (["nonsense"], "没有叫“nonsense”的计算器"),
        (["nonsense", "--list"], "没有叫“nonsense”的计算器"),
        (["compensation"], "还差"),
        (["compensation", "--wage"], "--wage needs a value"),
        (["compensation", "6000"], "expected --KEY VALUE"),
        (["compensation", "--wage", "much", "--years", "1"], "应当是金额"),
        (["compensation", "--wage", "1", "--file", "-"], "not both"),
        (["--file", "/nowhere/in.jsonl"], "cannot read"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_exit_two(
    run: Run, arguments: list[str], says: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert says in err
    assert len(err.strip().splitlines()) == 1
