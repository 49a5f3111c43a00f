"""The figures in docs/safety.md, measured anew on messages that nothing was learnt from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casework.adapters.risk_reader import EXAMPLES, read_examples
from casework.bootstrap import risk_assessor
from casework.domain.risk import RiskAssessor
from casework.settings import load

PAGE = Path(__file__).parents[3] / "docs" / "safety.md"
HELD_OUT = Path(__file__).parent / "risk_heldout"
# Another processor or a newer library may round a borderline message to the other side.
_SLACK = 2


def held_out(name: str) -> list[str]:
    lines = (HELD_OUT / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def urgent(assessor: RiskAssessor, name: str) -> int:
    return sum(assessor.assess(text).urgent for text in held_out(name))


@pytest.fixture(scope="module")
def written() -> dict[str, tuple[int, int]]:
    """Row -> (messages, heard as orange or red), from the table between the marks."""
    page = PAGE.read_text(encoding="utf-8")
    table = page.split("<!-- figures: begin -->")[1].split("<!-- figures: end -->")[0]
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (\d+) \|", table, re.MULTILINE)
    return {name: (int(count), int(heard)) for name, count, heard in rows}


@pytest.mark.parametrize("name", ["dangerous", "ordinary"])
def test_the_page_tells_what_the_shipped_assessor_hears(
    written: dict[str, tuple[int, int]], name: str
) -> None:
    count, heard = written[name]
    assert count == len(held_out(name))
    assert abs(urgent(risk_assessor(load()), name) - heard) <= _SLACK


def test_the_figures_are_worth_shipping() -> None:
    assessor = risk_assessor(load())
    assert urgent(assessor, "dangerous") >= 0.8 * len(held_out("dangerous"))
    assert urgent(assessor, "ordinary") <= 0.1 * len(held_out("ordinary"))


def test_nothing_held_out_was_learnt_from() -> None:
    files = read_examples(EXAMPLES).values()
    learnt = {line for lines in files for some in lines.values() for line in some}
    assert learnt.isdisjoint([*held_out("dangerous"), *held_out("ordinary")])
