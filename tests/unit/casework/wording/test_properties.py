"""An invention never passes, wherever in an honest sentence it stands."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.casework.wording.parts import checks, material, said

CHECKS = checks()
SAID = material().said()

# Sentences that pass with a word of the transcript in the gap.
WITH_NAME = [
    "老板{}表示没有钱。",
    "据{}说工资一直没发。",
    "来访者曾向{}催要工资。",
    "{}后来不接电话。",
    "来访者和{}一起在工地工作。",
    "对方{}多次表示月底发。",
    "工资由{}发放。",
    "来访者于{}处工作。",
    "来访者的丈夫{}也没拿到钱",
]
WITH_NUMBER = [
    "一共欠{}元。",
    "来访者工作{}年。",
    "来访者有{}张照片。",
    "有{}个人没有拿到钱。",
    "一共说过{}次。",
    "每月工资{}元。",
]
# Written for this test, not taken from the code: surnames and characters of given names.
SURNAMES = "王李张刘陈杨黄吴周徐孙马朱胡林高何郭罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙贺陶顾毛郝龚邵万钱严赖覃洪武莫孔向时都应成和"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰凤珍琴云莲红春梅菊香月萍燕玲荣爱雪慧颖婷国建民志忠诚信义仁德才学富贵福寿喜祥瑞吉康健海波林森松柏根土星辉光耀宝金银铜铁锋锐振兴盛昌隆柱栓锁文武斌鹏飞龙虎宇浩然子涵轩梓博思雨晨辰昊睿俊峰凯"
OLD = st.sampled_from(["老", "小", "阿"])

names = st.one_of(
    st.builds(str.__add__, st.sampled_from(SURNAMES), st.text(GIVEN, min_size=2, max_size=2)),
    st.builds(str.__add__, st.sampled_from(SURNAMES[:-5]), st.sampled_from(GIVEN)),
    st.builds(str.__add__, OLD, st.sampled_from("王李张刘陈杨黄吴周徐孙朱胡林郭罗郑")),
    st.builds(
        str.__add__,
        st.sampled_from("王李张刘陈杨黄吴周徐孙朱胡林郭罗郑"),
        st.sampled_from(["某", "某某", "总", "工"]),
    ),
    st.sampled_from(
        ["欧阳锋", "司马光", "阿依古丽", "买买提", "卓玛", "巴特尔", "John", "Li Lei", "Ａmy"]
    ),
)
numbers = st.one_of(
    st.integers(2, 10**9).map(str),
    st.decimals("0.01", "99999", places=2).map(str),
    st.builds(
        str.__add__,
        st.text("一二三四五六七八九", min_size=1, max_size=1),
        st.sampled_from(["十", "百", "千", "万", "十五", "百二", "万三"]),
    ),
)
TOLD_NUMBERS = {
    "18000",
    "1.80",
    "18000.00",
    "6000",
    "6000.00",
    "2.00",
    "3.00",
    "3",
    "2",
    "20",
    "20.00",
    "二十",
    "六千",
}


def test_the_sentences_of_the_next_tests_are_honest() -> None:
    for sentence in WITH_NAME:
        assert CHECKS.fault(said(sentence.format("〔姓名2〕"))) == "", sentence
    for sentence, number in zip(
        WITH_NUMBER, ("18000", "2", "3", "大概20", "两", "6000"), strict=True
    ):
        text = sentence.format(number).replace("有大概", "大概有")
        assert CHECKS.fault(said(text)) == "", text


@settings(max_examples=700)
@given(st.sampled_from(WITH_NAME), names)
def test_an_invented_name_never_passes(sentence: str, name: str) -> None:
    assume(name not in SAID)
    assert CHECKS.fault(said(sentence.format(name))) != ""


@settings(max_examples=400)
@given(st.sampled_from(WITH_NUMBER), numbers)
def test_an_invented_number_never_passes(sentence: str, number: str) -> None:
    assume(number not in TOLD_NUMBERS)
    assert CHECKS.fault(said(sentence.format(number))) != ""


@settings(max_examples=150)
@given(st.dates())
def test_an_invented_date_never_passes(day: object) -> None:
    text = f"{day.year}年{day.month}月{day.day}日对方说没有钱。"  # type: ignore[attr-defined]
    assert CHECKS.fault(said(text)) != ""


@settings(max_examples=200)
@given(
    st.text(max_size=200), st.lists(st.text(max_size=30), max_size=3), st.lists(st.text(max_size=4))
)
def test_no_answer_breaks_the_checks(text: str, quotes: list[str], messages: list[str]) -> None:
    CHECKS.check([said(text, *quotes, messages=tuple(messages)), said(text, *quotes)])


@settings(max_examples=150)
@given(st.text(min_size=1, max_size=60))
def test_hiding_keeps_every_word(text: str) -> None:
    hiding = material().hiding
    assume("〔" not in text and "〕" not in text)
    assert hiding.show(hiding.hide(text)) == text
