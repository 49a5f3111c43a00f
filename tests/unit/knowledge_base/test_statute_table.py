"""What the table says of a law, from small law texts written here."""

from datetime import date
from pathlib import Path

import pytest

from knowledge_base.errors import SourceError
from knowledge_base.statutes.laws import Law, Laws
from knowledge_base.statutes.notes import Ending, Notes
from knowledge_base.statutes.table import make_table, write_table


def text(folder: Path, name: str, *articles: str, head: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    title = name.split("(", maxsplit=1)[0]
    body = "\n\n".join(articles)
    content = f"# 中华人民共和国{title}\n\n{head}\n\n<!-- INFO END -->\n\n{body}\n"
    (folder / f"{name}.md").write_text(content, encoding="utf-8")


def laws(root: Path, notes: Notes | None = None) -> dict[tuple[str, date], Law]:
    return {(law.title, law.version): law for law in make_table(root, notes or Notes())}


def test_the_newer_text_of_a_title_makes_the_older_one_amended(tmp_path: Path) -> None:
    text(tmp_path / "行政法", "甲法(2012-10-26)", "第一条 子。", "第二条 自2013年1月1日起施行。")
    text(tmp_path / "行政法", "甲法(2025-06-27)", "第一条 子。", "第三条 自2026年1月1日起施行。")
    table = laws(tmp_path)
    old, new = table["甲法", date(2012, 10, 26)], table["甲法", date(2025, 6, 27)]
    assert (old.status, old.ended, old.articles) == ("amended", date(2026, 1, 1), 2)
    assert (new.status, new.effective, new.articles) == ("in_force", date(2026, 1, 1), 3)


def test_a_law_says_which_others_it_repeals(tmp_path: Path) -> None:
    text(tmp_path / "民法商法", "婚约法(1990-01-01)", "第一条 子。")
    text(
        tmp_path / "民法商法",
        "新法(2020-05-28)",
        "第一条 子。",
        "第二条 本法自2021年1月1日起施行。《中华人民共和国婚约法》同时废止。",
    )
    old = laws(tmp_path)["婚约法", date(1990, 1, 1)]
    assert (old.status, old.ended, old.ended_by) == ("repealed", date(2021, 1, 1), "新法")


def test_a_law_of_which_one_article_is_repealed_stays_in_force(tmp_path: Path) -> None:
    text(tmp_path / "司法解释", "甲解释(2020-01-01)", "第一条 子。")
    ending = "第二条 本解释自2025年9月1日起施行。《甲解释》（法释〔2020〕26号）第三十二条第一款同时废止。"
    text(tmp_path / "司法解释", "乙解释(2025-07-31)", "第一条 子。", ending)
    assert laws(tmp_path)["甲解释", date(2020, 1, 1)].status == "in_force"


def test_the_interpretation_of_a_repealed_law_is_repealed(tmp_path: Path) -> None:
    text(tmp_path / "民法商法", "婚约法(1990-01-01)", "第一条 子。")
    text(tmp_path / "司法解释", "最高人民法院关于适用《婚约法》的解释(1995-01-01)", "第一条 子。")
    notes = Notes(repealed={"婚约法": Ending(date(2021, 1, 1), "民法典")})
    text(
        tmp_path / "民法典",
        "新法(2020-05-28)",
        "第一条 自2021年1月1日起施行。《婚约法》同时废止。",
    )
    table = laws(tmp_path, notes)
    interpretation = table["最高人民法院关于适用《婚约法》的解释", date(1995, 1, 1)]
    assert interpretation.status == "repealed"


def test_the_day_an_amended_law_kept_from_its_first_version_is_not_taken_for_its_own(
    tmp_path: Path,
) -> None:
    text(tmp_path / "行政法", "甲法(2025-10-28)", "第一条 本法自2017年6月1日起施行。")
    assert laws(tmp_path)["甲法", date(2025, 10, 28)].effective is None
    notes = Notes(effective={("甲法", date(2025, 10, 28)): date(2026, 1, 1)})
    assert laws(tmp_path, notes)["甲法", date(2025, 10, 28)].effective == date(2026, 1, 1)


def test_notes_repeal_what_no_text_repeals(tmp_path: Path) -> None:
    text(tmp_path / "行政法规", "旧条例(2005-01-10)", "第一条 子。")
    notes = Notes(repealed={"旧条例": Ending(date(2022, 5, 1), "新条例")})
    old = laws(tmp_path, notes)["旧条例", date(2005, 1, 10)]
    assert (old.status, old.ended_by) == ("repealed", "新条例")


def test_inserted_articles_are_counted_apart(tmp_path: Path) -> None:
    text(
        tmp_path / "刑法",
        "刑示法(2023-12-29)",
        "第一条 子。",
        "第一条之一 丑。",
        "第一条之二 寅。",
        "第二条 卯。",
    )
    law = laws(tmp_path)["刑示法", date(2023, 12, 29)]
    assert (law.articles, law.inserted) == (2, "1:2")
    assert law.has_article("1之二")
    assert not law.has_article("1之三")


def test_a_local_law_carries_the_code_of_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "DLC" / "河南地方法规"
    text(folder, "许昌市养犬条例(2020-01-01)", "第一条 子。")
    text(folder, "河南省信访条例(2012-11-29)", "第一条 子。")
    table = make_table(tmp_path, Notes(regions={"许昌市": "411000"}))
    assert {law.title: law.region for law in table} == {
        "许昌市养犬条例": "411000",
        "河南省信访条例": "410000",
    }


def test_the_table_reads_back_as_it_was_written(tmp_path: Path) -> None:
    text(tmp_path / "行政法", "甲法(2012-10-26)", "第一条 子。", "第二条 自2013年1月1日起施行。")
    made = make_table(tmp_path, Notes())
    write_table(made, tmp_path / "laws.csv")
    law = Laws.load(tmp_path / "laws.csv", Notes()).resolve("中华人民共和国甲法")
    assert law == made[0]


def test_a_folder_without_laws_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no law text was found"):
        make_table(tmp_path, Notes())
