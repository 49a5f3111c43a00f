from datetime import date
from pathlib import Path

import pytest

from knowledge_base.errors import SourceError
from knowledge_base.statutes.texts import articles_in, read_file, read_folder

LAW = """# 中华人民共和国示范法

2001年3月1日 第九届全国人民代表大会第四次会议通过

2020年5月6日 全国人民代表大会常务委员会修正

2020年7月1日 施行

<!-- INFO END -->

## 第一章 总 则

第一条 为了示范，制定本法。

第二条　本法所称示范，是指：

（一）甲；

（二）乙。

第三条之一 新增的一条。

第一条规定的情形除外，这一段属于上一条。

第一千零七十九条 最后一条。
"""


def write(path: Path, text: str = LAW) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_articles_are_read_with_their_paragraphs(tmp_path: Path) -> None:
    law = read_file(write(tmp_path / "社会法" / "示范法(2020-05-06).md"), tmp_path)
    assert [(a.number, a.inserted) for a in law.articles] == [(1, 0), (2, 0), (3, 1), (1079, 0)]
    assert law.articles[1].text == "本法所称示范，是指：\n（一）甲；\n（二）乙。"


def test_a_paragraph_that_begins_with_another_article_stays_where_it_is() -> None:
    articles = list(articles_in("第五条 甲。\n第一条规定的情形除外。\n第六条 乙。"))
    assert [a.number for a in articles] == [5, 6]
    assert "第一条规定的情形" in articles[0].text


def test_titles_and_days_are_read(tmp_path: Path) -> None:
    law = read_file(write(tmp_path / "社会法" / "示范法(2020-05-06).md"), tmp_path)
    assert (law.title, law.full_title, law.folder) == ("示范法", "中华人民共和国示范法", "社会法")
    assert law.version == date(2020, 5, 6)


def test_a_file_without_a_day_takes_that_of_its_last_amendment_not_of_its_commencement(
    tmp_path: Path,
) -> None:
    assert read_file(write(tmp_path / "示范法.md"), tmp_path).version == date(2020, 5, 6)


def test_the_books_of_the_civil_code_are_one_law(tmp_path: Path) -> None:
    for name, article in (("总则", "第一条 甲。"), ("附则", "第一千二百六十条 乙。")):
        head = "# 中华人民共和国民法典\n\n2020年5月28日 通过\n\n<!-- INFO END -->\n\n"
        write(tmp_path / "民法典" / f"{name}.md", head + article)
    write(tmp_path / "民法典" / "_index.md", "---\n---")
    (law,) = read_folder(tmp_path)
    assert law.title == "民法典"
    assert [a.number for a in law.articles] == [1, 1260]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere is not a folder of law texts"):
        list(read_folder(tmp_path / "nowhere"))


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "示范法.md"
    path.write_bytes("第一条 甲".encode("gbk"))
    with pytest.raises(SourceError, match=r"示范法\.md cannot be read"):
        read_file(path, tmp_path)
