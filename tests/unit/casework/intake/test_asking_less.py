"""Two things asked at once, wishes told in passing, and questions that are no answers."""

from __future__ import annotations

import pytest

from casework.domain.draft import Stage
from casework.domain.intake.said import Heard
from casework.domain.matter import MatterKind
from tests.unit.casework.intake.parts import ANSWERS, LOADED, STORY, Talk

PETITION = MatterKind.PETITION
TROUBLE = "宏达建材有限公司把我家的出路堵了，说了好几次都不让"


def _along(talk: Talk) -> str | None:
    spec = talk.rules.topic.spec(talk.asked)
    assert spec is not None
    other = talk.rules.agenda.asked_along(talk.draft, spec)
    return other.id if other else None


# ── two at once ──────────────────────────────────────────────────────────────────────────────────


def test_time_and_place_are_asked_for_together_where_both_are_missing() -> None:
    talk = Talk().goes_on(TROUBLE)
    assert (talk.asked, _along(talk)) == ("when", "where")
    talk.says("去年三月，在柳河镇石桥村")
    assert (talk.fact("when"), talk.fact("where")) == ("去年三月", "柳河镇石桥村")


def test_what_was_left_out_of_the_answer_is_asked_for_alone() -> None:
    talk = Talk().goes_on(TROUBLE, "在柳河镇石桥村")
    assert (talk.asked, _along(talk)) == ("when", None)
    assert talk.fact("where") == "柳河镇石桥村"


def test_a_street_with_a_word_of_time_in_it_is_no_time() -> None:
    talk = Talk().goes_on(TROUBLE, "城关镇府前街")
    assert talk.asked == "when"
    assert talk.fact("where") == "城关镇府前街"


def test_a_place_that_is_known_is_not_asked_for_again() -> None:
    talk = Talk().goes_on("宏达建材有限公司在柳河镇石桥村把我家的出路堵了，说了也不让")
    assert (talk.asked, _along(talk)) == ("when", None)


def test_two_at_once_are_one_step() -> None:
    talk = Talk().goes_on(TROUBLE)
    before = talk.rules.agenda.to_come(talk.draft)
    talk.says("去年三月，在柳河镇石桥村")
    assert talk.rules.agenda.to_come(talk.draft) == before - 1


def test_name_and_number_may_come_in_one_answer() -> None:
    talk = Talk().goes_on(TROUBLE, "去年三月，在柳河镇石桥村", "把路让出来，恢复原样", "没有证据")
    assert (talk.asked, _along(talk)) == ("name", "phone")
    talk.says("我叫王建国，13812345678")
    assert (talk.fact("name"), talk.fact("phone")) == ("王建国", "13812345678")


@pytest.mark.parametrize(
    ("said", "refused", "asked"),
    [
        ("不想留", {"name", "phone"}, None),
        ("匿名可以吗", {"name"}, "phone"),
        ("没有手机", {"phone"}, "name"),
    ],
)
def test_of_two_asked_for_the_words_say_which_is_refused(
    said: str, refused: set[str], asked: str | None
) -> None:
    talk = Talk().goes_on(TROUBLE, "去年三月，在柳河镇石桥村", "把路让出来，恢复原样", "没有证据")
    talk.says(said)
    assert set(talk.draft.notes["refused"]) == refused
    assert talk.asked == asked


@pytest.mark.parametrize("place", ["大李乡高速工地", "城关镇人民路口", "县法院柳河法庭"])
def test_where_only_the_place_was_told_it_is_kept_whole(place: str) -> None:
    talk = Talk().goes_on(TROUBLE, place)
    assert talk.fact("where") == place
    assert talk.asked == "when"


@pytest.mark.parametrize(
    ("said", "when", "where"),
    [
        ("10月11号早上，城关镇人民路口", "10月11号早上", "城关镇人民路口"),
        ("今年麦收时候才知道，大李乡大李村", "今年麦收时候才知道", "大李乡大李村"),
        ("东城街道文峰社区盛世佳园，去年八月份", "去年八月份", "东城街道文峰社区盛世佳园"),
    ],
)
def test_each_of_two_things_told_at_once_keeps_all_its_words(
    said: str, when: str, where: str
) -> None:
    talk = Talk().goes_on(TROUBLE, said)
    assert (talk.fact("when"), talk.fact("where")) == (when, where)


def test_a_number_too_short_that_comes_with_a_name_is_asked_for_again() -> None:
    talk = Talk().goes_on(TROUBLE).until("name")
    assert "ack.phone_digits" in talk.says("王建国，1583940")
    assert talk.fact("name") == "王建国"
    assert talk.asked == "phone"


def test_a_number_too_short_that_comes_alone_is_asked_for_again_after_the_name() -> None:
    talk = Talk().goes_on(TROUBLE).until("name")
    assert talk.says("1583940") == ["ack.phone_digits"]
    assert talk.asked == "name"
    talk.says("王建国")
    assert talk.asked == "phone"


def test_a_number_in_full_width_is_no_empty_message() -> None:
    talk = Talk().goes_on(TROUBLE).until("name")
    talk.says("１３６３９４０５５６６")
    assert talk.draft.facts["phone"].value == "13639405566"


@pytest.mark.parametrize("said", ["就我一个", "我自己", "就我一家"])
def test_who_says_only_how_many_has_not_said_what_was_done_before(said: str) -> None:
    talk = Talk(PETITION, TROUBLE + "，我们村里人都知道").until("earlier")
    assert _along(talk) == "people"
    talk.says(said)
    assert talk.draft.facts["people"].value == 1
    assert talk.asked == "earlier"


# ── few questions ────────────────────────────────────────────────────────────────────────────────

ONE_AT_A_TIME = {**ANSWERS, "narrative": TROUBLE}


def _one_fact_a_message(kind: MatterKind) -> Talk:
    """Somebody who answers every question with the first thing it asks for alone."""
    talk, asked = Talk(kind), 0
    while talk.asked:
        talk.says(ONE_AT_A_TIME[talk.asked])
        asked += 1
        assert asked < 20
    return talk


@pytest.mark.parametrize(("kind", "most"), [(MatterKind.CONSULTATION, 6), (PETITION, 7)])
def test_who_tells_one_fact_a_message_is_asked_few_questions(kind: MatterKind, most: int) -> None:
    talk = _one_fact_a_message(kind)
    assert len(talk.draft.asked) <= most


def test_what_there_was_no_room_for_is_named_at_the_review_and_can_be_told_there() -> None:
    talk = _one_fact_a_message(MatterKind.CONSULTATION)
    assert "phone" in [spec.id for spec in talk.rules.agenda.left_out(talk.draft)]
    assert talk.says("电话：13812345678") == ["ack.noted"]
    assert talk.fact("phone") == "13812345678"
    assert talk.draft.stage is Stage.REVIEW
    assert "phone" not in [spec.id for spec in talk.rules.agenda.left_out(talk.draft)]


@pytest.mark.parametrize(
    ("said", "fact", "text"),
    [
        ("证据有照片和录音", "evidence", "照片和录音"),
        ("证据材料：收据", "evidence", "收据"),
        ("13812345678", "phone", "13812345678"),
        ("手机号是13812345678", "phone", "13812345678"),
    ],
)
def test_a_fact_left_out_is_told_at_the_review_in_many_ways(
    said: str, fact: str, text: str
) -> None:
    talk = Talk(PETITION).goes_on(
        "有人把我家的出路堵了，说了好几次都不让", "邻居李大山", "柳河镇石桥村"
    )
    while talk.asked:
        talk.says(ANSWERS[talk.asked])
    assert fact not in talk.draft.facts
    talk.says(said, "correct")
    assert talk.fact(fact) == text


def test_who_tells_much_is_still_asked_for_evidence_and_a_number() -> None:
    talk = Talk(MatterKind.CONSULTATION, STORY)
    asked = []
    while talk.asked:
        asked.append(talk.asked)
        talk.says(ANSWERS[talk.asked])
    assert {"wanted", "evidence", "name", "phone"} <= set(asked)


@pytest.mark.parametrize(
    ("story", "asked"),
    [
        ("镇里修路占了我家三分地，补偿款到现在没给我", False),
        ("我们23个工友在工地干活，工钱一直没给", True),
        ("全村人都没水喝，找谁都不管", True),
    ],
)
def test_how_many_they_are_is_asked_only_where_there_may_be_others(story: str, asked: bool) -> None:
    talk = Talk(PETITION, story).until("earlier")
    told = "people" in talk.draft.facts
    assert (told or _along(talk) == "people") is asked


def test_an_open_question_that_was_taken_back_is_put_again() -> None:
    talk = _one_fact_a_message(MatterKind.CONSULTATION)
    last = talk.draft.asked[-1]
    talk.says("上一步", "go_back")
    assert talk.asked == last


# ── words that are read as nothing ───────────────────────────────────────────────────────────────


def test_an_answer_nobody_can_read_is_kept_the_second_time() -> None:
    talk = Talk().goes_on(TROUBLE, "在柳河镇石桥村")
    assert talk.asked == "when"
    assert talk.says("我嫁过来那会儿起") == ["reask.unclear"] or talk.fact("when")
    talk.says("打我嫁过来起")
    assert talk.fact("when")


# ── a wish in passing ────────────────────────────────────────────────────────────────────────────


def test_a_wish_told_in_passing_is_kept_and_asked_about_once_more() -> None:
    talk = Talk(MatterKind.CONSULTATION, "我想离婚，老公喝了酒就打我，孩子五岁了，在城关镇人民路住")
    assert talk.fact("wanted") == "我想离婚"
    while talk.asked != "wanted":
        assert talk.asked is not None
        talk.says("去年三月")
    talk.says("孩子归我，房子一人一半")
    assert talk.fact("wanted") == "我想离婚；孩子归我，房子一人一半"
    assert len(talk.draft.facts["wanted"].sources) == 2
    assert talk.asked != "wanted"


@pytest.mark.parametrize("said", ["就这些", "没有了", "不清楚", "没有", "跳过"])
def test_a_short_wish_may_stay_as_it_is(said: str) -> None:
    talk = Talk(MatterKind.CONSULTATION, "我想离婚，老公喝了酒就打我，孩子五岁了，在城关镇人民路住")
    while talk.asked != "wanted":
        assert talk.asked is not None
        talk.says("去年三月")
    talk.says(said)
    assert talk.asked != "wanted"
    assert talk.fact("wanted") == "我想离婚"


def test_a_whole_wish_is_not_asked_about_again() -> None:
    talk = Talk(MatterKind.CONSULTATION, STORY + "，我要求公司把三万五一次付清")
    assert "wanted" not in [spec.id for spec in talk.rules.agenda.missing(talk.draft)]


def test_taking_back_the_answer_brings_the_question_back() -> None:
    talk = Talk(MatterKind.CONSULTATION, "我想离婚，老公喝了酒就打我，孩子五岁了，在城关镇人民路住")
    while talk.asked != "wanted":
        talk.says("去年三月")
    talk.says("孩子归我，房子一人一半")
    talk.says("上一步", "go_back")
    assert talk.fact("wanted") == "我想离婚"
    assert talk.asked == "wanted"


# ── questions that are no answers ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "question",
    [
        "退一赔三是啥意思？",
        "诉求是什么",
        "要交钱吗？",
        "这个要多久？",
        "录音能当证据吗",
        "律师费怎么算？",
        "去哪里立案呢？",
    ],
)
def test_a_question_is_no_answer(question: str) -> None:
    talk = Talk().goes_on(STORY)
    assert talk.asked == "wanted"
    assert talk.says(question) == ["ack.aside"]
    assert talk.asked == "wanted"
    assert talk.fact("wanted") == ""


@pytest.mark.parametrize(
    "wish",
    [
        "能不能把工资要回来？",
        "我想让他赔我钱，行吗？",
        "可以帮我把房子要回来吗",
        "要钱",
        "赔我医药费，恢复名誉",
        "叫他们把什么都说清楚，再把钱退给我",
    ],
)
def test_a_wish_in_the_form_of_a_question_is_an_answer(wish: str) -> None:
    talk = Talk().goes_on(STORY)
    talk.says(wish)
    assert talk.fact("wanted") == wish


def test_what_is_said_twice_is_the_answer() -> None:
    talk = Talk().goes_on(STORY)
    talk.rules.take(talk.draft, Heard("m-again", "要交钱吗？", insists=True))
    assert talk.fact("wanted") == "要交钱吗？"


def test_every_form_that_asks_for_two_things_has_words_for_both() -> None:
    for topic in LOADED.topics.values():
        for spec in topic.facts:
            assert bool(spec.also) == bool(spec.both), spec.id
            assert not spec.enough or "{text}" in spec.more, spec.id
