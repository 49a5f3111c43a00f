"""A question sent in pieces: each piece is read with what it belongs to."""

from __future__ import annotations

import asyncio

import pytest

from casework.domain.conversation import Owner
from casework.domain.messages import Author
from tests.integration.actions.conftest import Answered, Desk, FakeGuidance, call_of

WAGES = "老板拖欠我三个月工资怎么办"


def ask(desk: Desk, text: str) -> Answered:
    """The action that answers questions, called for this message."""
    turn = call_of("question", "action_answer_question")
    (answered,) = asyncio.run(desk.turn({**turn, "says": text}))
    with desk.casework.store() as work:
        now = desk.casework.clock.now()
        work.transcript.append(desk.conversation_id, Author.BOT, answered.text, now)
        work.commit()
    return answered


@pytest.fixture
def answered_once(desk: Desk, guidance: FakeGuidance) -> Desk:
    assert ask(desk, WAGES).text == "可以申请劳动仲裁。"
    return desk


def test_a_piece_gets_neither_the_same_answer_again_nor_no_answer(
    answered_once: Desk, guidance: FakeGuidance
) -> None:
    guidance.outcomes = {"一共两万多": "no_match"}
    said = ask(answered_once, "一共两万多")
    assert said.text == answered_once.casework.texts.say("question.go_on")
    assert guidance.asked[-1][0] == f"{WAGES}，一共两万多"
    labels = [button["title"] for button in said.wire[0]["buttons"]]
    assert answered_once.casework.texts.say("question.button.consultation") in labels


def test_a_piece_that_makes_sense_of_what_stood_before_is_answered(
    desk: Desk, guidance: FakeGuidance
) -> None:
    guidance.outcomes = {"老板跑了": "no_match", "工资没给": "no_match"}
    assert ask(desk, "老板跑了").text.startswith("（no_match）")
    assert ask(desk, "工资没给").text == "可以申请劳动仲裁。"
    assert guidance.asked[-1][0] == "老板跑了，工资没给"


def test_a_question_that_broke_off_is_read_as_a_whole(desk: Desk, guidance: FakeGuidance) -> None:
    desk.write("老板拖欠我三个月工资，")
    ask(desk, "我该怎么办")
    assert [words for words, _ in guidance.asked] == ["老板拖欠我三个月工资，我该怎么办"]


@pytest.mark.parametrize("text", ["离婚要多久", "今天天气怎么样", "村里修路占了我家三分地说好给补偿到现在一分钱没给"])  # fmt: skip
def test_what_stands_alone_is_read_alone(
    answered_once: Desk, guidance: FakeGuidance, text: str
) -> None:
    guidance.outcome = "no_match"
    assert ask(answered_once, text).text.startswith("（no_match）")
    assert guidance.asked[-1][0] == text


def test_after_a_while_nothing_is_a_piece_any_more(
    answered_once: Desk, guidance: FakeGuidance, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = answered_once.casework.clock.now()
    monkeypatch.setattr(
        type(answered_once.casework.clock), "now", lambda _: later.replace(year=later.year + 1)
    )
    guidance.outcome = "no_match"
    assert ask(answered_once, "一共两万多").text.startswith("（no_match）")


def test_who_waits_for_a_person_is_told_that_it_is_noted(
    answered_once: Desk, guidance: FakeGuidance
) -> None:
    with answered_once.casework.store() as work:
        conversation = work.conversations.get(answered_once.conversation_id)
        conversation.owner = Owner.WAITING
        work.conversations.save(conversation)
        work.commit()
    guidance.outcomes = {"一共两万多": "no_match"}
    assert ask(answered_once, "一共两万多").text == answered_once.casework.texts.say(
        "handover.noted"
    )


def test_danger_in_the_whole_is_heard(answered_once: Desk, guidance: FakeGuidance) -> None:
    guidance.outcomes = {"不想再这样了": "no_match", f"{WAGES}，不想再这样了": "crisis"}
    ask(answered_once, "不想再这样了")
    with answered_once.casework.store.reading() as work:
        conversation = work.conversations.get(answered_once.conversation_id)
    assert conversation.owner is Owner.WAITING
