"""How people take something back."""

from __future__ import annotations

import pytest

from casework.domain.intake import corrections
from tests.unit.casework.intake.parts import find, to_review

TALK = to_review()


def corrected(text: str, asking: str | None = "evidence") -> tuple[str, str] | None:
    numbered = TALK.rules.agenda.numbered(TALK.draft)
    found = corrections.find(
        TALK.rules.topic, TALK.draft.facts, text, find(text), numbered=numbered, asking=asking
    )
    return (found.spec.id, found.text) if found else None


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("电话错了，是13987654321", "phone", "13987654321"),
        ("手机号写错了，应该是13987654321", "phone", "13987654321"),
        ("电话不对，13987654321", "phone", "13987654321"),
        ("我的电话改成13987654321", "phone", "13987654321"),
        ("不好意思，电话应该是13987654321", "phone", "13987654321"),
        ("联系方式：13987654321", "phone", "13987654321"),
        ("写错了，是13987654321", "phone", "13987654321"),
        ("把金额改成5万", "amount", "5万"),
        ("金额改为五万元。", "amount", "五万元"),
        ("金额说错了，不是三万二，是三万五", "amount", "三万五"),
        ("不是三万五是五万", "amount", "五万"),
        ("不是三万五，是三万八", "amount", "三万八"),
        ("不是去年三月，是今年三月", "when", "今年三月"),
        ("时间错了", "when", ""),
        ("对方名字写错了，是樊志强", "against", "樊志强"),
        ("把对方的名字改成樊志强", "against", "樊志强"),
        ("老板的姓名应该是樊志强", "against", "樊志强"),
        ("对方公司名称错了，是宏远公司", "against", "宏远公司"),
        ("我要改时间", "when", ""),
        ("改第2项", "against", ""),
        ("第2项错了，是宏远公司", "against", "宏远公司"),
        ("第三项改成今年二月", "when", "今年二月"),
        ("名字写错了，我叫王建军", "name", "我叫王建军"),
        ("把姓名改成王建军吧", "name", "王建军"),
        ("地点应该是柳河镇张庄村", "where", "柳河镇张庄村"),
        ("修改诉求", "wanted", ""),
        ("借错了数，是三万八不是三万五", "amount", "三万八"),
        ("停工日期改成今年2月3号", "when", "今年2月3号"),
        ("把诉求改成要回工资和双倍工资", "wanted", "要回工资和双倍工资"),
        ("等等，对方不是宏达建筑有限公司是宏远建筑有限公司", "against", "宏远建筑有限公司"),
    ],
)
def test_what_is_corrected_and_to_what(text: str, fact: str, value: str) -> None:
    assert corrected(text) == (fact, value)


@pytest.mark.parametrize(
    "text",
    [
        "有聊天记录和转账截图",
        "他说不是欠我的钱，是投资款，让我自己去找公司要，我找了好几次公司也没人理，"
        "他们还说要报警抓我，我实在没办法了才来问，你说我该怎么办，这事还有没有人管",
        "我把钱转给他了",
        "没有签合同",
        "是",
        "",
    ],
)
def test_a_story_is_no_correction(text: str) -> None:
    assert corrected(text) is None


def test_full_width_corrections_keep_the_words_as_written() -> None:
    assert corrected("电话错了，是１３９８７６５４３２１") == ("phone", "１３９８７６５４３２１")


@pytest.mark.parametrize(
    ("text", "fact"), [("3", "when"), ("第三项", "when"), ("电话", "phone"), ("4. 地点", "where")]
)
def test_a_fact_is_picked_from_the_review_by_number_or_name(text: str, fact: str) -> None:
    spec = corrections.item(TALK.rules.topic, text, TALK.rules.agenda.numbered(TALK.draft))
    assert spec is not None
    assert spec.id == fact


@pytest.mark.parametrize("text", ["0", "99", "天气", "三十"])
def test_nothing_is_picked_by_what_is_not_there(text: str) -> None:
    numbered = TALK.rules.agenda.numbered(TALK.draft)
    assert corrections.item(TALK.rules.topic, text, numbered) is None


def test_the_number_of_the_other_side_is_not_taken_for_ones_own() -> None:
    assert corrected("把对方的电话改成13987654321") is None


@pytest.mark.parametrize("text", ["我说错了，是我岳父，不是我父亲", "不对，是左手食指，断了两节"])
def test_a_slip_that_names_no_fact_is_written_under_the_story_which_stays(text: str) -> None:
    talk = to_review()
    only = {"narrative": talk.draft.facts["narrative"]}
    found = corrections.find(talk.rules.topic, only, text, find(text), asking="against")
    assert found is not None
    assert (found.spec.id, found.text) == ("narrative", f"{only['narrative'].text}\n{text}")
