import re
from datetime import date

import pytest

from knowledge_base import wording
from knowledge_base.sources import DEFAULT, read


def test_an_answer_reads_exactly_so() -> None:
    text = wording.answer(
        conclusion="可以要回来。",
        steps=["先催。", "再告。"],
        evidence=["合同", "流水"],
        time_limit="一年。",
        where="仲裁委。",
        hotlines=[("12333", "人社热线")],
        citations=[
            ("劳动合同法", "第三十条", True),
            ("最高人民法院关于适用《民法典》婚姻家庭编的解释（一）", "第五条", True),
            ("劳动合同法", "第八十五条", True),
            ("旧法", "第一条", False),
        ],
        reviewed=date(2026, 11, 22),
    )
    assert text.splitlines() == [
        "可以要回来。",
        "怎么办：",
        "1. 先催。",
        "2. 再告。",
        "证据：合同；流水",
        "时限：一年。",
        "去哪里：仲裁委。",
        "电话：12333（人社热线）",
        "依据：《劳动合同法》第三十条、第八十五条；"
        "《最高人民法院关于适用〈民法典〉婚姻家庭编的解释（一）》第五条；"
        "《旧法》第一条（该法律已有变动，请以最新文本为准）",
        "以上是一般性法律指引（2026年11月22日审核），具体情况请咨询律师或值班人员。",
    ]


def test_parts_that_are_empty_are_left_out() -> None:
    text = wording.answer(
        conclusion="可以。",
        steps=[],
        evidence=[],
        time_limit="",
        where="",
        hotlines=[],
        citations=[],
        reviewed=date(2026, 1, 2),
    )
    assert text.splitlines()[0] == "可以。"
    assert len(text.splitlines()) == 2


@pytest.mark.parametrize(
    "reason",
    ["choices", "no_match", "empty", "too_long", "unavailable", "other_language"],
)
def test_every_outcome_has_words_of_its_own(reason: str) -> None:
    assert wording.message(reason)
    assert wording.message(reason) != wording.message("default")


def test_a_kind_without_words_of_its_own_is_still_answered() -> None:
    assert wording.message("kind nobody wrote words for") == wording.message("default")


def test_no_match_and_unavailable_say_different_things() -> None:
    assert wording.message("no_match") != wording.message("unavailable")


def test_phone_numbers_in_the_words_are_in_the_directory() -> None:
    known = read(DEFAULT).hotlines
    for reason in ("no_match", "unavailable", "other_language"):
        for number in re.findall(r"\d{3,}", wording.message(reason)):
            assert number in known
