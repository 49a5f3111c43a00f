"""What a machine is shown: no name, no number, nothing that was not needed."""

from __future__ import annotations

import json

import pytest

from casework.adapters.wording_file import load_vocabulary
from casework.domain.wording.hiding import Hiding
from casework.domain.wording.material import gather
from tests.unit.casework.wording.parts import AT, FIRST, field, material, summary


def test_people_and_their_numbers_are_marks() -> None:
    shown = json.dumps(material().shown(), ensure_ascii=False)
    for secret in ("郭建林", "建林", "赵德柱", "13900001234", "110101199003078371", "message-1"):
        assert secret not in shown
    assert "〔姓名1〕" in shown
    assert "老板〔姓名2〕大概去年十月" in shown
    assert "宏达建材有限公司" in shown


def test_a_name_in_the_name_field_is_hidden_wherever_it_stands() -> None:
    odd = summary(
        fields=[field("name", "姓名", "於菟"), field("wanted", "诉求", "请於菟的家人来取")]
    )
    shown = gather(odd, AT, load_vocabulary().words).shown()
    assert "於菟" not in json.dumps(shown, ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("是赵德柱大概去年说的", ["赵德柱"]),
        ("我周芳这辈子真是瞎了眼", ["周芳"]),
        ("他叫我找何秀英还有程军两口子", ["何秀英", "程军"]),
        ("许多人都来了，曾有人说要修路", []),
        ("张贴了公告，房东春节前要涨价", []),
        ("一周三次，黄金首饰也拿走了", []),
    ],
)
def test_what_looks_like_a_name_is_hidden_though_nothing_announces_it(
    text: str, names: list[str]
) -> None:
    quotes = [{"source": "a", "text": text, "at": AT.isoformat()}]
    (message,) = material(fields=[], quotes=quotes).messages
    assert [name for name in names if name in message.hidden] == []
    assert message.hidden.count("〔姓名") == len(names)
    assert material(fields=[], quotes=quotes).hiding.show(message.hidden) == text


def test_the_same_person_has_the_same_mark_in_every_message() -> None:
    at = AT.isoformat()
    quotes = [
        {"source": "a", "text": "我叫郭建林", "at": at},
        {"source": "b", "text": "郭建林的钱一直没给，赵德柱也没给", "at": at},
    ]
    first, second = material(quotes=quotes).shown()["messages"]
    assert first["text"] == "我叫〔姓名1〕"
    assert second["text"] == "〔姓名1〕的钱一直没给，〔姓名2〕也没给"


def test_the_telephone_is_not_even_a_mark_of_a_field_and_what_is_unknown_is_left_out() -> None:
    labels = [one["label"] for one in material().shown()["fields"]]
    assert labels == ["事情经过", "姓名", "金额"]


def test_words_that_look_like_our_marks_are_no_marks() -> None:
    hiding = Hiding()
    hiding.is_personal("郭建林", "name")
    assert hiding.hide("〔姓名1〕说郭建林来过") == "(姓名1)说〔姓名1〕来过"


def test_hiding_and_showing_gives_the_text_again() -> None:
    hiding = material().hiding
    assert hiding.show(hiding.hide(FIRST)) == FIRST
    assert hiding.show("〔姓名8〕") is None
    assert hiding.show("〔姓名1") is None


def test_a_longer_name_is_not_cut_by_a_shorter_one() -> None:
    hiding = Hiding()
    hiding.is_personal("欧阳", "name")
    hiding.is_personal("欧阳明月", "name")
    assert hiding.hide("欧阳明月和欧阳") == "〔姓名2〕和〔姓名1〕"
    assert hiding.show("〔姓名2〕和〔姓名1〕") == "欧阳明月和欧阳"


def test_a_summary_without_quotes_or_ways_has_little_to_show() -> None:
    bare = {"fields": [field("narrative", "事情经过", "工资没发")]}
    shown = gather(bare, AT, frozenset()).shown()
    assert shown == {
        "title": "",
        "fields": [{"label": "事情经过", "text": "工资没发"}],
        "messages": [],
        "way": "",
    }
