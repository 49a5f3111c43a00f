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


@pytest.mark.parametrize("asked", ["wanted", "earlier", "evidence"])
def test_a_bare_name_is_the_name_of_who_speaks_whatever_was_asked(asked: str) -> None:
    talk = Talk(PETITION, "柳河镇石桥村村委会去年三月占了我家三分地").until(asked)
    talk.says("李秀英")
    assert talk.fact("name") == "李秀英"
    assert talk.fact(asked) == ""
    assert talk.asked == asked


def test_a_bare_name_is_the_other_side_where_that_was_asked_for() -> None:
    talk = Talk(PETITION).goes_on("有人把我家的出路堵了，说了好几次都不让")
    assert talk.asked == "against"
    talk.says("李秀英")
    assert talk.fact("against") == "李秀英"


@pytest.mark.parametrize(
    "text",
    [
        "听老乡说他跟别人生了孩子，我公婆也帮着瞒我",
        "孩子过马路太危险了，上下学车特别多",
        "灰落得庄稼上一层白，好几家的墙都震裂了",
        "邻村养的大黄狗没拴绳，扑上来咬了小腿",
        "打电话没人街，门店也关了，钱不退",
        "我拍的古镇照片被拿去做海报了",
        "同村的在群里说我偷人，编得有鼻子有眼",
    ],
)
def test_words_that_only_end_like_a_place_are_no_place(text: str) -> None:
    assert "where" not in mined(text)


def test_the_township_is_known_from_where_somebody_worked() -> None:
    text = "我们去年8月在东城街道翡翠湾工地干活，劳务公司欠我们工资"
    topic = LOADED.topics[PETITION]
    found = mining.mine(topic, text, find(text), ["where", "against"], story=True)
    assert found["where"].text == "东城街道"
    assert "against" not in found


def test_a_school_by_whose_door_it_happened_is_not_the_other_side() -> None:
    assert "against" not in mined("建议在文峰路小学门口装红绿灯")
    assert mined("文峰路小学把我孩子开除了")["against"] == "文峰路小学"


def test_a_wish_is_known_whoever_is_to_fulfil_it() -> None:
    assert "补发" in mined("手里有工资条，要求厂里把两万一千六全部补发给我")["wanted"]


def test_a_step_and_how_many_told_at_once_keep_their_own_words() -> None:
    talk = (
        Talk(PETITION).goes_on("村里人都没水喝，机井坏了半年没人修，庄稼也旱坏了").until("earlier")
    )
    talk.says("就我家，找过镇信访办，没打过官司")
    assert talk.fact("people") == "就我家"
    assert talk.fact("earlier") == "找过镇信访办，没打过官司"


@pytest.mark.parametrize(
    "text", ["打报告打了四五回都没人管", "他们来过三趟", "把宅基还给俺，不中就另划一块"]
)
def test_how_often_is_no_sum(text: str) -> None:
    assert "amount" not in mined(text)


def test_a_name_said_of_the_other_side_is_not_the_name_of_who_speaks() -> None:
    talk = Talk().goes_on("结婚四年打了我好多回，孩子也害怕他，我想离婚带孩子走")
    assert talk.asked == "against"
    talk.says("我丈夫，名字叫唐军")
    assert talk.fact("against") == "我丈夫，名字叫唐军"
    assert talk.fact("name") == ""


def test_who_gives_their_own_name_where_the_other_side_was_asked_for_is_heard() -> None:
    talk = Talk().goes_on("结婚四年打了我好多回，孩子也害怕他，我想离婚带孩子走")
    talk.says("我叫于桂香")
    assert talk.fact("name") == "于桂香"
    assert talk.asked == "against"


@pytest.mark.parametrize(
    ("kind", "text"), [(PETITION, "我要反映问题"), (MatterKind.CONSULTATION, "我要咨询律师")]
)
def test_asking_to_begin_once_more_answers_nothing(kind: MatterKind, text: str) -> None:
    talk = Talk(kind).goes_on("结婚四年打了我好多回，孩子也害怕他，我想离婚带孩子走")
    assert talk.says(text) == ["begin.resumed"]
    assert talk.fact("against") == ""


@pytest.mark.parametrize("said", ["半个村的人", "全村八百多口", "就我家"])
def test_how_many_may_be_said_in_words(said: str) -> None:
    talk = (
        Talk(PETITION).goes_on("村里人都没水喝，机井坏了半年没人修，庄稼也旱坏了").until("earlier")
    )
    talk.says(said)
    assert talk.fact("people") == said
    assert talk.asked == "earlier"


def test_a_step_taken_before_is_not_how_many_they_are() -> None:
    talk = (
        Talk(PETITION).goes_on("村里人都没水喝，机井坏了半年没人修，庄稼也旱坏了").until("earlier")
    )
    talk.says("找过村里，村里不管")
    assert talk.fact("people") == ""
    assert talk.fact("earlier") == "找过村里，村里不管"


@pytest.mark.parametrize(("text", "name"), [("叫我阿杰就行", "阿杰"), ("黃淑貞", "黃淑貞")])
def test_a_name_stands_as_it_was_given(text: str, name: str) -> None:
    assert value("name", text) == name


@pytest.mark.parametrize(
    "text", ["等会儿啊我去接孩子", "等一下，我找找合同", "稍等", "等等，我看看", "你等着我去拿一下"]
)
def test_who_asks_for_a_moment_has_not_answered(text: str) -> None:
    talk = Talk().goes_on(LONG).until("wanted")
    assert talk.says(text) in (["ack.hold_on"], ["reask.meaningless"])
    assert talk.asked == "wanted"
    assert talk.fact("wanted") == ""


@pytest.mark.parametrize("text", ["等他把钱给我", "等法院判了再说", "让他等着坐牢"])
def test_a_wish_with_a_wait_in_it_is_a_wish(text: str) -> None:
    talk = Talk().goes_on(LONG).until("wanted")
    talk.says(text)
    assert "ack.hold_on" not in talk.says(text)


def test_people_who_do_something_with_a_photo_are_no_evidence() -> None:
    assert "evidence" not in mined("有人冒用我照片发相亲广告")
    assert mined("我有照片和录音")["evidence"] == "我有照片和录音"
