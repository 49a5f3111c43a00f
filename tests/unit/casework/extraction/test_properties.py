"""What holds for every text there is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain import codes
from casework.domain.extraction import extract, identity, numerals
from casework.domain.marking import MARKS, mark
from casework.domain.text import clean, fold

TODAY = date(2026, 11, 22)
PIECES = st.sampled_from(
    [
        "我叫王小明", "13812345678", "11010519491231002X", "三万五", "上周三", "去年腊月", "柳河镇张庄村",
        "3号楼", "宏达有限公司", "a@b.cn", "XF20261122-0007", "K7QM-3XPD", "，", "。", " ", "年", "月", "万",
        "公司", "村", "的", "1", "一", "〇", "\u200b", "\ud800", "😀", "Ａ１", "-", "元", "人", "户", "前", "到",
        "豫K12345", "(2024)豫1003民初123号", "农历腊月廿三", "農曆正月", "微信ab_123", "周国强和", "3-5万", "两三", "托欠",
        "中秋那天", "去年", "3月5日", "字第", "闰六月初", "林达·奥斯丁",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join))


@given(TEXTS)
def test_entities_stand_in_order_in_the_text_and_never_overlap(text: str) -> None:
    end = 0
    for entity in extract(text, TODAY):
        assert end <= entity.start < entity.end <= len(text)
        assert entity.text == text[entity.start : entity.end]
        end = entity.end


@given(TEXTS)
def test_marking_leaves_nothing_personal_and_keeps_all_else(text: str) -> None:
    entities = extract(text, TODAY)
    marked = mark(text, entities)
    rebuilt = marked.text
    for entity in marked.entities:
        assert marked.text[entity.start : entity.end] == entity.text
        assert entity.kind not in MARKS or entity.value is None
    for entity in entities:
        if entity.kind in MARKS:
            rebuilt = rebuilt.replace(MARKS[entity.kind], entity.text, 1)
    assert rebuilt == text


@given(TEXTS)
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=80))
def test_clean_text_can_be_written_down_and_is_clean_already(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned
    assert not any(ord(c) < 32 and c != "\n" for c in cleaned)


@given(st.integers(min_value=0, max_value=99_999_999))
def test_a_number_written_in_digits_is_read_back(number: int) -> None:
    assert numerals.parse(str(number)) == number
    assert numerals.parse(f"{number:,}") == number


@given(st.integers(0, 999), st.dates(date(1930, 1, 1), date(2020, 1, 1)))
def test_only_one_last_character_makes_an_id_right(sequence: int, born: date) -> None:
    body = f"410123{born:%Y%m%d}{sequence:03d}"
    assert sum(identity.checksum_holds(body + last) for last in "0123456789X") == 1


def test_every_code_that_is_made_is_read_back_however_it_is_typed() -> None:
    for _ in range(200):
        code = codes.new_code()
        for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " ")):
            entities = [e for e in extract(f"查询码 {typed}。", TODAY) if e.kind == "query_code"]
            assert [e.value for e in entities] == [code]


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "a",
        "一",
        "13",
        "我叫",
        "去年",
        "村",
        "公司",
        "@a.",
        "三百万",
        "-",
        "(",
        "我叫王小明",
        "0-",
        "(2024)豫",
        "去年农历",
        "周国强",
        "林·",
        "豫K1",
        "3月到",
        "五六",
        "字[2024]第1",
    ],
)
@pytest.mark.timeout(60)
def test_a_hundred_thousand_characters_of_anything_do_not_stop_the_reading(unit: str) -> None:
    """A quadratic pattern would take minutes over each of these."""
    text = unit * (100_000 // len(unit))
    entities = extract(text, TODAY)
    assert all(entity.end - entity.start <= 200 for entity in entities)
