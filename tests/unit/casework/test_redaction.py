"""Masking a file's texts: spans of the original, and characters that nobody sees."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from casework.domain.marking import MARKS
from casework.domain.redaction import redact

TODAY = date(2026, 11, 22)
PIECES = st.sampled_from(
    ["我叫王小明", "138\u200b12345678", "11010519491231002X", "a@b.cn", "，", "\u200b", "\ud800", "豫K·12345", "😀"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=10).map("".join))


def test_a_profile_loses_everything_personal_and_keeps_the_rest() -> None:
    text = (
        "陈晓燕，45岁，女性，会计，现居住于河南省许昌市魏都区红旗街1209号，身份证号码为110105194912310021，"
        "可通过邮箱chen@example.com或手机13900001234联系，工资卡是中国工商银行6222020200112233441。"
    )
    found = redact(text, TODAY)
    assert [span.kind for span in found.spans] == [
        "name",
        "address",
        "id_number",
        "email",
        "phone",
        "bank_card",
    ]
    assert found.text == (
        "〔姓名〕，45岁，女性，会计，现居住于〔详细地址〕，身份证号码为〔证件号〕，"
        "可通过邮箱〔邮箱〕或手机〔手机号〕联系，工资卡是中国工商银行〔银行卡号〕。"
    )


def test_a_number_with_invisible_characters_in_it_is_still_a_number() -> None:
    text = "电话\u200b138\u200b1234\u00ad5678，谢谢"
    found = redact(text, TODAY)
    assert found.text == "电话\u200b〔手机号〕，谢谢"
    assert [text[span.start : span.end] for span in found.spans] == ["138\u200b1234\u00ad5678"]


@given(TEXTS)
def test_spans_stand_in_the_text_as_given_and_the_rest_of_it_stays(text: str) -> None:
    found = redact(text, TODAY)
    rebuilt, end = [], 0
    for span in found.spans:
        assert end <= span.start < span.end <= len(text)
        rebuilt += [text[end : span.start], MARKS[span.kind]]
        end = span.end
    assert "".join([*rebuilt, text[end:]]) == found.text
