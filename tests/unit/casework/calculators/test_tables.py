"""The files behind the calculators: whole, sourced, in force, and plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from casework.domain.calculators import CALCULATORS, calculate, deadlines, spec
from casework.domain.calculators.citing import article_name, cited
from casework.domain.calculators.data import FOLDER, load
from casework.domain.calculators.result import Citation
from casework.domain.calculators.spec import table
from knowledge_base.statutes.laws import Laws

TABLES = ("deadlines", "lpr", "litigation_fees", "work_injury", "motor_insurance")
FILES = [*sorted((FOLDER / "calculators").glob("*.yml")), *(FOLDER / f"{t}.yml" for t in TABLES)]
SOURCES = Path(__file__).parents[4] / "casework" / "domain" / "calculators"


class UniqueKeys(yaml.SafeLoader):
    """Refuses a mapping that says the same key twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        assert not twice, f"twice: {twice}"
        return super().construct_mapping(node, deep)


def every_citation() -> Iterator[tuple[str, Citation]]:
    for name in CALCULATORS:
        for key, found in spec(name).cites.items():
            for one in found:
                yield f"{name}.{key}", one
    for rule in deadlines.rules().values():
        for one in rule.citations:
            yield rule.id, one
    for row in load("work_injury")["provinces"].values():
        yield "work_injury.provinces", Citation(row["law"], row["article"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_file_says_a_key_twice(path: Path) -> None:
    yaml.load(path.read_text(encoding="utf-8"), UniqueKeys)


def test_every_article_cited_is_in_the_table_of_laws_and_in_force() -> None:
    laws = Laws.load()
    today = date(2026, 11, 22)
    for where, one in every_citation():
        found = laws.on(one.law, today)
        assert found is not None, (where, one)
        if one.article.isdigit():
            assert found.has_article(one.article), (where, one)


@pytest.mark.parametrize("name", TABLES[1:])
def test_every_table_says_where_it_comes_from_and_when_to_look_again(name: str) -> None:
    found = table(name)
    assert found.source
    assert found.holds_for
    assert isinstance(found.content["reviewed"], date)
    assert found.review_by > found.content["reviewed"]


def test_the_clocks_say_when_they_were_reviewed() -> None:
    loaded = load("deadlines")
    assert loaded["source"]
    assert loaded["review_by"] > loaded["reviewed"]


def test_a_table_past_its_review_says_so() -> None:
    given = {"principal": 1000, "rate": 10, "start": "2024-05-01"}
    stale = calculate("loan_interest", given, date(2028, 1, 1))
    assert any("应当在2027年2月28日前复核" in caveat for caveat in stale.caveats)
    fresh = calculate("loan_interest", given, date(2026, 11, 22))
    assert not any("复核" in caveat for caveat in fresh.caveats)


def test_the_rates_are_in_order_and_believable() -> None:
    rows: dict[date, float] = load("lpr")["rows"]
    assert list(rows) == sorted(rows)
    assert all(1 < rate < 6 for rate in rows.values())
    assert load("lpr")["known_until"] >= max(rows)


def test_the_income_table_has_every_year_and_only_grows() -> None:
    income: dict[int, int] = load("work_injury")["income"]
    assert list(income) == list(range(min(income), max(income) + 1))
    assert list(income.values()) == sorted(income.values())


@pytest.mark.parametrize("name", sorted(CALCULATORS))
def test_every_sentence_of_a_calculator_is_used_and_has_no_number_by_hand(name: str) -> None:
    code = (SOURCES / f"{name}.py").read_text(encoding="utf-8")
    for key, sentence in spec(name).words.items():
        stem = re.sub(
            r"_(?:mediated|simple|withdrawn|resigned|asked|fault|fund|employer|year|old|month|low|"
            r"high|months|half|range|share|pension|death|monthly|signed)$",
            "",
            key,
        )
        used = f'"{key}"' in code or f'"{stem}' in code or f'f"{stem.split("_")[0]}_' in code
        assert used or key.startswith("item_") or key in spec(name).inputs, f"{name}.{key}"
        assert not re.search(r"(?<!\d)(?:1[12]\d{3}|96\d{3}|110|120)(?!\d)", sentence), key


@pytest.mark.parametrize("name", sorted(CALCULATORS))
def test_every_input_has_an_example_that_can_be_read(name: str) -> None:
    for one in spec(name).inputs.values():
        assert one.label
        assert one.example or one.kind == "choice", f"{name}.{one.name}"


def test_articles_are_named_as_in_the_laws() -> None:
    names = {"9": "第九条", "10": "第十条", "47": "第四十七条", "101": "第一百零一条"}
    names |= {"188": "第一百八十八条", "1077": "第一千零七十七条", "1210": "第一千二百一十条"}
    names |= {"26之一": "第二十六条之一", "第一项": "第一项", "110": "第一百一十条"}
    assert {article: article_name(article) for article in names} == names
    both = [Citation("适用《甲法》的解释", "1"), Citation("乙法", "2"), Citation("乙法", "3")]
    assert cited(both) == "《适用〈甲法〉的解释》第一条；《乙法》第二条、第三条"


def test_the_page_for_lawyers_names_every_calculator_and_table() -> None:
    page = (SOURCES.parents[2] / "docs" / "calculators.md").read_text(encoding="utf-8")
    assert {name for name in CALCULATORS if f"| `{name}` |" not in page} == set()
    assert {name for name in TABLES if f"`{name}.yml`" not in page} == set()
    assert str(load("lpr")["known_until"]) in page
