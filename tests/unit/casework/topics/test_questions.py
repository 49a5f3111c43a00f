"""Which questions a story gets, and in which order."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.domain.topics.legal_topic import LegalTopic
from casework.domain.topics.questions import Question, questions
from casework.domain.topics.reading import read
from casework.domain.topics.recognising import Recognised, recognise
from casework.domain.topics.story import Story
from casework.intakes import topics as shipping

SHIPPED = shipping.load()
STORIES = yaml.safe_load((Path(__file__).parent / "stories.yml").read_text(encoding="utf-8"))


def _fact(fact_id: str, **more: Any) -> dict[str, Any]:
    return {
        "id": fact_id,
        "label": fact_id,
        "priority": "evidence",
        "ask": f"{fact_id}是怎么回事？",
        "why": "要知道。",
        **more,
    }


def _topic(*facts: dict[str, Any], **more: Any) -> LegalTopic:
    signs = [{"match": "借条", "weight": 3}]
    return read({"id": "t", "title": "题", "version": "1", "signs": signs, "facts": facts, **more})


def _asked(text: str, topic: LegalTopic, *common: LegalTopic) -> list[Question]:
    return questions([Recognised(topic, 3.0)], common, Story(text), 30)


def _texts(text: str, *facts: dict[str, Any]) -> list[str]:
    return [question.text for question in _asked(text, _topic(*facts))]


def test_a_fact_that_was_told_is_asked_about_closer_and_in_the_citizens_words() -> None:
    fact = _fact("note", told="借条", then="您说“{said}”：原件在您手里吗？")
    assert _texts("他给我写了一张借条，我收着", fact) == [
        "您说“他给我写了一张借条”：原件在您手里吗？"
    ]
    assert _texts("他什么都没写", fact) == ["note是怎么回事？"]


def test_a_day_that_only_starts_a_clock_is_not_asked_for_once_it_was_told() -> None:
    day = _fact("day", kind="date", chat=False, told="收到", then="您说“{said}”：哪天收到的？")
    assert _texts("有借条，2026年11月2日收到通知", day) == []
    assert _texts("有借条，上个月收到通知", day) == ["您说“有借条，上个月收到通知”：哪天收到的？"]
    asked = _fact("day", kind="date", told="收到", then="您说“{said}”：谁签收的？")
    assert _texts("有借条，2026年11月2日收到通知", asked) == [
        "您说“2026年11月2日收到通知”：谁签收的？"
    ]


def test_a_condition_may_want_something_else_in_the_story_that_is_not_quoted() -> None:
    place = _fact("place", when="健身房", also="摔|伤", full="您说“{said}”：谁在管理？")
    assert _texts("我在健身房办了卡，借条丢了", place) == []
    assert _texts("我在健身房锻炼，后来摔了，有借条", place) == ["您说“我在健身房锻炼”：谁在管理？"]


def test_a_condition_opens_and_closes_a_question() -> None:
    fact = _fact("child", when="孩子|儿子", unless="成年")
    assert _texts("我有个儿子", fact)
    assert not _texts("我们没有生养", fact)
    assert not _texts("儿子成年了", fact)


def test_a_question_may_depend_on_what_was_said_about_another_fact() -> None:
    facts = (_fact("contract", told="(?:没|没有)签"), _fact("double", given={"contract": "没"}))
    assert "double是怎么回事？" in _texts("单位没签合同", *facts)
    assert "double是怎么回事？" not in _texts("单位欠钱", *facts)


def test_several_places_are_quoted_in_one_question() -> None:
    fact = _fact("sum", when="转(?:了|账)", each=2, full="您说“{said}”：凭证呢？")
    asked = _texts("三月我转了五千给他，四月又给他转账八千，五月再转了一次给他", fact)
    assert asked == ["您说“三月我转了五千给他”、“四月又给他转账八千”：凭证呢？"]


def test_what_is_decisive_comes_first_and_what_is_urgent_before_it() -> None:
    facts = (
        _fact("complete", priority="completeness"),
        _fact("proof"),
        _fact("decides", priority="decisive"),
        _fact("hurry", urgent="监控"),
    )
    order = [q.wanted.id for q in _asked("监控要被覆盖了", _topic(*facts))]
    assert order == ["hurry", "decides", "proof", "complete"]


def test_a_topics_own_question_makes_a_common_one_needless() -> None:
    common = _topic(_fact("doc_note", when="借条", ask="字据在吗？"), id="c")
    covering = _topic(_fact("note", covers=["doc_note"], ask="借条原件在谁手里？"))
    plain = _topic(_fact("note", ask="借条原件在谁手里？"))
    assert "c.doc_note" not in [q.id for q in _asked("有借条", covering, common)]
    assert "c.doc_note" in [q.id for q in _asked("有借条", plain, common)]


def test_two_questions_that_ask_the_same_are_asked_once() -> None:
    facts = (
        _fact("one", ask="对方的身份证号、住址和电话您知道吗？"),
        _fact("two", ask="对方的身份证号、住址和电话您都知道吗？"),
    )
    assert len(_texts("有借条", *facts)) == 1


@pytest.mark.parametrize(
    ("text", "topic_id"),
    [(story, topic_id) for topic_id, stories in STORIES.items() for story in stories],
)
def test_a_story_in_own_words_is_recognised(text: str, topic_id: str) -> None:
    found = recognise(SHIPPED.topics, Story(text))
    assert topic_id in [one.topic.id for one in found[:2]], [(o.topic.id, o.points) for o in found]


def test_a_sign_may_need_another_word_beside_it() -> None:
    signs = [{"match": "欺负", "also": "小学", "weight": 3}]
    topic = _topic(_fact("a"), signs=signs)
    assert recognise([topic], Story("在小学里有人欺负他"))
    assert not recognise([topic], Story("单位里有人欺负他"))


def test_what_is_said_at_the_end_of_a_long_story_speaks_louder() -> None:
    topic = _topic(_fact("a"), signs=[{"match": "借条", "weight": 4}])
    filler = "说来话长，" * 60
    (early,) = recognise([topic], Story("他写了借条，" + filler))
    (late,) = recognise([topic], Story(filler + "他写了借条"))
    assert late.points > early.points


def test_a_topic_hardly_recognised_asks_first_about_what_was_mentioned() -> None:
    own = _fact("own", priority="decisive")
    common = _topic(_fact("doc", when="字据", ask="字据在谁手里？"), id="c")
    topic = _topic(own)
    story = Story("有个字据")
    unsure = questions([Recognised(topic, 3.0)], [common], story, 9)
    sure = questions([Recognised(topic, 12.0)], [common], story, 9)
    assert [q.wanted.id for q in unsure] == ["doc", "own"]
    assert [q.wanted.id for q in sure] == ["own", "doc"]


def test_nothing_is_recognised_where_nothing_was_said() -> None:
    for text in ("", "你好", "？？？", "在吗在吗", "谢谢"):
        assert recognise(SHIPPED.topics, Story(text)) == []


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet='我他借钱条签了合同没不说打离婚工资车撞房孩子{}“”"，。0123456789年月日\n ',
        max_size=400,
    )
)
def test_any_story_gets_well_formed_questions(text: str) -> None:
    story = Story(text)
    asked = questions(recognise(SHIPPED.topics, story), SHIPPED.common, story, 30)
    assert len({question.id for question in asked}) == len(asked) <= 30
    for question in asked:
        assert question.text.endswith(("？", "。"))
        assert not re.search(r"\{(?:said|word)\}", question.text)
