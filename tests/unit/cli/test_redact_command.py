"""``suqiu redact``: a line for a line, an error in place of a bad one, one sentence for bad use."""

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
        code, out, err = suqiu("redact", *arguments)
        return code, [json.loads(line) for line in out.splitlines()], err

    return command


def test_every_line_gives_a_masked_text_with_the_spans_of_the_original(
    run: Run, tmp_path: Path
) -> None:
    texts = ["我叫王小明，电话13900001234", "房东不退押金怎么办", "发到abc@example.com"]
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"text": t}) + "\n" for t in texts), encoding="utf-8")
    code, rows, _ = run("--file", path)
    assert code == 0
    assert rows == [
        {
            "text": "我叫〔姓名〕，电话〔手机号〕",
            "spans": [
                {"start": 2, "end": 5, "kind": "name"},
                {"start": 8, "end": 19, "kind": "phone"},
            ],
        },
        {"text": "房东不退押金怎么办", "spans": []},
        {"text": "发到〔邮箱〕", "spans": [{"start": 2, "end": 17, "kind": "email"}]},
    ]


def test_a_bad_line_has_its_error_in_its_place_and_the_rest_go_on(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b'{"text": "13900001234"}\nnot json\n{"words": 1}\n{"text": "\\ud83d"}\n')
    code, rows, _ = run("--file", path)
    assert code == 0
    assert [list(row) for row in rows] == [
        ["text", "spans"],
        ["error"],
        ["error"],
        ["text", "spans"],
    ]
    assert rows[0]["text"] == "〔手机号〕"


@pytest.mark.parametrize("arguments", [(), ("文字", "--file", "x"), ("--file", "/no/such/file")])
def test_use_that_cannot_work_is_one_sentence_and_exit_code_2(
    run: Run, arguments: tuple[str, ...]
) -> None:
    code, rows, err = run(*arguments)
    assert (code, rows) == (2, [])
    assert len(err.strip().splitlines()) == 1
