import gzip
import json
from datetime import date

import pytest

from knowledge_base.errors import SourceError
from knowledge_base.statutes.library import article_number, read_library
from knowledge_base.statutes.postings import Postings
from knowledge_base.statutes.shelf import Shelf
from tests.fakes import statutes_library as fiction


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第四十七条", (47, 0)),
        ("47", (47, 0)),
        ("第一百二十条之一", (120, 1)),
        ("120之一", (120, 1)),
        ("附件", None),
        ("", None),
    ],
)
def test_an_article_is_known_however_it_is_written(text, number):
    assert article_number(text) == number


def test_rows_of_json_lines_keep_their_ids_packed_or_not(tmp_path):
    plain = fiction.write_library(tmp_path / "l.jsonl")
    packed = tmp_path / "l.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert [r.id for r in read_library(packed).rows] == [r.id for r in read_library(plain).rows]
    assert read_library(plain).rows[3].text == "用人单位应当按月支付劳动报酬。"


def test_a_folder_of_markdown_is_read_with_its_versions_and_inserted_articles(tmp_path):
    library = read_library(fiction.write_folder(tmp_path))
    assert [r.article for r in library.rows] == ["第一条", "第二条", "第二条之一"] * 2
    assert {r.date for r in library.rows} == {"2020-01-01", "2024-01-01"}


def test_a_cited_article_is_found_in_the_newest_version(tmp_path):
    library = read_library(fiction.write_library(tmp_path / "l.jsonl"))
    assert [library.rows[p].id for p in library.find("星河用工法", (2, 0))] == [103]
    assert [library.rows[p].id for p in library.find("星河航路法", (2, 1))] == [110]
    assert library.find("星河用工法", (9, 0)) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "holds no article"),
        ("nonsense", "line 1"),
        ('{"id": 1, "law": "法", "article": "第一条"}', "line 1"),
        (
            '{"id": 1, "law": "法", "article": "第一条", "text": "一"}\n' * 2,
            "two rows with the id 1",
        ),
    ],
)
def test_a_library_that_cannot_be_used_is_refused_with_one_sentence(tmp_path, content, said):
    path = tmp_path / "l.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=said) as refused:
        read_library(path)
    assert "\n" not in str(refused.value)


def test_a_library_that_is_no_archive_is_refused(tmp_path):
    path = tmp_path / "l.jsonl.gz"
    path.write_bytes(b"no archive")
    with pytest.raises(SourceError, match="cannot be read"):
        read_library(path)


def test_rare_terms_weigh_more_and_survive_the_disk(tmp_path):
    made = Postings.build([["a", "b"], ["a", "c"], ["a"]])
    made.save(tmp_path / "p")
    read = Postings.load(tmp_path / "p", 3)
    for postings in (made, read):
        scores = postings.scores(["a", "b", "unknown"])
        assert scores[0] > scores[2] > 0
        assert postings.scores(["unknown"]).tolist() == [0, 0, 0]
    assert read.scores(["a", "b"]).tolist() == made.scores(["a", "b"]).tolist()


def test_the_newest_text_is_shown_and_an_older_one_by_its_day(tmp_path):
    shelf = Shelf(tmp_path / "shelf")
    counts = shelf.take_in(fiction.write_folder(tmp_path / "texts"))
    assert (counts["laws"], counts["versions"], counts["articles"]) == (1, 2, 6)
    assert "按月" in shelf.show("星河用工法", "2")["text"]
    old = shelf.show("《中华人民共和国星河用工法》", "第二条", date(2021, 5, 1))
    assert "每季" in old["text"]
    assert old["status"] == "amended"
    assert shelf.show("星河用工法", "2之一")["text"] == "劳动报酬以货币支付。"


def test_paragraphs_and_items_have_addresses(tmp_path):
    shelf = Shelf(tmp_path / "shelf")
    shelf.take_in(fiction.write_folder(tmp_path / "texts"))
    assert shelf.show("星河用工法", "第二条第一款")["text"] == "用人单位应当按月支付劳动报酬。"
    assert shelf.show("星河用工法", "第二条第二款第（二）项")["text"] == "（二）破产的。"
    assert shelf.show("星河用工法", "2条2款1项")["text"] == "（一）停业的；"
    for missing in ("第二条第三款", "第二条第二款第三项", "第九条", "随便"):
        with pytest.raises(SourceError):
            shelf.show("星河用工法", missing)


def test_a_later_import_adds_a_version_and_keeps_the_older_one(tmp_path):
    shelf = Shelf(tmp_path / "shelf")
    shelf.take_in(fiction.write_folder(tmp_path / "texts"))
    newer = tmp_path / "newer.jsonl"
    row = {
        "id": 1,
        "law": "星河用工法",
        "article": "第二条",
        "date": "2026-01-01",
        "text": "按日支付。",
    }
    newer.write_text(json.dumps(row), encoding="utf-8")
    assert shelf.take_in(newer)["versions"] == 3
    assert shelf.show("星河用工法", "2")["text"] == "按日支付。"
    assert "按月" in shelf.show("星河用工法", "2", date(2025, 1, 1))["text"]


def test_without_an_import_the_reader_is_told_what_to_do(tmp_path):
    with pytest.raises(SourceError, match="suqiu statutes import"):
        Shelf(tmp_path).show("星河用工法", "1")


def test_a_law_text_of_an_impossible_day_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "星河法(2020-13-45).md").write_text("第一条 一。", encoding="utf-8")
    with pytest.raises(SourceError, match="cannot be read"):
        read_library(tmp_path)
