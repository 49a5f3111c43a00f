"""Whoever has only begun to say something hears one short line, and is not guessed at."""

from __future__ import annotations

import pytest

from casework.domain.conversation import Owner, RiskLevel
from casework.domain.draft import Draft, Stage
from casework.domain.matter import MatterKind
from tests.integration.casework.conftest import Town


def with_a_draft(town: Town, conversation_id: str) -> None:
    now = town.clock.now()
    draft = Draft("d1", conversation_id, MatterKind.CONSULTATION, now, now, Stage.COLLECTING)
    draft.asking = "narrative"
    with town.store() as work:
        work.drafts.save(draft)
        work.commit()


@pytest.mark.parametrize("text", ["我想问一下", "你好，我想问个事", "事情是这样的", "老板欠我工资，", "我在工地干活，然后"])  # fmt: skip
def test_a_beginning_is_let_go_on_without_the_dialogue(town: Town, text: str) -> None:
    assert town.hear(text) == [town.texts.say("turn.go_on")]
    assert town.dialogue.asked == []


def test_what_was_offered_still_stands(town: Town) -> None:
    town.dialogue.offers("请选择", 咨询律师="/consultation")
    town.say("你好")
    assert town.say("我想问一下").replies[0].labels == ("咨询律师",)
    town.say("咨询律师")
    assert town.dialogue.asked[-1].text == "/consultation"


def test_a_label_that_sounds_like_a_beginning_is_pressed(town: Town) -> None:
    town.dialogue.offers("请选择", 我想问一下="/menu")
    town.say("你好")
    town.say("我想问一下")
    assert town.dialogue.asked[-1].text == "/menu"


def test_in_an_intake_an_opener_answers_nothing_but_what_breaks_off_is_taken(town: Town) -> None:
    receipt = town.write("你好")
    town.wait(receipt)
    with_a_draft(town, receipt.conversation_id)
    assert town.hear("事情是这样的") == [town.texts.say("turn.go_on")]
    assert town.hear("老板欠我工资，") == ["收到：老板欠我工资，"]


def test_danger_is_answered_even_where_it_breaks_off(town: Town) -> None:
    receipt = town.write("我害怕，")
    assert [r.text for r in town.wait(receipt).replies] == ["收到：我害怕，"]
    assert town.conversation(receipt.conversation_id).risk is RiskLevel.ORANGE
    assert town.conversation(receipt.conversation_id).owner is Owner.WAITING


def test_a_person_on_duty_is_not_spoken_over(town: Town) -> None:
    receipt = town.write("你好")
    town.wait(receipt)
    with town.store() as work:
        conversation = work.conversations.get(receipt.conversation_id)
        conversation.owner = Owner.HUMAN
        work.conversations.save(conversation)
        work.commit()
    assert town.hear("我想问一下") == []
