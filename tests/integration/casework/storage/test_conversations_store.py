"""Conversations, whatever the database."""

from __future__ import annotations

import pytest

from casework.adapters.store import SqlStore
from casework.domain.conversation import Owner, RiskLevel
from casework.domain.errors import UnknownConversation
from casework.domain.messages import Button
from tests.fakes.clock import FakeClock


def test_a_sender_keeps_the_same_conversation(store: SqlStore, clock: FakeClock) -> None:
    with store() as work:
        first = work.conversations.find_or_create("widget", "visitor-1", clock.now())
        work.commit()
    with store() as work:
        again = work.conversations.find_or_create("widget", "visitor-1", clock.now())
        other = work.conversations.find_or_create("wechat", "visitor-1", clock.now())
    assert again == first
    assert other.id != first.id


def test_everything_about_a_conversation_comes_back_as_it_was_saved(
    store: SqlStore, clock: FakeClock
) -> None:
    with store() as work:
        conversation = work.conversations.find_or_create("widget", "访客 1", clock.now())
        conversation.owner = Owner.WAITING
        conversation.waiting_since = clock.advance(5)
        conversation.waiting_reason = "我要找律师"
        conversation.risk = RiskLevel.ORANGE
        conversation.risk_signals = ("活不下去",)
        conversation.consent_version = "2026-11"
        conversation.consent_at = clock.now()
        conversation.offered = (Button("找律师", "/person"),)
        conversation.notes = {"字": ["值", 1, None]}
        work.conversations.save(conversation)
        work.commit()
    with store.reading() as work:
        assert work.conversations.get(conversation.id) == conversation


def test_nothing_stays_without_a_commit(store: SqlStore, clock: FakeClock) -> None:
    with store() as work:
        lost = work.conversations.find_or_create("widget", "visitor", clock.now())
    with store.reading() as work, pytest.raises(UnknownConversation):
        work.conversations.get(lost.id)


def test_the_most_urgent_waits_first(store: SqlStore, clock: FakeClock) -> None:
    with store() as work:
        for sender, risk in (
            ("a", RiskLevel.NONE),
            ("b", RiskLevel.NONE),
            ("c", RiskLevel.ORANGE),
            ("d", RiskLevel.RED),
        ):
            conversation = work.conversations.find_or_create("widget", sender, clock.now())
            conversation.owner, conversation.risk = Owner.WAITING, risk
            conversation.waiting_since = clock.advance(60)
            work.conversations.save(conversation)
        work.commit()
    with store.reading() as work:
        assert [c.sender for c in work.conversations.waiting()] == ["d", "c", "a", "b"]


def test_a_unit_for_reading_cannot_be_committed(store: SqlStore) -> None:
    with store.reading() as work, pytest.raises(RuntimeError):
        work.commit()
