"""``--report`` of the two evaluations, through the real commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.command import Suqiu
from tests.fakes.statutes_library import write_library

from .conftest import SOURCES  # type: ignore[import-not-found]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suqiu: Suqiu) -> Run:
    monkeypatch.setenv("SUQIU_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setattr("cli.project.SOURCES", SOURCES)

    def command(*arguments: object) -> tuple[int, str, str]:
        code, out, err = suqiu(*arguments)
        return code, out, err

    return command


def test_the_guidance_is_measured_into_figures_and_a_page(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("kb", "evaluate", "--json", "--report", tmp_path / "report.html")
    assert code == 0
    figures = json.loads(out)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert f"{figures['entries']} 个条目，{figures['questions']} 种问法" in page
    for row in figures["confusions"]:
        assert row["right"] in page


def test_the_statutes_are_measured_into_figures_and_a_page(run: Run, tmp_path: Path) -> None:
    library = write_library(tmp_path / "library.jsonl")
    asked = tmp_path / "asked.jsonl"
    rows = [
        {"question": "每月什么时候支付劳动报酬", "relevant": [103]},
        {"question": "租赁期满押金退不退", "relevant": [106, 107]},
        {"question": "不在库里的", "relevant": [999]},
    ]
    asked.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    code, out, _ = run(
        "statutes", "evaluate", "--library", library, "--questions", asked, "--json",
        "--report", tmp_path / "report.html",
    )  # fmt: skip
    assert code == 0
    figures = json.loads(out)
    assert (figures["questions"], figures["left_out"]) == (2, 1)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert f"{figures['ranking']['mrr_at_10']:.3f}" in page
    assert "星河租赁法" in page
    assert "另有 1 个问题" in page
    assert "http" not in page


def test_a_page_that_cannot_be_written_is_said_before_the_work(run: Run, tmp_path: Path) -> None:
    code, out, err = run("kb", "evaluate", "--report", tmp_path / "no" / "where.html")
    assert (code, out) == (2, "")
    assert "there is no folder" in err


def test_the_cost_is_measured_at_every_size_beside_bm25(run: Run, tmp_path: Path) -> None:
    library, page = write_library(tmp_path / "library.jsonl"), tmp_path / "cost.html"
    code, out, _ = run(
        "bench", "statutes", "--library", library, "--sizes", "30,5", "--json", "--report", page
    )
    assert code == 0
    sizes = json.loads(out)["sizes"]
    assert [size["articles"] for size in sizes] == [5, 30]
    for size in sizes:
        assert size["ranking"]["median_ms"] > 0
        assert size["bm25"]["median_ms"] > 0
        assert size["ranking"]["peak_mb"] > 10
    text = page.read_text(encoding="utf-8")
    assert f"{sizes[1]['ranking']['median_ms']:.1f}" in text
    assert text.count("<svg") == 3


@pytest.mark.parametrize("sizes", ["", "many", "0,10", "10,-1"])
def test_sizes_that_are_none_are_refused(run: Run, tmp_path: Path, sizes: str) -> None:
    library = write_library(tmp_path / "library.jsonl")
    code, _, err = run("bench", "statutes", "--library", library, "--sizes", sizes)
    assert code == 2
    assert "numbers of articles" in err
