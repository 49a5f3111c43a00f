"""A newer text of a law arrives: what relied on the old one is found, and nothing else."""

from __future__ import annotations

import json
import multiprocessing
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.entries import Entry
from knowledge_base.errors import SourceError
from knowledge_base.lawbook import LawBook
from knowledge_base.stale import Changes, sentence, stale_entries
from knowledge_base.statutes.laws import Law, Laws
from knowledge_base.statutes.notes import Notes
from knowledge_base.statutes.shelf import FILE, Shelf
from tests.fakes import statutes_library as fiction

OLD, NEW = date(2022, 6, 1), date(2025, 6, 1)
USE, RENT = "星河用工法", "星河租赁法"


def add(folder: Path, *rows: tuple[str, str, str, str]) -> None:
    """Imports articles (law, article, day, text)."""
    path = folder.parent / "new.jsonl"
    lines = [
        json.dumps({"id": n, "law": law, "article": article, "date": day, "text": text})
        for n, (law, article, day, text) in enumerate(rows)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    Shelf(folder).take_in(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The fictional library, imported: the law on work has a text of 2020 and one of 2024."""
    Shelf(tmp_path / "statutes").take_in(fiction.write_library(tmp_path / "l.jsonl"))
    return tmp_path / "statutes"


def book(folder: Path, *facts: Law) -> LawBook:
    return LawBook(folder, Laws(facts, Notes()))


def fact(
    title: str, version: str, effective: str = "", status: str = "in_force", ended: str = ""
) -> Law:
    def day(text: str) -> date | None:
        return date.fromisoformat(text) if text else None

    return Law(
        title, title, "law", "000000", date.fromisoformat(version), day(effective), 9, "", status,
        day(ended),
    )  # fmt: skip


def entry(*citations: tuple[str, str], reviewed: date = OLD) -> Entry:
    return Entry.model_validate(
        {
            "id": "wages",
            "question": "工资怎么要",
            "answer": {"conclusion": "可以要。"},
            "citations": [{"law": law, "article": article} for law, article in citations],
            "reviewed": reviewed,
            "review_by": date(2030, 1, 1),
        }
    )


# ── the book ─────────────────────────────────────────────────────────────────────────────────────


def test_every_version_can_be_read(folder: Path) -> None:
    texts = book(folder)
    assert [version.day for version in texts.versions(USE)] == ["2024-01-01", "2020-01-01"]
    read = [texts.article(version, "2") for version in texts.versions(USE)]
    assert [found and found.text for found in read] == [
        "用人单位应当按月支付劳动报酬。",
        "用人单位应当每季支付劳动报酬。",
    ]
    old = texts.versions(USE)[1]
    assert texts.article(old, "3") is None
    assert texts.article(old, "no article") is None
    assert texts.versions("没有的法") == []


def test_an_inserted_article_is_found_under_its_own_name(folder: Path) -> None:
    texts = book(folder)
    found = texts.article(texts.versions("星河航路法")[0], "2之一")
    assert found is not None
    assert (found.title, found.text) == ("第二条之一", "飞船碰撞后应当立即报告港口。")


def test_a_usual_name_is_enough(folder: Path) -> None:
    assert book(folder).versions(f"中华人民共和国{USE}")[0].law == USE


def test_the_version_of_a_day_is_the_one_that_had_begun_to_apply(folder: Path) -> None:
    def day_of(texts: LawBook, day: date) -> str | None:
        version = texts.version_on(USE, day)
        return version.day if version else None

    assert day_of(book(folder), OLD) == "2020-01-01"
    assert day_of(book(folder), NEW) == "2024-01-01"
    assert day_of(book(folder), date(2019, 1, 1)) is None
    assert (
        day_of(book(folder, fact(USE, "2024-01-01", effective="2026-01-01")), NEW) == "2020-01-01"
    )


def test_a_new_import_is_seen_and_the_old_table_goes(folder: Path) -> None:
    texts = book(folder)
    texts.prepare()
    add(folder, (USE, "第一条", "2026-01-01", "新的第一条。"))
    assert texts.versions(USE)[0].day == "2026-01-01"
    assert len(list((folder / "cache").glob("lawbook-*.db"))) == 1


def test_without_an_import_the_book_is_empty(tmp_path: Path) -> None:
    empty = LawBook(tmp_path / "nothing")
    empty.prepare()
    assert not empty.filled()
    assert empty.versions(USE) == []
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize("content", ["no json", "[]", '{"x@1": {"law": "x"}}'])
def test_texts_that_cannot_be_read_are_named(folder: Path, content: str) -> None:
    (folder / FILE).write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=r"the imported texts .* cannot be read"):
        book(folder).versions(USE)


def _look(folder: Path) -> str:
    texts = LawBook(folder, Laws([], Notes()))
    found = texts.article(texts.versions(USE)[0], "3")
    return found.text if found else ""


def test_processes_that_look_at_once_all_read_the_same(folder: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert set(pool.map(_look, [folder] * 8)) == {"解除劳动合同的，应当提前三十日通知。"}


# ── what changed ─────────────────────────────────────────────────────────────────────────────────


def test_an_article_with_another_text_is_found_and_one_that_stayed_is_not(folder: Path) -> None:
    changes = Changes(book(folder))
    found = list(stale_entries([entry((USE, "2"), (RENT, "2"))], changes))
    assert [change.article for one in found for change in one.changes] == ["2"]
    (change,) = found[0].changes
    assert (change.kind, change.read, change.now) == ("changed", "2020-01-01", "2024-01-01")
    assert "《星河用工法》第二条: another text since the version of 2024-01-01" in sentence(change)


def test_an_entry_reviewed_since_then_is_fresh(folder: Path) -> None:
    assert list(stale_entries([entry((USE, "2"), reviewed=NEW)], Changes(book(folder)))) == []


def test_the_same_words_in_a_new_version_are_no_change(folder: Path) -> None:
    add(folder, (RENT, "第二条", "2026-01-01", "租赁期满， 出租人应当返还押金 。"))
    assert Changes(book(folder)).since(RENT, "2", NEW) is None


def test_an_article_that_is_gone_says_where_its_words_are_now(folder: Path) -> None:
    add(
        folder,
        (RENT, "第一条", "2026-01-01", "为了规范租赁，制定本法。"),
        (RENT, "第二条", "2026-01-01", "承租人应当按照约定支付租金。"),
    )
    changes = Changes(book(folder))
    gone = changes.since(RENT, "3", NEW)
    assert gone is not None
    assert (gone.kind, gone.moved_to) == ("gone", "第二条")
    assert sentence(gone).endswith("the old words are in 第二条 now")
    other = changes.since(RENT, "2", NEW)
    assert other is not None
    assert (other.kind, other.moved_to) == ("changed", "")


def test_a_version_to_come_is_told_with_its_first_day(folder: Path) -> None:
    add(folder, (RENT, "第二条", "2026-01-01", "押金应当在三日内返还。"))
    texts = book(folder, fact(RENT, "2026-01-01", effective="2026-07-01"), fact(RENT, "2021-01-01"))
    change = Changes(texts).since(RENT, "2", date(2026, 3, 1))
    assert change is not None
    assert (change.read, change.begins) == ("2021-01-01", "2026-07-01")
    assert "in force from 2026-07-01" in sentence(change)
    # Read after that day, it is the new text that was read.
    assert Changes(texts).since(RENT, "2", date(2026, 8, 1)) is None


def test_a_repealed_law_is_stale_whatever_its_text(folder: Path) -> None:
    texts = book(folder, fact(RENT, "2021-01-01", status="repealed", ended="2026-01-01"))
    change = Changes(texts).since(RENT, "2", NEW)
    assert change is not None
    assert sentence(change) == "《星河租赁法》第二条: the law was repealed on 2026-01-01"


def test_where_the_old_text_is_missing_it_is_said_that_nobody_can_tell(folder: Path) -> None:
    change = Changes(book(folder)).since(USE, "2", date(2019, 5, 1))
    assert change is not None
    assert (change.kind, change.read) == ("unread", "")


def test_a_law_that_was_not_imported_changes_nothing(folder: Path) -> None:
    assert Changes(book(folder)).since("没有的法", "2", OLD) is None
