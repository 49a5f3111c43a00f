"""Query codes and draft codes: what is issued, and what is read out of a message."""

from __future__ import annotations

from datetime import date

import pytest

from casework.domain import codes
from casework.domain.extraction import extract
from casework.domain.extraction.entity import DRAFT_CODE, QUERY_CODE
from casework.domain.marking import mark

TODAY = date(2026, 11, 23)


def _found(text: str) -> list[tuple[str, str]]:
    kinds = (DRAFT_CODE, QUERY_CODE)
    return [(e.kind, e.value) for e in extract(text, TODAY) if e.kind in kinds]


def test_every_code_issued_is_read_again_however_it_is_typed() -> None:
    for _ in range(200):
        code = codes.new_draft_code()
        letters = code.replace("-", "")
        for typed in (code, code.lower(), letters, letters.lower(), code.replace("-", " ")):
            assert codes.normalise_draft(typed) == code
            assert _found(f"继续 {typed}") == [(DRAFT_CODE, code)]
        assert codes.normalise(code) is None


def test_codes_differ() -> None:
    assert len({codes.new_draft_code() for _ in range(2000)}) == 2000


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("K7QM-3XPD", [(QUERY_CODE, "K7QM-3XPD")]),
        ("XF20261122-0007 K7QM-3XPD", [(QUERY_CODE, "K7QM-3XPD")]),
        ("K7QM-3XPD K7QM-3XPD", [(QUERY_CODE, "K7QM-3XPD")] * 2),
        ("暂存码：K7QM-3XPD-W2HT，谢谢", [(DRAFT_CODE, "K7QM-3XPD-W2HT")]),
        ("Ｋ７ＱＭ－３ＸＰＤ－Ｗ２ＨＴ", [(DRAFT_CODE, "K7QM-3XPD-W2HT")]),
        ("打239944556677", []),
        ("ABCD-EFGH-JKMN", []),
    ],
)
def test_one_kind_of_code_is_not_taken_for_the_other(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert _found(text) == found


def test_a_draft_code_does_not_reach_the_dialogue() -> None:
    text = "继续K7QM-3XPD-W2HT"
    assert mark(text, extract(text, TODAY)).text == "继续〔暂存码〕"
