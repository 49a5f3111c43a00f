"""Who answers, and how that changes hands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from casework.domain import ownership
from casework.domain.conversation import Conversation, Owner, RiskLevel
from casework.domain.errors import AlreadyTaken, NotWaiting, NotYours
from casework.domain.messages import Button

NOW = datetime(2026, 11, 23, tzinfo=UTC)
LATER = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def conversation() -> Conversation:
    return Conversation("c", "widget", "s", NOW, NOW, offered=(Button("是", "/affirm"),))


def test_asking_twice_keeps_the_first_time(conversation: Conversation) -> None:
    assert ownership.ask_for_person(conversation, "asked", NOW)
    assert not ownership.ask_for_person(conversation, "bot_unavailable", LATER)
    assert (conversation.waiting_since, conversation.waiting_reason) == (NOW, "asked")


def test_danger_becomes_the_reason_of_one_who_waits(conversation: Conversation) -> None:
    ownership.ask_for_person(conversation, "asked", NOW)
    ownership.ask_for_person(conversation, "risk", LATER)
    assert (conversation.waiting_since, conversation.waiting_reason) == (NOW, "risk")


def test_nobody_can_take_what_does_not_wait_or_is_taken(conversation: Conversation) -> None:
    with pytest.raises(NotWaiting):
        ownership.take(conversation, "li")
    ownership.ask_for_person(conversation, "asked", NOW)
    assert ownership.take(conversation, "li")
    assert not ownership.take(conversation, "li")
    with pytest.raises(AlreadyTaken):
        ownership.take(conversation, "wang")
    assert not ownership.ask_for_person(conversation, "asked", LATER)
    assert (conversation.owner, conversation.staff_id) == (Owner.HUMAN, "li")
    ownership.require_owner(conversation, "li")
    with pytest.raises(NotYours):
        ownership.require_owner(conversation, "wang")


def test_buttons_of_the_bot_end_with_its_turn(conversation: Conversation) -> None:
    ownership.ask_for_person(conversation, "asked", NOW)
    ownership.take(conversation, "li")
    assert conversation.offered == ()


def test_giving_back_leaves_nothing_behind(conversation: Conversation) -> None:
    ownership.ask_for_person(conversation, "asked", NOW)
    ownership.take(conversation, "li")
    ownership.give_back(conversation)
    assert (conversation.owner, conversation.staff_id) == (Owner.BOT, None)
    assert (conversation.waiting_since, conversation.waiting_reason) == (None, None)


def test_a_level_rises_and_never_falls_by_itself(conversation: Conversation) -> None:
    assert ownership.raise_risk(conversation, RiskLevel.ORANGE, ["a"])
    assert not ownership.raise_risk(conversation, RiskLevel.YELLOW, ["b", "a"])
    assert not ownership.raise_risk(conversation, RiskLevel.NONE, ["c"])
    assert (conversation.risk, conversation.risk_signals) == (RiskLevel.ORANGE, ("a", "b"))


def test_a_higher_level_has_to_be_confirmed_anew(conversation: Conversation) -> None:
    ownership.raise_risk(conversation, RiskLevel.ORANGE, ["a"])
    conversation.risk_confirmed_by = "li"
    ownership.raise_risk(conversation, RiskLevel.ORANGE, ["a"])
    assert conversation.risk_confirmed_by == "li"
    ownership.raise_risk(conversation, RiskLevel.RED, ["b"])
    assert conversation.risk_confirmed_by is None
