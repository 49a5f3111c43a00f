"""How words of a story are found and read back."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from casework.domain.extraction import extract
from casework.domain.topics.story import Piece, Story

TODAY = date(2026, 11, 23)


def _said(text: str, pattern: str) -> list[str]:
    return [found.said for found in Story(text).each(re.compile(pattern))]


def test_a_clause_is_read_back_as_it_was_written() -> None:
    assert _said("他借了我的钱，写了“欠条”一张！后来不认账", "欠条") == ["写了‘欠条’一张"]


def test_a_short_clause_takes_its_neighbour_along() -> None:
    assert _said("上个月底大家都看到了，他签字", "签字") == ["上个月底大家都看到了，他签字"]


def test_a_long_clause_is_cut_around_the_words_and_says_so() -> None:
    said = _said("前" * 60 + "合同" + "后" * 60, "合同")[0]
    assert said.startswith("…")
    assert said.endswith("…")
    assert "合同" in said
    assert len(said) < 45


def test_the_same_clause_is_found_once() -> None:
    assert _said("合同和合同的附件都在他手里", "合同") == ["合同和合同的附件都在他手里"]


def test_full_width_letters_match_and_are_read_back_as_written() -> None:
    assert _said("他说ＡＢＣ公司会赔，让我等", "ABC") == ["他说ＡＢＣ公司会赔"]


def test_every_piece_knows_its_messages() -> None:
    story = Story(Piece("我借给他三万", ("m1",)), Piece("他写了借条", ("m2", "m3")))
    found = story.first(re.compile("借条"))
    assert found is not None
    assert story.sources(found.start) == ("m2", "m3")
    assert story.sources(0) == ("m1",)


def test_a_day_belongs_to_words_of_its_own_sentence_only() -> None:
    text = "2025年3月1日我辞职了。公司2025年5月2日搬走"
    story = Story(text)
    entities = extract(text, TODAY)
    left = story.first(re.compile("辞职"))
    moved = story.first(re.compile("搬走"))
    assert left is not None
    assert moved is not None
    assert (day := story.day_of(left, entities)) is not None
    assert day.value == "2025-03-01"
    assert (day := story.day_of(moved, entities)) is not None
    assert day.value == "2025-05-02"


@given(st.text(max_size=300), st.integers(0, 300), st.integers(1, 40))
def test_any_span_of_any_text_has_a_clause(text: str, start: int, length: int) -> None:
    story = Story(text)
    start = min(start, len(text))
    said = story.clause(start, min(start + length, len(text)))
    assert len(said) <= 80
    assert "{" not in said
