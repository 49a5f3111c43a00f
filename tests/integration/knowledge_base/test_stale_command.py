"""``suqiu kb stale`` after a newer text of a law was imported."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from casework.bootstrap import build, prepare
from casework.domain.given import Relied
from casework.settings import Settings, load
from tests.fakes.command import Suqiu

from .conftest import SOURCES  # type: ignore[import-not-found]

Run = Callable[..., tuple[int, str, str]]
WAGES = ("劳动合同法", "第三十条")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suqiu: Suqiu) -> Run:
    monkeypatch.setenv("SUQIU_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setattr("cli.project.SOURCES", SOURCES)

    def command(*arguments: object) -> tuple[int, str, str]:
        code, out, err = suqiu(*arguments)
        return code, out, err

    return command


@pytest.fixture
def bureau(run: Run) -> Settings:
    """Settings of a database that is set up."""
    settings = load()
    prepare(settings)
    return settings


def texts(path: Path, day: str, text: str) -> Path:
    law, article = WAGES
    row = {"id": day, "law": law, "article": article, "date": day, "text": text}
    path.write_text(json.dumps(row), encoding="utf-8")
    return path


def test_entries_and_answers_that_cited_the_old_text_are_listed(
    run: Run, bureau: Settings, tmp_path: Path
) -> None:
    assert (
        run("statutes", "import", texts(tmp_path / "a.jsonl", "2012-12-28", "工资按月支付。"))[0]
        == 0
    )
    office = build(bureau)
    office.given_answers.record(
        "c1", "m1", "wages-unpaid", [Relied("劳动合同法", "30", date(2026, 11, 22))]
    )
    office.given_answers.record(
        "c2", "m2", "wages-unpaid", [Relied("劳动合同法", "30", date(2030, 2, 1))]
    )
    code, out, _ = run("kb", "stale")
    assert (code, out) == (0, "no entry and no answer given relies on an older text\n")

    assert (
        run("statutes", "import", texts(tmp_path / "b.jsonl", "2030-01-01", "工资按周支付。"))[0]
        == 0
    )
    code, out, _ = run("kb", "stale", "--json")
    told = json.loads(out)
    assert code == 1
    assert {entry["id"] for entry in told["entries"]} == {"wages-unpaid"}
    change = told["entries"][0]["changes"][0]
    assert (change["kind"], change["now"]) == ("changed", "2030-01-01")
    (answers,) = told["answers"]
    assert [(one["conversation"], one["entry"]) for one in answers["given"]] == [
        ("c1", "wages-unpaid")
    ]

    code, out, _ = run("kb", "stale")
    assert code == 1
    assert "wages-unpaid (000000), reviewed " in out
    assert "《劳动合同法》第三十条: another text since the version of 2030-01-01" in out
    assert "1 answers in 1 conversations" in out


def test_without_imported_texts_it_says_what_to_do(run: Run) -> None:
    code, out, err = run("kb", "stale")
    assert (code, out) == (2, "")
    assert err == "suqiu: no law texts have been imported yet: run suqiu statutes import\n"


def test_without_a_database_the_entries_are_looked_at(run: Run, tmp_path: Path) -> None:
    run("statutes", "import", texts(tmp_path / "a.jsonl", "2012-12-28", "工资按月支付。"))
    code, out, err = run("kb", "stale")
    assert (code, out) == (0, "no entry and no answer given relies on an older text\n")
    assert "answers given are not looked at: " in err
