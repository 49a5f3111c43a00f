"""The queue: who waits for a person, in which order, and what they are told meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from casework.domain.conversation import Owner, RiskLevel
from casework.domain.errors import NotWaiting
from casework.domain.people import Staff
from casework.handover import Handover
from tests.integration.casework.conftest import Town, waits_for_a_person

SATURDAY = datetime(2026, 11, 28, 4, 0, tzinfo=UTC)  # 12:00 in China
LUNCH = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # Monday, 13:00
EVENING = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # Monday, 20:00


def test_asking_for_a_person_twice_keeps_the_place_and_one_message_asks_once(
    town: Town, handover: Handover
) -> None:
    receipt = town.write("转人工")
    first = handover.request(receipt.conversation_id, receipt.message_id, "asked")
    since = town.conversation(receipt.conversation_id).waiting_since
    town.clock.advance(90)
    assert handover.request(receipt.conversation_id, receipt.message_id, "asked") == first
    again = town.write("转人工！")
    (words,) = handover.request(again.conversation_id, again.message_id, "asked")
    assert words.text == town.texts.say("handover.already_waiting_next")
    assert town.conversation(receipt.conversation_id).waiting_since == since


def test_somebody_who_waits_is_told_how_many_are_before_them(
    town: Town, handover: Handover
) -> None:
    for number in range(2):
        waits_for_a_person(town, handover, sender=f"c{number}")
        town.clock.advance(1)
    receipt = town.write("转人工", sender="later")
    (words,) = handover.request(receipt.conversation_id, receipt.message_id, "asked")
    assert words.text == town.texts.say("handover.on_duty", ahead=2)


@pytest.mark.parametrize(
    ("moment", "when"),
    [(LUNCH, "今天14:30"), (EVENING, "明天（周二）09:00"), (SATURDAY, "11月30日（周一）09:00")],
)
def test_outside_duty_hours_somebody_learns_when_duty_begins_and_whom_to_call(
    town: Town, handover: Handover, moment: datetime, when: str
) -> None:
    town.clock.set(moment)
    receipt = town.write("转人工")
    (words,) = handover.request(receipt.conversation_id, receipt.message_id, "asked")
    assert when in words.text
    assert "12348" in words.text
    assert town.conversation(receipt.conversation_id).owner is Owner.WAITING


def test_those_in_danger_come_first_then_those_who_waited_longest(
    town: Town, handover: Handover, lawyer: Staff
) -> None:
    first = waits_for_a_person(town, handover, sender="先来")
    town.clock.advance(60)
    second = waits_for_a_person(town, handover, sender="后来")
    town.clock.advance(60)
    danger = town.write("我不想活了，电话13900001234", sender="危险")
    town.wait(danger)
    waiting = handover.waiting(lawyer)
    assert [w.conversation_id for w in waiting] == [danger.conversation_id, first, second]
    assert waiting[0].risk is RiskLevel.RED
    assert waiting[0].reason == town.texts.say("handover.reasons.risk")
    assert "13900001234" not in waiting[0].last_words
    assert "〔手机号〕" in waiting[0].last_words


def test_leaving_the_queue_gives_the_conversation_back_to_the_bot(
    town: Town, handover: Handover, lawyer: Staff
) -> None:
    conversation_id = waits_for_a_person(town, handover)
    (words,) = handover.leave_queue(conversation_id)
    assert words.text == town.texts.say("handover.left_queue")
    assert town.conversation(conversation_id).owner is Owner.BOT
    with pytest.raises(NotWaiting):
        handover.take(lawyer, conversation_id)
    (words,) = handover.leave_queue(conversation_id)
    assert words.text == town.texts.say("handover.not_in_queue")


def test_somebody_in_danger_stays_in_the_queue_until_a_person_has_looked(
    town: Town, handover: Handover, lawyer: Staff
) -> None:
    receipt = town.write("我不想活了")
    town.wait(receipt)
    (words,) = handover.leave_queue(receipt.conversation_id)
    assert words.text == town.texts.say("handover.stays_in_queue")
    assert town.conversation(receipt.conversation_id).owner is Owner.WAITING
    handover.confirm_risk(lawyer, receipt.conversation_id, RiskLevel.NONE)
    handover.leave_queue(receipt.conversation_id)
    assert town.conversation(receipt.conversation_id).owner is Owner.BOT
