"""A question with figures: they are worked out and said first, then what the guidance answers."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from casework.domain.conversation import RiskLevel
from tests.integration.actions.conftest import Answered, Desk, FakeGuidance, call_of

QUESTION = "我工资6000干了3年半被辞退能赔多少"


def asked(desk: Desk, words: str) -> Answered:
    """The recorded call for a legal question, with other words said."""
    turn: dict[str, Any] = call_of("question", "action_answer_question")
    (answer,) = asyncio.run(desk.turn({**turn, "says": words}))
    return answer


def labels(answer: Answered) -> list[str]:
    return [b["payload"] for response in answer.wire for b in response["buttons"]]


def test_the_figures_come_first_and_the_entry_after_them(
    desk: Desk, guidance: FakeGuidance
) -> None:
    answer = asked(desk, QUESTION)
    figures, entry = (reply.text for reply in answer.replies)
    assert "24,000 元" in figures
    assert "48,000 元" in figures
    assert "《劳动合同法》第四十六条、第四十七条" in figures
    assert entry == "可以申请劳动仲裁。"
    assert guidance.asked[0][0] == QUESTION
    assert labels(answer) == ["/petition", "/consultation", "/person"]


def test_what_the_citizen_told_passes_the_dialogue_server_as_a_reference(desk: Desk) -> None:
    wire = json.dumps(asked(desk, QUESTION).wire, ensure_ascii=False)
    assert "6,000" not in wire
    assert "24,000" not in wire


@pytest.mark.parametrize("outcome", ["no_match", "out_of_scope"])
def test_figures_stand_alone_where_the_guidance_has_nothing(
    desk: Desk, guidance: FakeGuidance, outcome: str
) -> None:
    guidance.outcome = outcome  # type: ignore[assignment]
    answer = asked(desk, "借了10万月息2分合法吗")
    (figures,) = answer.replies
    assert "超过了 12%" in figures.text
    assert labels(answer) == ["/consultation", "/petition", "/person"]


def test_several_readings_are_offered_after_the_figures(desk: Desk, guidance: FakeGuidance) -> None:
    guidance.outcome = "choices"
    answer = asked(desk, "起诉要20万诉讼费多少")
    assert "4,300 元" in answer.replies[0].text
    assert "“拖欠工资怎么办”" in answer.replies[1].text


def test_that_the_retriever_is_down_is_said_beside_the_figures(
    desk: Desk, guidance: FakeGuidance
) -> None:
    guidance.outcome = "unavailable"
    answer = asked(desk, "起诉要20万诉讼费多少")
    assert [reply.text[:4] for reply in answer.replies] == ["【诉讼费", "（una"]


def test_a_missing_figure_is_named_in_one_sentence(desk: Desk) -> None:
    question, entry = (reply.text for reply in asked(desk, "被辞退了，工资5000，能赔多少").replies)
    assert "干了多久" in question
    assert "\n" not in question
    assert entry == "可以申请劳动仲裁。"


def test_a_question_without_figures_is_answered_by_the_guidance_alone(desk: Desk) -> None:
    assert [reply.text for reply in asked(desk, "被辞退了能赔多少").replies] == [
        "可以申请劳动仲裁。"
    ]


def test_a_cry_for_help_gets_help_and_no_figures(desk: Desk, guidance: FakeGuidance) -> None:
    guidance.outcome = "crisis"
    answer = asked(desk, QUESTION)
    assert "110" in answer.text
    assert "24,000" not in answer.text


def test_nobody_waiting_in_danger_is_shown_figures(desk: Desk) -> None:
    message_id = desk.write("我不想活了")
    with desk.casework.store() as work:
        conversation = work.conversations.get(desk.conversation_id)
        conversation.risk = RiskLevel.RED
        work.conversations.save(conversation)
        work.commit()
    assert message_id
    assert "24,000" not in asked(desk, QUESTION).text
