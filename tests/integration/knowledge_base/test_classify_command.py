"""``suqiu classify`` and ``suqiu learn`` through the real command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.classify.shipped import learn_shipped
from knowledge_base.classify.topics import TOPICS, open_topics
from tests.fakes.command import Suqiu

from .conftest import SOURCES  # type: ignore[import-not-found]

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]
PETITIONS = [
    {"title": "路坏了", "text": "村口的公路坑坑洼洼没人修", "label": "交通"},
    {"title": "", "text": "公路桥断了，汽车绕路半年", "label": "交通"},
    {"title": "公路", "text": "公路没有路灯，坑洼多", "label": "交通"},
    {"title": "补课", "text": "学校周末补课乱收费", "label": "教育"},
    {"title": "学校", "text": "学校食堂不卫生，学生吃坏肚子", "label": "教育"},
    {"title": "", "text": "学校收费太高，学生上不起学", "label": "教育"},
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suqiu: Suqiu) -> Run:
    """Runs the command; gives (exit code, objects on stdout, stderr)."""
    monkeypatch.setenv("SUQIU_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setattr("cli.project.SOURCES", SOURCES)

    def command(*arguments: object) -> tuple[int, list[dict[str, Any]], str]:
        code, out, err = suqiu(*arguments)
        return code, [json.loads(line) for line in out.splitlines()], err

    return command


def lines(path: Path, *rows: object) -> Path:
    texts = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_a_bureau_teaches_its_own_categories_and_has_petitions_sorted_by_them(
    run: Run, tmp_path: Path
) -> None:
    history = lines(tmp_path / "history.jsonl", *PETITIONS, "no json", {"text": "没有分类"})
    code, rows, err = run("learn", "petition", "--file", history, "--out", tmp_path / "model")
    assert code == 0
    assert (rows[0]["learned"], rows[0]["left_out"]) == (6, 2)
    assert rows[0]["labels"] == {"交通": 3, "教育": 3}
    assert "line 7: the line is not JSON" in err
    assert "line 8: " in err
    new = lines(
        tmp_path / "new.jsonl", {"text": "学校乱收费"}, "[]", {"title": "", "text": ""},
        {"title": 1, "text": "x"}, {"title": "公路", "text": "坑洼"},
    )  # fmt: skip
    code, rows, _ = run("classify", "petition", "--file", new, "--model", tmp_path / "model")
    assert code == 0
    assert [row.get("label") for row in rows] == ["教育", None, None, None, "交通"]
    assert all("error" in row for row in rows[1:4])
    assert set(rows[0]) == {"label", "score", "alternatives"}
    # Learning again takes the old one's place.
    assert run("learn", "petition", "--file", history, "--out", tmp_path / "model")[0] == 0


def test_what_cannot_be_used_is_one_sentence(run: Run, tmp_path: Path) -> None:
    history = lines(tmp_path / "history.jsonl", *PETITIONS[:3])
    none = lines(tmp_path / "none.jsonl", "x")
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("keep me")
    out = tmp_path / "out"
    for arguments, sentence in [
        (("classify", "petition", "--file", history, "--model", full), "there is no classifier"),
        (("learn", "petition", "--file", history, "--out", out), "at least two labels"),
        (("learn", "petition", "--file", none, "--out", out), "no labelled petition"),
        (("learn", "petition", "--file", history, "--out", full), "is not empty"),
        (("learn", "petition", "--file", tmp_path / "x", "--out", out), "cannot read"),
    ]:
        code, rows, err = run(*arguments)
        assert (code, rows) == (2, [])
        assert sentence in err.splitlines()[-1]
        assert "Traceback" not in err
    assert (full / "letter.txt").read_text() == "keep me"
    assert not out.exists()


def test_questions_are_sorted_by_what_is_shipped_and_it_is_learned_once(
    run: Run, tmp_path: Path
) -> None:
    asked = lines(
        tmp_path / "asked.jsonl",
        {"question": "老板拖欠我半年工资不给"},
        {"question": ""},
        {"question": "他欠我三万块钱有借条不还"},
        {"question": "离婚孩子归谁"},
    )
    code, rows, err = run("classify", "topic", "--file", asked)
    assert code == 0
    assert [row.get("topic") for row in rows] == ["劳动纠纷", None, "债权债务", "婚姻家庭"]
    assert rows[1]["error"]
    assert [set(other) for other in rows[0]["alternatives"]] == [{"topic", "score"}] * 3
    assert "cross-validation" in err
    again = run("classify", "topic", "--file", asked)
    assert again[1] == rows
    assert "cross-validation" not in again[2]


def test_petitions_are_sorted_by_the_usual_categories_where_nothing_was_taught(
    run: Run, tmp_path: Path
) -> None:
    new = lines(tmp_path / "new.jsonl", {"title": "", "text": "化工厂排的废水把河里的鱼毒死了"})
    code, rows, _ = run("classify", "petition", "--file", new)
    assert code == 0
    assert rows[0]["label"] == "环境保护"


def test_the_shipped_topics_hold_for_questions_held_back() -> None:
    _, figures = learn_shipped(TOPICS, SOURCES)
    assert figures.accuracy > 0.6


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = open_topics(SOURCES, tmp_path / "file" / "cache")
    assert found.sort("老板拖欠工资").label == "劳动纠纷"
