"""Whatever a machine answers is paragraphs or one of two codes."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.wording.answer import MOST_PARAGRAPHS, NotAnswered, Said, read

GOOD = {"text": "工资没发。", "quotes": ["没发"], "messages": ["m1"]}


@pytest.mark.parametrize(
    "around", ["{}", "```json\n{}\n```", "```\n{}```", "<think>想想</think>\n{}", " \n{}\n"]
)
def test_paragraphs_are_found_in_what_models_wrap_them_in(around: str) -> None:
    answer = around.replace("{}", json.dumps({"paragraphs": [GOOD]}, ensure_ascii=False))
    assert read(answer) == [Said("工资没发。", ("没发",), ("m1",))]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("", "not_json"),
        ("好的，以下是摘要：", "not_json"),
        ('{"paragraphs": [', "not_json"),
        ("[" * 100_000, "not_json"),
        ("[]", "no_paragraphs"),
        ("null", "no_paragraphs"),
        ('{"paragraphs": "工资没发"}', "no_paragraphs"),
        ('{"text": "工资没发"}', "no_paragraphs"),
    ],
)
def test_anything_else_is_a_code(answer: str, code: str) -> None:
    with pytest.raises(NotAnswered, match=code):
        read(answer)


@pytest.mark.parametrize(
    "paragraph",
    [
        "工资没发",
        None,
        {"text": 5, "messages": ["m1"]},
        {"text": "工资没发", "messages": "m1"},
        {"text": "工资没发", "messages": [1]},
        {"text": "工资没发", "messages": ["m1"], "quotes": "没发"},
        {"text": "工资没发"},
        {"text": "工资没发", "messages": ["m1"], "quotes": ["没发"] * 9},
    ],
)
def test_a_paragraph_of_another_form_says_nothing(paragraph: object) -> None:
    assert read(json.dumps({"paragraphs": [GOOD, paragraph]}))[1] == Said("", (), ())


def test_no_more_paragraphs_are_read_than_a_summary_may_have() -> None:
    assert len(read(json.dumps({"paragraphs": [GOOD] * 50}))) == MOST_PARAGRAPHS


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["paragraphs", "text"]), inner),
)


@given(_JSON.map(json.dumps) | st.text())
def test_nothing_breaks_the_reader(answer: str) -> None:
    with contextlib.suppress(NotAnswered):
        assert all(isinstance(one, Said) for one in read(answer))
