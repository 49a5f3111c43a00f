"""The order of an intake: what is asked, what is taken, and that nobody gets stuck."""

from __future__ import annotations

import pytest

from casework.domain.draft import Stage
from casework.domain.matter import MatterKind
from tests.unit.casework.intake.parts import STORY, Talk, to_review

PETITION = MatterKind.PETITION


def test_the_story_comes_first() -> None:
    assert Talk().asked == "narrative"


def test_what_a_story_told_is_not_asked_again() -> None:
    talk = Talk(MatterKind.CONSULTATION, f"我要咨询律师，{STORY}")
    assert talk.asked == "wanted"
    assert talk.fact("narrative") == STORY
    assert talk.fact("amount") == "三万五"


def test_one_message_fills_several_facts_and_says_which() -> None:
    talk = Talk()
    assert talk.says(STORY) == ["ack.noted"]
    assert set(talk.draft.facts) == {"narrative", "when", "where", "against", "amount"}


def test_every_fact_names_the_message_it_came_from() -> None:
    talk = Talk()
    talk.says(STORY)
    assert {fact.sources for fact in talk.draft.facts.values()} == {(talk.last_id,)}


def test_questions_follow_the_order_of_the_topic_one_at_a_time() -> None:
    talk, order = Talk(PETITION), []
    while talk.asked:
        order.append(talk.asked)
        talk.answers()
    assert order == ["narrative", "against", "when", "wanted", "earlier", "evidence", "name"]
    assert talk.draft.stage is Stage.REVIEW


def test_money_is_asked_about_only_where_money_came_up() -> None:
    talk = Talk().goes_on("邻居家的狗天天叫，吵得我们家老人睡不着觉，说了也不听")
    assert "amount" not in [spec.id for spec in talk.rules.agenda.missing(talk.draft)]


def test_progress_counts_up_to_the_review() -> None:
    talk, steps = Talk(), []
    while talk.asked:
        steps.append(talk.rules.agenda.step(talk.draft))
        talk.answers()
    assert [step for step, _ in steps] == list(range(1, len(steps) + 1))
    assert steps[-1] == (len(steps), len(steps) + 1)


def test_a_question_is_explained_and_stands() -> None:
    talk = Talk().goes_on(STORY)
    assert talk.says("为什么要问这个？") == ["律师要按您想要的结果，给您指路。"]
    assert talk.asked == "wanted"


def test_a_short_story_is_asked_about_once_and_then_taken_as_it_is() -> None:
    talk = Talk().goes_on("拆迁")
    assert talk.asked == "narrative"
    talk.says("就这些")
    assert talk.asked == "against"
    assert talk.fact("narrative") == "拆迁"


def test_the_story_grows_with_every_piece() -> None:
    talk = Talk().goes_on("拆迁", "我家的房子上个月被镇里拆了，协议还没签")
    assert talk.fact("narrative") == "拆迁\n我家的房子上个月被镇里拆了，协议还没签"
    assert len(talk.draft.facts["narrative"].sources) == 2


@pytest.mark.parametrize("nonsense", ["嗯", "？", "。。。", "哈哈", "😀", "好的"])
def test_words_without_meaning_never_fill_a_fact(nonsense: str) -> None:
    talk = Talk().goes_on(STORY)
    talk.says(nonsense)
    assert talk.asked == "wanted"
    assert talk.fact("wanted") == ""


def test_a_question_is_put_three_times_at_most_and_then_left_open() -> None:
    talk = Talk().goes_on(STORY)
    assert talk.says("嗯") == ["reask.meaningless"]
    assert talk.says("嗯") == ["reask.meaningless"]
    assert talk.says("嗯") == ["reask.person"]
    assert talk.asked != "wanted"
    assert "wanted" in talk.draft.skipped


def test_without_a_story_there_is_no_way_on_but_a_person_is_offered() -> None:
    talk = Talk().goes_on("嗯", "嗯")
    assert talk.says("嗯") == ["reask.person_needed"]
    assert talk.asked == "narrative"


@pytest.mark.parametrize("said", ["不知道", "不清楚", "跳过", "记不清了"])
def test_not_knowing_is_accepted_at_once(said: str) -> None:
    talk = Talk().goes_on("邻居家的狗天天叫，吵得我们家老人睡不着觉", "邻居李大山")
    assert talk.asked == "when"
    assert talk.says(said) == ["ack.left_open"]
    assert talk.asked == "where"


def test_what_is_optional_is_skipped_at_once() -> None:
    talk = Talk().until("evidence")
    assert talk.says("跳过") == ["ack.skipped"]
    assert talk.asked == "name"


def test_no_evidence_is_an_answer() -> None:
    talk = Talk().until("evidence")
    talk.says("没有", "deny")
    assert talk.fact("evidence") == "没有"


@pytest.mark.parametrize(
    "refusal", ["不想留", "不方便", "不留电话可以吗", "跳过", "没有", "不知道"]
)
def test_a_phone_may_be_refused_and_the_way_back_is_named(refusal: str) -> None:
    talk = Talk().goes_on(STORY).until("name")
    talk.says("王建国")
    assert talk.asked == "phone"
    said = talk.says(refusal)
    assert talk.draft.stage is Stage.REVIEW
    assert "在这里答复您" in said[0]


def test_an_id_number_is_not_taken_for_a_phone_and_not_kept() -> None:
    talk = Talk().goes_on(STORY).until("name")
    talk.says("王建国")
    assert talk.asked == "phone"
    assert talk.says("11010519491231002X") == ["ack.id_number"]
    assert "11010519491231002X" not in str(talk.draft.facts)


def test_a_fact_told_out_of_turn_is_taken_and_the_question_stands() -> None:
    talk = Talk().goes_on("邻居盖房子把我家的出路堵了，说了好几次都不让")
    assert talk.asked == "against"
    talk.says("13812345678")
    assert talk.fact("phone") == "13812345678"
    assert talk.asked == "against"


def test_words_that_no_fact_takes_are_added_to_the_story() -> None:
    talk = Talk().goes_on(STORY).until("name")
    talk.says("王建国")
    assert talk.asked == "phone"
    talk.says("13812345678，对了他上个月还带人来我家砸了门窗")
    assert talk.fact("phone") == "13812345678"
    assert "砸了门窗" in talk.fact("narrative")


def test_going_back_takes_the_last_answer_back_and_asks_again() -> None:
    talk = Talk().goes_on(STORY)
    talk.says("把工资要回来")
    assert talk.asked == "evidence"
    assert talk.says("上一步") == ["ack.back"]
    assert talk.asked == "wanted"
    assert talk.fact("wanted") == ""


def test_going_back_takes_all_facts_of_one_message_back() -> None:
    talk = Talk().goes_on(STORY)
    talk.says("上一步")
    assert talk.draft.facts == {}
    assert talk.asked == "narrative"
    assert talk.says("上一步") == ["ack.nothing_back"]


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("不是三万五，是三万八", "amount", "三万八"),
        ("把金额改成5万", "amount", "5万"),
        ("时间错了，是今年二月", "when", "今年二月"),
    ],
)
def test_a_correction_is_made_at_any_time_and_confirmed_aloud(
    text: str, fact: str, value: str
) -> None:
    talk = Talk().goes_on(STORY)
    assert talk.says(text, "correct") == ["ack.changed"]
    assert talk.fact(fact) == value
    assert talk.draft.facts[fact].sources == (talk.last_id,)
    assert talk.asked == "wanted"


def test_cancelling_sets_the_draft_aside_with_everything_in_it() -> None:
    talk = Talk().goes_on(STORY)
    assert talk.says("先不填了") == ["cancelled.paused"]
    assert talk.draft.notes["paused"]
    assert talk.fact("amount") == "三万五"


# ── review ───────────────────────────────────────────────────────────────────────────────────────


def test_only_a_yes_confirms() -> None:
    talk = to_review()
    for text in (
        "没有了",
        "嗯",
        "？",
        "看看填了什么",
        "不对",
        "返回核对",
        "对了还有录音",
        "等一下再提交",
    ):
        talk.says(text, "affirm" if "还有" in text or "再" in text else "inform")
        assert talk.draft.stage is not Stage.CONFIRMED, text
    talk.says("返回核对")
    talk.says("确认提交")
    assert talk.draft.stage is Stage.CONFIRMED
    assert talk.draft.notes["confirmed_by"] == talk.last_id


def test_a_fact_is_chosen_by_number_and_said_anew() -> None:
    talk = to_review().goes_on("修改")
    assert talk.draft.notes["editing"] == "choosing"
    talk.says("3")
    assert talk.asked == "when"
    assert talk.says("今年二月") == ["ack.changed"]
    assert talk.draft.stage is Stage.REVIEW
    assert talk.fact("when") == "今年二月"


def test_a_fact_is_chosen_by_name_and_left_as_it_was() -> None:
    talk = to_review().goes_on("修改", "联系电话")
    assert talk.asked == "phone"
    talk.says("返回核对", "review")
    assert talk.draft.stage is Stage.REVIEW
    assert talk.fact("phone") == "13812345678"


def test_a_yes_while_a_fact_is_being_chosen_confirms_nothing() -> None:
    talk = to_review().goes_on("修改", "确认提交")
    assert talk.draft.stage is Stage.REVIEW


def test_something_more_at_review_is_added_and_reviewed_again() -> None:
    talk = to_review()
    assert talk.says("还有他上个月写过一张保证书") == ["ack.supplement"]
    assert "保证书" in talk.fact("narrative")
    assert talk.draft.stage is Stage.REVIEW


def test_a_citizen_who_cannot_say_which_fact_is_not_asked_for_ever() -> None:
    talk = to_review().goes_on("修改", "那个那个东西", "就是那个东西", "哎呀就是那个")
    assert "editing" not in talk.draft.notes
    assert talk.draft.stage is Stage.REVIEW


# ── consent ──────────────────────────────────────────────────────────────────────────────────────


def asked_for_consent() -> Talk:
    talk = Talk()
    talk.draft.stage, talk.draft.asking = Stage.CONSENT, None
    return talk


def test_without_consent_nothing_is_kept() -> None:
    talk = asked_for_consent()
    talk.draft.notes["first"] = ["m1"]
    assert talk.says("不同意") == ["consent.denied"]
    assert talk.draft.stage is Stage.CANCELLED
    assert (talk.draft.facts, talk.draft.notes) == ({}, {"denied": True})


def test_a_story_told_before_consent_is_remembered_by_its_message_only() -> None:
    talk = asked_for_consent()
    talk.says(STORY)
    assert talk.draft.facts == {}
    assert talk.draft.notes["first"] == [talk.last_id]
    assert talk.draft.stage is Stage.CONSENT


@pytest.mark.parametrize("text", ["嗯？", "什么意思", "我要反映问题"])
def test_consent_is_never_read_into_other_words(text: str) -> None:
    talk = asked_for_consent()
    talk.says(text)
    assert talk.draft.stage is Stage.CONSENT
    assert "consented" not in talk.draft.notes


# ── petitions ────────────────────────────────────────────────────────────────────────────────────


def test_more_than_five_people_hear_of_the_five_representatives() -> None:
    talk = Talk(PETITION).goes_on("我们村的路坏了没人修，下雨天孩子上学都过不去").until("earlier")
    said = talk.says("都没有，我们12户")
    assert "代表不超过五人" in said[-1]
    assert talk.draft.facts["people"].value == 12


ACCUSATIONS = [
    "我要举报村支书王某某贪污低保款，去年柳河镇张庄村的事",
    "镇长收了老板的黑钱，把地批给他了，老百姓都知道这个事情",
    "派出所民警包庇打人的，滥用职权不给立案，我要检举他们",
]


@pytest.mark.parametrize("text", ACCUSATIONS)
def test_an_accusation_is_sealed_at_once_and_little_is_asked(text: str) -> None:
    talk = Talk(PETITION)
    assert "ack.sealed" in talk.says(text)
    assert talk.draft.notes["sealed"]
    left = {spec.id for spec in talk.rules.agenda.missing(talk.draft)}
    assert left <= {"against", "where", "phone"}


@pytest.mark.parametrize(
    "text",
    [
        "村委会占了我家的地不给补偿",
        "物业不作为，小区电梯坏了三个月没人修",
        "我要举报隔壁饭店半夜噪音扰民",
        "派出所一直没给我答复，希望尽快处理",
    ],
)
def test_a_complaint_about_a_service_is_no_accusation(text: str) -> None:
    talk = Talk(PETITION).goes_on(text)
    assert not talk.draft.notes.get("sealed")


def test_who_says_that_it_is_no_accusation_is_believed() -> None:
    talk = Talk(PETITION).goes_on(ACCUSATIONS[0], "就这些")
    said = talk.says("信访目的改成求决")
    assert "ack.unsealed" in said
    assert not talk.draft.notes["sealed"]


def test_a_few_words_of_the_story_stay_though_they_name_the_place() -> None:
    talk = Talk(MatterKind.CONSULTATION, "我想找律师问一下，干完活不给钱")
    talk.says("在河东小区给人贴瓷砖")
    assert "贴瓷砖" in talk.draft.facts["narrative"].text


@pytest.mark.parametrize("place", ["菜市场西门", "城西小学"])
def test_a_place_told_beside_the_day_is_not_asked_for_again(place: str) -> None:
    talk = Talk(MatterKind.PETITION, "我要反映问题").until("when")
    talk.says(f"9月27日上午，{place}")
    assert talk.draft.facts["where"].text == place
    assert talk.draft.facts["when"].text == "9月27日上午"


def test_nowhere_else_is_none_of_the_steps_taken_before() -> None:
    talk = Talk(MatterKind.PETITION, "我要反映问题").until("earlier")
    talk.says("没有去过别的地方")
    assert talk.draft.facts["earlier"].value == "none"


def test_what_somebody_earns_a_month_does_not_take_the_place_of_the_sum() -> None:
    talk = to_review()
    sum_before = talk.draft.facts["amount"].text
    talk.says("我在超市上班一个月三千")
    assert talk.draft.facts["amount"].text == sum_before
    assert "我在超市上班一个月三千" in talk.draft.facts["narrative"].text


def test_a_slip_put_right_leaves_the_story_with_the_messages_that_told_it() -> None:
    talk = Talk(MatterKind.CONSULTATION, "我要咨询律师").until("against")
    before = talk.draft.facts["narrative"]
    assert talk.says("我说错了，是我岳父，不是我父亲") == ["ack.added"]
    after = talk.draft.facts["narrative"]
    assert after.sources == (*before.sources, talk.last_id)
    assert after.text == f"{before.text}\n我说错了，是我岳父，不是我父亲"


def test_another_day_told_at_the_review_does_not_take_the_place_of_the_first() -> None:
    talk = to_review()
    day = talk.draft.facts["when"].text
    talk.says("2017年3月结的婚")
    assert talk.draft.facts["when"].text == day
    assert "2017年3月结的婚" in talk.draft.facts["narrative"].text


def test_a_name_told_with_the_number_is_taken_with_its_surname_said_first() -> None:
    talk = Talk(MatterKind.CONSULTATION, "我要咨询律师").until("name")
    talk.says("我姓覃，叫覃小满，18907715566")
    assert talk.draft.facts["name"].text == "覃小满"
    assert talk.draft.facts["phone"].value == "18907715566"
