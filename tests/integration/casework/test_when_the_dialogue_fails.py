"""A citizen is answered whatever happens to the dialogue server."""

from __future__ import annotations

import pytest

from casework.domain.conversation import Owner, RiskLevel
from casework.domain.errors import DialogueUnavailable
from casework.domain.messages import Button, MessageKind, Reply
from tests.integration.casework.conftest import Town


def test_one_failure_is_tried_again_and_not_noticed(town: Town) -> None:
    town.dialogue.failures = 1
    result = town.say("你好")
    assert [r.text for r in result.replies] == ["收到：你好"]
    assert result.owner is Owner.BOT


def test_after_two_failures_there_is_an_apology_and_a_person_is_called(town: Town) -> None:
    town.dialogue.failures = 2
    receipt = town.write("你好")
    result = town.wait(receipt)
    assert [r.text for r in result.replies] == [town.texts.say("turn.apology")]
    assert result.owner is Owner.WAITING
    found = town.conversation(receipt.conversation_id)
    assert found.waiting_reason == "bot_unavailable"
    assert found.waiting_since == town.clock.now()
    assert len(town.dialogue.asked) == 2


@pytest.mark.parametrize("silence", [[], [Reply("")], [Reply(" \u200b\n")]])
def test_saying_nothing_counts_as_a_failure(town: Town, silence: list[Reply]) -> None:
    town.dialogue.answering = lambda turn: silence
    result = town.say("你好")
    assert [r.text for r in result.replies] == [town.texts.say("turn.apology")]


@pytest.mark.parametrize(
    "error", [ValueError("坏"), RuntimeError(), OSError(), DialogueUnavailable()]
)
def test_no_error_of_the_adapter_reaches_the_citizen(town: Town, error: Exception) -> None:
    town.dialogue.error = error
    town.dialogue.failures = 2
    assert town.hear("你好") == [town.texts.say("turn.apology")]


def test_the_apology_is_not_repeated_word_for_word_and_the_place_in_the_queue_stays(
    town: Town,
) -> None:
    town.dialogue.failures = 4
    receipt = town.write("你好")
    town.wait(receipt)
    since = town.conversation(receipt.conversation_id).waiting_since
    town.clock.advance(60)
    assert town.hear("在吗") == [town.texts.say("turn.still_unavailable")]
    assert town.conversation(receipt.conversation_id).waiting_since == since


def test_the_bot_helps_on_while_the_citizen_waits(town: Town) -> None:
    town.dialogue.failures = 2
    town.say("你好")
    result = town.say("公司拖欠工资")
    assert [r.text for r in result.replies] == ["收到：公司拖欠工资"]
    assert result.owner is Owner.WAITING
    assert town.dialogue.asked[-1].metadata["owner"] == "waiting"


def test_the_buttons_offered_before_a_failure_still_count_after_it(town: Town) -> None:
    town.dialogue.offers("请选择", 咨询律师="/consultation")
    town.say("你好")
    town.dialogue.failures = 2
    assert town.say("随便").replies[0].labels == ("咨询律师",)
    town.say("1")
    assert town.dialogue.asked[-1].text == "/consultation"


def test_somebody_who_only_opened_the_chat_is_greeted_and_not_queued(town: Town) -> None:
    town.dialogue.failures = 2
    result = town.say("subscribe", kind=MessageKind.EVENT)
    assert [r.text for r in result.replies] == [town.texts.say("turn.welcome_plain")]
    assert result.owner is Owner.BOT


@pytest.mark.parametrize(("words", "level"), [("我不想活了", "red"), ("我害怕", "orange")])
def test_somebody_in_danger_hears_whom_to_call_even_without_the_dialogue(
    town: Town, words: str, level: str
) -> None:
    town.dialogue.failures = 9
    receipt = town.write(words)
    result = town.wait(receipt)
    assert [r.text for r in result.replies] == [town.texts.say(f"crisis.{level}.general")]
    assert "110" in result.replies[0].text
    assert result.owner is Owner.WAITING
    found = town.conversation(receipt.conversation_id)
    assert (found.risk, found.waiting_reason) == (RiskLevel(level), "risk")
    assert len(town.dialogue.asked) == 1  # nobody in danger waits for a second time-out


def test_a_person_is_called_for_danger_even_if_the_bot_forgets_to(town: Town) -> None:
    result = town.say("我不想活了")
    assert [r.text for r in result.replies] == ["收到：我不想活了"]
    assert result.owner is Owner.WAITING


def test_a_message_that_breaks_its_turn_is_answered_with_an_apology(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("张三的电话")

    monkeypatch.setattr(town.conversations._turn._hearing, "hear", broken)
    result = town.say("你好")
    assert [r.text for r in result.replies] == [town.texts.say("turn.apology")]
    assert result.owner is Owner.WAITING
    monkeypatch.undo()
    assert town.hear("还在吗") == ["收到：还在吗"]


def test_characters_nobody_can_read_are_taken_out_of_replies(town: Town) -> None:
    town.dialogue.answering = lambda turn: [Reply("好\ud800的\u200b", (Button("是", "/affirm"),))]
    assert town.hear("你好") == ["好的"]
