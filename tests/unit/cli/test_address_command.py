"""``suqiu address``: one address or a file of them, with the bureau's own tree where one is set."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.command import Suqiu

Run = Callable[..., tuple[int, list[str], str]]

BUREAU = """
name: 建安区司法局
place:
  code: "411003"
  name: 建安区
  inside:
    - {code: "411003101", name: 五女店镇, inside: [{code: "411003101201", name: 东王村}]}
duty: {hours: [["09:00", "12:00"]], roster: {monday: [甲]}}
"""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, suqiu: Suqiu) -> Run:
    """Runs the command; gives (exit code, lines of stdout, stderr)."""

    def command(*arguments: object) -> tuple[int, list[str], str]:
        code, out, err = suqiu("address", *arguments)
        return code, out.splitlines(), err

    return command


def test_every_line_gives_its_divisions_and_their_code(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"text": "杭州余杭良渚街道古墩路12号"}\n{"address": "x"}\n', encoding="utf-8")
    code, lines, _ = run("--file", path)
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    assert code == 0
    assert rows[0] == {
        "province": "浙江省",
        "city": "杭州市",
        "county": "余杭区",
        "street": "良渚街道",
        "village": None,
        "rest": "古墩路12号",
        "code": "330110013",
        "official": "浙江省杭州市余杭区良渚街道",
    }
    assert list(rows[1]) == ["error"]


def test_one_address_is_shown_as_a_person_reads_it(run: Run) -> None:
    assert run("广西 南宁")[:2] == (0, ["广西壮族自治区南宁市 450100"])


def test_a_bureau_knows_its_villages(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bureau.yml"
    path.write_text(BUREAU, encoding="utf-8")
    monkeypatch.setenv("SUQIU_BUREAU_FILE", str(path))
    code, lines, _ = run("五女店镇东王村3组", "--json")
    assert code == 0
    assert json.loads(lines[0])["code"] == "411003101201"


def test_a_bureau_file_that_cannot_be_read_is_one_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUQIU_BUREAU_FILE", str(tmp_path / "none.yml"))
    code, lines, err = run("郑州")
    assert (code, lines, len(err.strip().splitlines())) == (2, [], 1)


def test_use_without_a_text_is_one_sentence(run: Run) -> None:
    code, lines, err = run()
    assert (code, lines, len(err.strip().splitlines())) == (2, [], 1)
