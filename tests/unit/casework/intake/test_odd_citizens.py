"""Answers as people give them who never saw the form: each of these went wrong once."""

from __future__ import annotations

import pytest

from casework.domain.intake import mining
from casework.domain.intake.answers import Answer, read
from casework.domain.intake.said import Heard
from casework.domain.matter import MatterKind
from tests.unit.casework.intake.parts import LOADED, Talk, find

PETITION = MatterKind.PETITION
LONG = "，".join(["去年在那边干了三个月的活", "说好干完就结清", "到现在打电话也不接"] * 2)


def value(fact: str, text: str) -> object:
    spec = LOADED.topics[PETITION].spec(fact)
    assert spec is not None
    answer = read(spec, text, find(text))
    assert isinstance(answer, Answer)
    return answer.value


def mined(text: str, kind: MatterKind = PETITION) -> dict[str, str]:
    topic = LOADED.topics[kind]
    return {
        i: a.text
        for i, a in mining.mine(topic, text, find(text), [s.id for s in topic.facts]).items()
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王大年", "王大年"),
        ("我是带班的，叫牛三宝", "牛三宝"),
        ("我姓方方小琴", "方小琴"),
        ("俺叫张铁柱，旁人喊俺老张", "张铁柱"),
        ("我不想说真名，叫我周女士吧", "周女士"),
    ],
)
def test_a_name_is_taken_whole_wherever_it_stands_in_the_answer(text: str, name: str) -> None:
    assert value("name", text) == name


def test_who_gives_another_name_instead_of_the_real_one_has_given_one() -> None:
    talk = Talk(PETITION)
    while talk.asked != "name":
        talk.says({"narrative": LONG}.get(talk.asked or "", "柳河镇石桥村委会去年三月要钱"))
    talk.says("我不想说真名，叫我周女士吧")
    assert talk.fact("name") == "周女士"


@pytest.mark.parametrize("text", ["匿名可以吗", "能匿名吗？", "不留名", "俺没手机", "没有电话"])
def test_refusing_a_name_or_a_number_takes_one_message(text: str) -> None:
    talk = Talk(PETITION)
    while talk.asked not in ("name", "phone"):
        talk.says({"narrative": LONG}.get(talk.asked or "", "柳河镇石桥村委会去年三月要钱"))
    talk.says(text)
    assert talk.draft.notes["refused"]
    assert talk.asked not in talk.draft.notes["refused"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("一个班四十多个孩子都这样", 40), ("12户，推了3个代表", 12), ("2019年起一共30多户", 30)],
)
def test_the_largest_group_is_who_it_concerns(text: str, number: int) -> None:
    assert value("people", text) == number


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("去劳动监察投诉过，没仲裁", "petition"),
        ("没仲裁，去法院起诉了", "lawsuit"),
        ("没打过官司！谁有钱打官司！", "none"),
        ("没有打过官司也没有仲裁就是打过12345", "petition"),
    ],
)
def test_a_way_that_was_not_gone_is_not_noted_as_gone(text: str, way: str) -> None:
    assert value("earlier", text) == way


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("村里修路占了我家二亩三分地当时村主任说一亩补两万八", "where"),
        ("租房到期了房东不退押金，说我把墙弄脏了", "where"),
        ("京东上的清泉旗舰店卖的净水器漏水", "where"),
        ("我家门口的化工厂天天半夜排臭气", "against"),
        ("我们在东城街道翡翠湾工地干活，劳务公司欠我们工资", "against"),
        ("俺今年七十六啦，老伴走得早", "when"),
    ],
)
def test_what_only_looks_like_a_fact_is_asked_for(text: str, fact: str) -> None:
    assert fact not in mined(text)


def test_a_request_ends_where_the_story_goes_on() -> None:
    assert mined("我想离婚，我老公以前打过我", MatterKind.CONSULTATION)["wanted"] == "我想离婚"


def test_the_own_name_is_not_whom_the_matter_is_about() -> None:
    talk = Talk(MatterKind.CONSULTATION, LONG)
    while talk.asked != "against":
        talk.says("这里没有别的了")
    talk.says("我叫刘芳芳")
    assert talk.fact("name") == "刘芳芳"
    assert talk.asked == "against"


def test_a_first_cry_is_not_the_whole_story() -> None:
    assert (
        Talk(MatterKind.CONSULTATION, "那个我想问一下啊就是我骑电动车被撞了嗯对方是个货车").asked
        == "narrative"
    )


@pytest.mark.parametrize(
    "text", ["我要举报我们村村长", "村长刘长贵把修路的扶贫款吞了二十多万", "村支书把低保都给他亲戚"]
)
def test_an_accusation_is_sealed_from_its_first_words(text: str) -> None:
    assert Talk(PETITION, text).draft.notes.get("sealed")


def test_the_same_words_are_told_once() -> None:
    talk = Talk(MatterKind.CONSULTATION)
    talk.says("租房到期了房东不退押金")
    talk.draft.notes["thin"] = True
    talk.draft.asking = "narrative"
    talk.says("租房到期了房东不退押金")
    assert talk.fact("narrative") == "租房到期了房东不退押金"


def test_who_takes_a_draft_up_again_is_not_asked_for_more_of_the_story() -> None:
    talk = Talk(MatterKind.CONSULTATION)
    talk.goes_on("租房到期了房东不退押金，说我把墙弄脏了", "房东老谢")
    asked = talk.asked
    assert talk.rules.start(talk.draft, [Heard("again", "我要咨询律师")]) == []
    assert talk.asked == asked


def test_a_small_sum_does_not_hide_the_large_one() -> None:
    story = "说是刷一单返5块，后来又让我交钱，前后打了28600给他们"
    assert mined(story)["amount"] == "5块、28600"


@pytest.mark.parametrize("text", ["三千", "28600", "去年三月"])
def test_a_sum_or_a_day_is_nobody(text: str) -> None:
    talk = Talk(MatterKind.CONSULTATION).goes_on(
        "去年三月起租房到期了房东不退押金，说我把墙弄脏了，押金三千"
    )
    assert talk.asked == "against"
    talk.says(text)
    assert talk.asked == "against"
    talk.says("房东老谢")
    assert talk.fact("against") == "房东老谢"


@pytest.mark.parametrize(
    "text",
    [
        "队长私下说给他两千块钱好处就不罚了，我给了",
        "办事的时候所长暗示我要给点茶水费才给盖章",
        "我给村长送了两条烟酒他才给办的低保",
    ],
)
def test_who_was_asked_for_a_bribe_accuses(text: str) -> None:
    talk = Talk(PETITION)
    assert "ack.sealed" in talk.says(text)
    assert talk.draft.notes["sealed"]


@pytest.mark.parametrize(
    "text",
    [
        "我给村长说了好几回路的事，他一直不管",
        "队长说罚款要交五千，我没钱交",
        "老板答应给好处费到现在没给我",
    ],
)
def test_who_only_complains_accuses_nobody(text: str) -> None:
    talk = Talk(PETITION)
    talk.says(text)
    assert not talk.draft.notes.get("sealed")


def test_a_place_is_told_without_the_word_before_it() -> None:
    assert value("where", "在城关镇人民路") == "城关镇人民路"
    talk = Talk(PETITION, "有人把我家的出路堵了，说了好几次都不让").goes_on("邻居李大山")
    talk.says("就在柳河镇石桥村")
    assert talk.fact("where") == "柳河镇石桥村"
