"""Every mistake an editor can make is named with its file and entry, in one sentence."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base.build import build
from knowledge_base.check import check
from knowledge_base.errors import SourceError
from knowledge_base.problems import Problem
from knowledge_base.sources import DEFAULT

TODAY = date(2026, 11, 22)
PROBLEMS = yaml.safe_load((DEFAULT.parent / "problems.yml").read_text(encoding="utf-8"))


def set_in(*path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(entry: dict[str, Any]) -> None:
        for name in path[:-1]:
            entry = entry[name]
        entry[path[-1]] = value

    return change


def conclude(text: str) -> Callable[[dict[str, Any]], None]:
    return set_in("answer", "conclusion", value=text)


def cite(law: str, article: str) -> Callable[[dict[str, Any]], None]:
    return set_in("citations", value=[{"law": law, "article": article}])


def drop(name: str) -> Callable[[dict[str, Any]], None]:
    return lambda entry: entry.pop(name)


IN_AN_ENTRY = [
    ("missing_field", drop("question")),
    ("unknown_field", set_in("answr", value="x")),
    ("bad_field", set_in("paraphrases", value="只有一种")),
    ("bad_choice", set_in("next_step", value="anything")),
    ("bad_form", set_in("jurisdiction", value="4100")),
    ("bad_form", set_in("id", value="Bad Id")),
    ("bad_form", set_in("citations", value=[{"law": "民法典", "article": "八十五"}])),
    ("bad_date", set_in("reviewed", value="去年")),
    ("banned", conclude("我们保证胜诉。")),
    ("unknown_law", cite("没有这部法", "1")),
    ("no_article", cite("劳动合同法", "99")),
    ("no_article", cite("刑法", "120之九")),
    ("articles_unknown", cite("交通事故解释（二）", "1")),
    ("repealed", cite("婚姻法", "1")),
    ("unknown_hotline", set_in("hotlines", value=["12399"])),
    ("unknown_hotline", conclude("请拨打13800138000。")),
    ("unknown_hotline", conclude("请拨打95588咨询。")),
    ("unknown_related", set_in("related", value=["nobody"])),
    ("review_order", set_in("review_by", value=date(2026, 11, 22))),
    ("review_due", set_in("review_by", value=date(2026, 11, 23))),
    ("reviewed_ahead", set_in("reviewed", value=date(2027, 1, 1))),
    ("too_short", set_in("answer", value={"conclusion": "可以。"})),
    ("too_long", conclude("工资要按时发。" * 60)),
    ("few_paraphrases", set_in("paraphrases", value=["老板三个月没发工资"])),
    ("no_citation", set_in("citations", value=[])),
    ("same_question", set_in("question", value="楼上漏水泡了我家怎么办")),
    ("near_question", set_in("question", value="邻居噪音扰民怎么办呢")),
]


@pytest.mark.parametrize(("code", "how"), IN_AN_ENTRY)
def test_a_mistake_in_an_entry_is_named(
    code: str, how: Callable[[dict[str, Any]], None], change: Callable[..., Path]
) -> None:
    sources = change(how)
    day = date(2026, 12, 1) if code == "review_due" else TODAY
    found = [p for p in check(sources, today=day) if p.code == code]
    assert found
    assert found[0].file.startswith("entries/")
    assert found[0].entry
    assert "{" not in found[0].sentence


def codes(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems}


IN_A_FILE = [
    ("unreadable", "hotlines.yml", b"hotlines: 1"),
    ("unreadable", "entries/labour.yml", "topic: 劳动".encode("gbk")),
    ("bad_yaml", "entries/labour.yml", b"topic: labour\nentries: ["),
    ("not_a_topic_file", "entries/labour.yml", b"- a\n- b"),
    ("unknown_topic", "entries/labour.yml", b"topic: cooking\nentries: []"),
    ("not_lists", "lexicon.yml", "工资: 工钱".encode()),
    ("two_senses", "lexicon.yml", "工资: [工钱]\n薪酬: [工钱]".encode()),
    ("short_expression", "lexicon.yml", "工资: [钱]".encode()),
    ("bad_pattern", "banned.yml", b"- pattern: '(['\n  reason: x"),
]


@pytest.mark.parametrize(("code", "name", "content"), IN_A_FILE)
def test_a_broken_file_is_named(code: str, name: str, content: bytes, sources: Path) -> None:
    (sources / name).write_bytes(content)
    found = [p for p in check(sources, today=TODAY) if p.code == code]
    assert found
    assert found[0].file == name
    assert "{" not in found[0].sentence


def test_a_missing_folder_of_entries_is_named(tmp_path: Path) -> None:
    assert "no_folder" in codes(check(tmp_path, today=TODAY))


def test_an_empty_folder_of_entries_is_named(sources: Path) -> None:
    for path in (sources / "entries").iterdir():
        path.unlink()
    assert "no_entries" in codes(check(sources, today=TODAY))


def test_the_same_id_twice_in_one_place_is_named(sources: Path) -> None:
    text = (sources / "entries" / "loan.yml").read_text(encoding="utf-8")
    (sources / "entries" / "other.yml").write_text(text, encoding="utf-8")
    assert "duplicate_id" in codes(check(sources, today=TODAY))


def test_a_law_that_is_not_yet_in_force_may_not_be_cited(change: Callable[..., Path]) -> None:
    found = check(change(cite("网络安全法", "81")), today=date(2016, 1, 1))
    assert "not_yet" in codes(found)


def test_a_hotline_nobody_checked_for_a_year_is_named(sources: Path) -> None:
    assert "hotline_review" in codes(check(sources, today=date(2028, 1, 1)))


def test_a_question_listed_as_not_covered_that_an_entry_answers_is_named(sources: Path) -> None:
    path = sources / "out_of_scope.yml"
    path.write_text("not_covered: [信访多久能给答复, 专利怎么申请]\n", encoding="utf-8")
    (found,) = [p for p in check(sources, today=TODAY) if p.code == "now_covered"]
    assert (found.file, found.entry) == ("out_of_scope.yml", "信访多久能给答复")


def test_every_problem_that_can_be_reported_has_its_test() -> None:
    tested = {code for code, *_ in IN_AN_ENTRY} | {code for code, *_ in IN_A_FILE}
    apart = {"no_folder", "no_entries", "duplicate_id", "not_yet", "hotline_review", "now_covered"}
    assert tested | apart == {code for texts in PROBLEMS.values() for code in texts}


def test_a_sum_of_money_is_no_phone_number(change: Callable[..., Path]) -> None:
    sources = change(conclude("赔偿12345元，或者96110日，依据第12000条。"))
    assert "unknown_hotline" not in codes(check(sources, today=TODAY))


def test_sound_sources_have_no_problem(sources: Path) -> None:
    assert check(sources, today=TODAY) == []


def test_an_error_stops_the_build_and_says_where(
    change: Callable[..., Path], tmp_path: Path
) -> None:
    sources = change(cite("劳动合同法", "99"))
    expected = r"entries/labour\.yml·wages-unpaid: 《劳动合同法》没有第 99 条"
    with pytest.raises(SourceError, match=expected):
        build(sources, tmp_path / "index", today=TODAY)
    assert not (tmp_path / "index").exists()


def test_a_warning_does_not_stop_the_build(change: Callable[..., Path], tmp_path: Path) -> None:
    sources = change(set_in("answer", value={"conclusion": "可以要回来。"}))
    assert build(sources, tmp_path / "index", today=TODAY).entries == 10
