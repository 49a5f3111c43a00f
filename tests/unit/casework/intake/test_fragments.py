"""Which messages are pieces of something said in several sends."""

from __future__ import annotations

import pytest

from casework import intakes

FRAGMENTS = intakes.fragments()


@pytest.mark.parametrize(
    "text",
    ["转人工", "我要找律师", "菜单", "查进度", "我要反映问题", "我想咨询一下", "继续填写", "好的", "没有了", "跳过", "不知道",
     "上一步", "算了我不填了", "我晚上再接着填", "给上次那件事补充一下", "和上次一样", "撤回我的同意", "K7QM-3XPD", "XF20261122-0007", "就这些", "？？", " ", "👍"],
)  # fmt: skip
def test_commands_and_short_answers_are_never_joined_to_other_words(text: str) -> None:
    assert not FRAGMENTS.joins(text)


@pytest.mark.parametrize(
    "text", ["老板跑了", "三个月了", "你好", "在吗", "我要找律师帮我要工资", "村里占了我家的地", "13900001234"]
)  # fmt: skip
def test_what_somebody_tells_may_be_joined(text: str) -> None:
    assert FRAGMENTS.joins(text)


@pytest.mark.parametrize(
    "text",
    ["我想问一下", "你好，我想问个事", "您好，请教一下", "事情是这样的", "事情是这样的：", "情况是这样", "跟你说个事", "有件事想问问您",
     "我有个法律问题", "我想说说我家的情况", "說來話長", "请问", "律师，我想问一下。"],
)  # fmt: skip
def test_an_opener_tells_nothing_yet(text: str) -> None:
    assert FRAGMENTS.only_opens(text)


@pytest.mark.parametrize(
    "text",
    ["你好", "我想问一下离婚要什么手续", "我要咨询律师", "我要反映问题", "事情是这样的，老板跑了", "请问工伤怎么赔", "说", "是这样的",
     "我问过他了", "老板跑了"],
)  # fmt: skip
def test_what_says_something_is_no_opener(text: str) -> None:
    assert not FRAGMENTS.only_opens(text)


@pytest.mark.parametrize(
    "text", ["老板欠我三个月工资，", "我有合同、", "我在工地干了一年，然后", "他打了我，还有。。。", "给他打了欠条， 但是"]
)  # fmt: skip
def test_a_message_that_breaks_off_is_not_finished(text: str) -> None:
    assert FRAGMENTS.is_unfinished(text)


@pytest.mark.parametrize(
    "text", ["公司拖欠工资怎么办，", "老板跑了", "，", "那然后呢？", "没有结果"]
)
def test_a_message_that_asks_or_ends_is_finished(text: str) -> None:
    assert not FRAGMENTS.is_unfinished(text)


@pytest.mark.parametrize(
    "text", ["后来老板跑了", "，结果到现在没给", "都快半年了", "去找了村里两回"]
)
def test_a_story_goes_on(text: str) -> None:
    assert FRAGMENTS.goes_on(text)


@pytest.mark.parametrize(
    "text",
    ["县宏达建筑公司", "要钱", "微信记录", "他叫李四", "希望把钱还我", "去年10月", "现在有录音"],
)
def test_an_answer_does_not_go_on_with_the_story(text: str) -> None:
    assert not FRAGMENTS.goes_on(text)


@pytest.mark.parametrize(
    ("text", "is_piece"),
    [
        ("三个月了", True),
        ("一共两万多", True),
        ("要多久", False),
        ("离婚怎么办", False),
        ("好的", False),
        ("转人工", False),
        ("村里修路占了我家三分地说好给补偿到现在没给", False),
    ],
)
def test_a_piece_is_short_and_neither_asks_nor_orders(text: str, is_piece: bool) -> None:
    assert FRAGMENTS.is_piece(text) is is_piece
