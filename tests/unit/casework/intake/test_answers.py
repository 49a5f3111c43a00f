"""How an answer is read, by the kind of fact that was asked for."""

from __future__ import annotations

from typing import Any

import pytest

from casework.domain.intake.answers import Answer, Unclear, read
from casework.domain.matter import MatterKind
from tests.unit.casework.intake.parts import LOADED, find

PETITION = LOADED.topics[MatterKind.PETITION]
CONSULTATION = LOADED.topics[MatterKind.CONSULTATION]


def answered(fact: str, text: str) -> Answer | Unclear:
    spec = PETITION.spec(fact) or CONSULTATION.spec(fact)
    assert spec is not None
    return read(spec, text, find(text))


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("name", "王小明", "王小明"),
        ("name", "我叫王小明", "王小明"),
        ("name", "免贵姓王", "王"),
        ("name", "免贵姓王，王建国", "王建国"),
        ("name", "王女士", "王女士"),
        ("name", "老王", "老王"),
        ("name", "欧阳锋", "欧阳锋"),
        ("name", "叫我小李就行", "小李"),
        ("phone", "13812345678", "13812345678"),
        ("phone", "我手机 138 1234 5678 晚上打", "13812345678"),
        ("phone", "0374-2334567", "0374-2334567"),
        ("phone", "abc@example.com", "abc@example.com"),
        ("when", "去年三月", "2025-03"),
        ("when", "大概三个月前吧", "2026-08~"),
        ("when", "两年多了", "P2Y"),
        ("when", "疫情那会儿", "疫情那会儿"),
        ("where", "城关镇人民路", "城关镇人民路"),
        ("where", "县城东关", "县城东关"),
        ("amount", "三万五", 35000),
        ("amount", "12000", 12000),
        ("amount", "一共大概5万多", 50000),
        ("amount", "不涉及", None),
        ("amount", "算不清，好多钱", "算不清，好多钱"),
        ("people", "就我一个", 1),
        ("people", "我自己", 1),
        ("people", "12", 12),
        ("people", "三十多户", 30),
        ("people", "全村人", "全村人"),
        ("earlier", "都没有", "none"),
        ("earlier", "没有", "none"),
        ("earlier", "没有打过官司，也没有仲裁过", "none"),
        ("earlier", "没打官司，就是去信访局反映过", "petition"),
        ("earlier", "去年起诉过，一审判了", "lawsuit"),
        ("earlier", "仲裁了，不服", "arbitration"),
        ("earlier", "3", "arbitration"),
        ("evidence", "没有", None),
        ("evidence", "没有了", None),
        ("public", "可以公开", "yes"),
        ("public", "不公开", "no"),
        ("purpose", "申诉", "appeal"),
    ],
)
def test_an_answer_is_normalised(fact: str, text: str, value: Any) -> None:
    answer = answered(fact, text)
    assert isinstance(answer, Answer)
    assert answer.value == value


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("phone", "好的我知道了呀"),
        ("phone", "12345"),
        ("phone", "11010519491231002X"),
        ("name", "我想问一下这个事情到底该怎么办才好呢"),
        ("when", "阳光花园小区物业公司"),
        ("people", "不好说"),
        ("earlier", "没有证据"),
        ("amount", "13812345678"),
    ],
)
def test_what_is_no_answer_to_the_question_is_unclear(fact: str, text: str) -> None:
    assert isinstance(answered(fact, text), Unclear)


def test_a_phone_number_of_the_wrong_length_is_counted_out() -> None:
    unclear = answered("phone", "1391234")
    assert isinstance(unclear, Unclear)
    assert (unclear.hint, dict(unclear.values)) == ("ack.phone_digits", {"count": 7})


def test_a_short_answer_is_kept_whole_beside_its_value() -> None:
    answer = answered("when", "大概去年三月，具体哪天忘了")
    assert isinstance(answer, Answer)
    assert answer.text == "大概去年三月，具体哪天忘了"
    assert answer.value == "2025-03~"
