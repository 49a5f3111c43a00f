"""What a narrative tells beside what was asked."""

from __future__ import annotations

from typing import Any

import pytest

from casework.domain.intake import mining
from casework.domain.matter import MatterKind
from tests.unit.casework.intake.parts import LOADED, find


def mined(text: str, kind: MatterKind = MatterKind.CONSULTATION) -> dict[str, Any]:
    topic = LOADED.topics[kind]
    ids = [spec.id for spec in topic.facts]
    return {i: a.text for i, a in mining.mine(topic, text, find(text), ids).items()}


def test_a_whole_story_needs_few_questions() -> None:
    assert mined(
        "我叫王建国，手机13812345678，去年三月在城关镇给宏达建筑有限公司干活，一共欠我三万五，"
        "我有微信聊天记录，希望把工资要回来"
    ) == {
        "name": "王建国",
        "phone": "13812345678",
        "when": "去年三月",
        "where": "城关镇",
        "against": "宏达建筑有限公司",
        "amount": "三万五",
        "evidence": "我有微信聊天记录",
        "wanted": "希望把工资要回来",
    }


@pytest.mark.parametrize(
    ("text", "fact", "words"),
    [
        ("包工头刘大海欠我钱", "against", "包工头刘大海"),
        ("包工头老张欠我钱", "against", "包工头老张"),
        ("我丈夫陈某打我", "against", "丈夫陈某"),
        ("每月4500，一共欠我一万三千五", "amount", "一万三千五"),
        ("我的诉求是赔偿医药费，我叫张三", "wanted", "我的诉求是赔偿医药费"),
        ("2019年入职，2024年5月被辞退", "when", "2019年、2024年5月"),
        ("我住在河南省青河县城关镇文峰路12号", "where", "河南省青河县城关镇文峰路12号"),
    ],
)
def test_a_fact_is_taken_in_its_own_words(text: str, fact: str, words: str) -> None:
    assert mined(text)[fact] == words


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("公司拖欠工资", "against"),
        ("我去派出所报案了", "against"),
        ("对方电话13900001111", "phone"),
        ("老板刘强跑了", "name"),
        ("有限公司没签劳动合同", "evidence"),
        ("没有合同", "evidence"),
        ("我想咨询律师怎么办", "wanted"),
        ("我老家是四川的", "where"),
        ("我今年35岁", "when"),
    ],
)
def test_what_only_looks_like_a_fact_is_left_to_be_asked(text: str, fact: str) -> None:
    assert fact not in mined(text)


def test_a_petition_takes_a_committee_as_the_other_side_but_not_the_office_visited() -> None:
    petition = MatterKind.PETITION
    assert mined("村委会占了我家的地", petition)["against"] == "村委会"
    assert mined("占了我家的地，我找了镇政府，是柳河镇张庄村村委会干的", petition)["against"] == (
        "柳河镇张庄村村委会"
    )


def test_earlier_steps_of_a_petition_are_noticed() -> None:
    petition = MatterKind.PETITION
    assert mined("之前打过12345投诉过，没人管", petition)["earlier"].startswith("之前打过12345")
    assert "earlier" not in mined("我想去法院起诉可以吗", petition)


def test_the_name_of_a_body_says_where_only_in_a_story() -> None:
    text = "我在青石镇金盛鞋厂上班时手被机器压断了"
    topic = LOADED.topics[MatterKind.CONSULTATION]
    assert mining.mine(topic, text, find(text), ["where"], story=True)["where"].text == "青石镇"
    assert "where" not in mining.mine(topic, text, find(text), ["where"])


def test_evidence_goes_on_where_it_says_that_there_is_more() -> None:
    assert mined("有视频，还有水样检测单，希望停止排污")["evidence"] == "有视频；还有水样检测单"
