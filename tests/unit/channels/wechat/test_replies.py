"""How replies look on a phone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.choices import resolve
from casework.domain.messages import Button
from channels.practice import payloads
from channels.wechat.replies import LONGEST, as_text, head, passive, split

prose = st.text(
    st.sampled_from("法律援助。；，！？\n 1234a😀") | st.characters(codec="utf-8"), max_size=3000
)


def test_choices_are_a_numbered_list_with_a_word_on_how_to_choose() -> None:
    text = as_text([{"text": "您想做什么？", "labels": ["问法律", "反映问题"]}])
    assert text == "您想做什么？\n\n1. 问法律\n2. 反映问题\n\n回复数字选择"


def test_an_answer_says_where_its_law_can_be_read_above_the_choices() -> None:
    replies = [{"text": "可以仲裁。", "labels": ["转人工"], "sources": "m1"}]
    text = as_text(replies, lambda message_id: f"https://a.cn/law/of/{message_id}")
    assert text == "可以仲裁。\n\n法条原文：https://a.cn/law/of/m1\n\n1. 转人工\n\n回复数字选择"
    assert "法条原文" not in as_text(replies)
    assert "法条原文" not in as_text([{"text": "您好", "labels": []}], lambda _: "https://a.cn")


def test_numbers_run_on_through_the_replies_as_casework_counts_them() -> None:
    replies = [
        {"text": "甲", "labels": ["一", "二"]},
        {"text": "乙", "labels": []},
        {"text": "丙", "labels": ["三"]},
    ]
    text = as_text(replies)
    offered = [Button(label, f"/{label}") for reply in replies for label in reply["labels"]]
    for line in text.split("\n"):
        if ". " in line:
            number, label = line.split(". ")
            assert resolve(number, offered) == Button(label, f"/{label}")
    assert "3. 三" in text
    assert text.count("回复数字选择") == 1


def test_a_reply_without_choices_has_no_word_on_choosing() -> None:
    assert as_text([{"text": "好的。", "labels": []}, {"text": "再见。"}]) == "好的。\n\n再见。"


def test_invisible_and_control_characters_are_taken_out() -> None:
    assert as_text(
        [{"text": "您\u200b好\x07\ufeff，\ud800请说", "labels": ["是\u2028的"]}]
    ).startswith("您好 ，请说")


@given(prose)
def test_every_part_fits_and_nothing_but_space_is_lost(text: str) -> None:
    parts = split(text)
    assert all(0 < len(part.encode()) <= LONGEST for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(prose, st.integers(16, 200))
def test_the_head_and_the_rest_are_the_whole(text: str, limit: int) -> None:
    first, rest = head(text, limit)
    assert len(first.encode()) <= limit
    assert "".join((first + rest).split()) == "".join(text.split())


def test_a_long_answer_is_parted_after_a_sentence() -> None:
    parts = split("这是一句完整的话，说的是同一件事。" * 100)
    assert len(parts) > 1
    assert all(part.endswith("。") for part in parts)


def test_a_long_answer_is_rather_parted_between_paragraphs() -> None:
    paragraph = "这一段不长，也不短。" * 40
    parts = split("\n\n".join([paragraph] * 4))
    assert parts == [paragraph] * 4


@pytest.mark.parametrize("text", ["您好", "a ]]> b ]]]]>", "<b>&amp;</b>", "换\n行", "😀"])
def test_a_passive_reply_says_exactly_that_to_exactly_them(text: str) -> None:
    xml = passive(text, "oCitizen", "gh_account", 1795395600)
    assert payloads.read_reply(xml, "oCitizen", "gh_account") == text
