"""Marks in place of personal data."""

from __future__ import annotations

from datetime import date

import pytest

from casework.domain.extraction import extract
from casework.domain.marking import mark

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("我叫王小明，电话13900001234", "我叫〔姓名〕，电话〔手机号〕"),
        ("身份证110105 19491231 002X。", "身份证〔证件号〕。"),
        ("发到abc@example.com吧", "发到〔邮箱〕吧"),
        ("卡号6222020200112233445收的钱", "卡号〔银行卡号〕收的钱"),
        ("我住在许昌市建安区五女店镇东王村3组", "我住在〔详细地址〕"),
        ("查XF20261122-0007，K7QM-3XPD", "查〔事项编号〕，〔查询码〕"),
        ("公司拖欠我三个月工资一万二", "公司拖欠我三个月工资一万二"),
        ("柳河镇张庄村修路", "柳河镇张庄村修路"),
        ("包工头王大力欠我钱，王大力跑了", "包工头〔姓名〕欠我钱，〔姓名〕跑了"),
        ("", ""),
    ],
)
def test_personal_data_becomes_a_mark_and_the_rest_stays(text: str, marked: str) -> None:
    assert mark(text, extract(text, TODAY)).text == marked


def test_spans_after_a_mark_move_with_the_text() -> None:
    text = "我叫王小明，去年三月在许昌宏达有限公司被拖欠三万五"
    marked = mark(text, extract(text, TODAY))
    spans = {e.kind: marked.text[e.start : e.end] for e in marked.entities}
    assert spans == {
        "name": "〔姓名〕",
        "date": "去年三月",
        "organisation": "许昌宏达有限公司",
        "amount": "三万五",
    }


def test_a_marked_entity_carries_no_value_and_an_address_is_a_place() -> None:
    marked = mark("我住在文峰路12号3号楼", extract("我住在文峰路12号3号楼", TODAY))
    assert [(e.kind, e.text, e.value) for e in marked.entities] == [("place", "〔详细地址〕", None)]


@pytest.mark.parametrize(
    ("asking", "text", "marked"),
    [
        ("name", "王建国", "〔姓名〕"),
        ("name", "免贵姓王，王建国", "免贵姓王，〔姓名〕"),
        ("name", "你好，欧阳锋", "你好，〔姓名〕"),
        ("name", "跳过", "跳过"),
        ("name", "谢谢", "谢谢"),
        ("name", "转人工", "转人工"),
        ("phone", "1391234", "〔手机号〕"),
        ("phone", "138 0013 800", "〔手机号〕"),
        ("phone", "不想留", "不想留"),
        (None, "王建国", "〔姓名〕"),
    ],
)
def test_what_was_asked_for_is_marked_even_where_nothing_announces_it(
    asking: str | None, text: str, marked: str
) -> None:
    assert mark(text, extract(text, TODAY, asking=asking)).text == marked
