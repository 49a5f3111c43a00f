"""The table that ships with the repository: the facts the citations are checked against."""

from datetime import date
from pathlib import Path

import pytest

from knowledge_base.errors import SourceError
from knowledge_base.statutes.laws import TABLE, Laws, article_name, parse_article
from knowledge_base.statutes.notes import Notes

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def table() -> Laws:
    return Laws.load()


@pytest.mark.parametrize(
    ("name", "title", "last"),
    [
        ("劳动合同法", "劳动合同法", 98),
        ("中华人民共和国劳动合同法", "劳动合同法", 98),
        ("《劳动合同法》", "劳动合同法", 98),
        ("反家暴法", "反家庭暴力法", 38),
        ("农民工工资条例", "保障农民工工资支付条例", 64),
        ("民法典", "民法典", 1260),
        ("信访工作条例", "信访工作条例", 50),
        ("民间借贷规定", "最高人民法院关于审理民间借贷案件适用法律若干问题的规定", 31),
        (
            "民法典婚姻家庭编解释(一)",
            "最高人民法院关于适用《民法典》婚姻家庭编的解释（一）",
            91,
        ),
    ],
)
def test_a_law_is_found_by_any_usual_name(table: Laws, name: str, title: str, last: int) -> None:
    law = table.resolve(name)
    assert law is not None
    assert (law.title, law.articles) == (title, last)
    assert law.has_article(str(last))
    assert not law.has_article(str(last + 1))


@pytest.mark.parametrize(
    ("name", "first_day"),
    [
        ("治安管理处罚法", date(2026, 1, 1)),
        ("网络安全法", date(2026, 1, 1)),
        ("仲裁法", date(2026, 3, 1)),
        ("劳动争议解释（二）", date(2025, 9, 1)),
        ("交通事故解释（二）", date(2026, 6, 30)),
        ("行政复议法实施条例", date(2026, 7, 1)),
        ("市场监管投诉举报处理办法", date(2026, 4, 15)),
    ],
)
def test_what_changed_lately_is_known_with_its_first_day(
    table: Laws, name: str, first_day: date
) -> None:
    law = table.resolve(name)
    assert law is not None
    assert law.effective == first_day
    assert law.in_force_on(TODAY)
    assert not law.in_force_on(date.fromordinal(first_day.toordinal() - 1))


@pytest.mark.parametrize(
    "name",
    [
        "婚姻法",
        "合同法",
        "继承法",
        "信访条例",
        "市场监督管理投诉举报处理暂行办法",
        "最高人民法院关于审理劳动争议案件适用法律若干问题的解释（三）",
    ],
)
def test_what_was_repealed_is_not_in_force(table: Laws, name: str) -> None:
    law = table.resolve(name)
    assert law is not None
    assert law.status == "repealed"
    assert table.on(name, TODAY) is None


def test_the_version_of_a_day_in_the_past_is_found(table: Laws) -> None:
    then = table.on("治安管理处罚法", date(2025, 12, 31))
    now = table.on("治安管理处罚法", TODAY)
    assert then is not None
    assert now is not None
    assert (then.version.year, now.version.year) == (2012, 2025)


def test_articles_inserted_into_the_criminal_law_are_known(table: Laws) -> None:
    law = table.resolve("刑法")
    assert law is not None
    assert law.has_article("120之六")
    assert not law.has_article("120之七")


def test_an_unknown_name_finds_nothing(table: Laws) -> None:
    assert table.resolve("没有这部法") is None


def test_every_short_name_leads_to_a_law(table: Laws) -> None:
    lost = {title for title in Notes.load().aliases.values() if table.resolve(title) is None}
    assert not lost


def test_the_table_holds_facts_not_texts() -> None:
    assert TABLE.stat().st_size < 600_000
    assert max(len(line) for line in TABLE.read_text(encoding="utf-8").splitlines()) < 1_000


@pytest.mark.parametrize(
    ("article", "name"),
    [("85", "第八十五条"), ("1079", "第一千零七十九条"), ("26之一", "第二十六条之一")],
)
def test_an_article_is_named_as_in_the_law(article: str, name: str) -> None:
    assert article_name(article) == name


@pytest.mark.parametrize("article", ["", "八十五", "85条", "85之1", "之一", "99999"])
def test_what_is_no_article_number_is_refused(article: str) -> None:
    with pytest.raises(ValueError, match="not an article number"):
        parse_article(article)


def test_a_broken_table_is_named(tmp_path: Path) -> None:
    path = tmp_path / "laws.csv"
    path.write_text("title,articles\n甲法,二\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"the table of laws .*laws\.csv cannot be read"):
        Laws.load(path)
