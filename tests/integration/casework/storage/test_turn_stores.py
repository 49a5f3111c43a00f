"""Inbox, leases and effects: what one turn rests on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.adapters.inbox import UnknownMessage
from casework.adapters.store import SqlStore
from casework.domain.messages import Author, Inbound, MessageKind
from tests.fakes.clock import FakeClock
from tests.integration.casework.storage.steps import at_once, open_conversation


def inbound(clock: FakeClock, key: str = "k1", text: str = "你好") -> Inbound:
    return Inbound("widget", "visitor", key, MessageKind.TEXT, text, clock.now())


# ── inbox ────────────────────────────────────────────────────────────────────────────────────────


def test_a_message_delivered_three_times_at_once_is_stored_once(
    store: SqlStore, clock: FakeClock
) -> None:
    seen: list[tuple[str, bool]] = []

    def deliver(_: int) -> None:
        with store() as work:
            conversation = work.conversations.find_or_create("widget", "visitor", clock.now())
            message, is_new = work.inbox.add(inbound(clock), conversation.id)
            if is_new:
                work.transcript.append(conversation.id, Author.CITIZEN, "你好", clock.now())
            work.commit()
        seen.append((message.id, is_new))

    at_once(3, deliver)
    assert len({message_id for message_id, _ in seen}) == 1
    assert sorted(is_new for _, is_new in seen) == [False, False, True]
    with store.reading() as work:
        conversation_id = work.inbox.get(seen[0][0]).conversation_id
        assert len(work.transcript.since(conversation_id, 0)) == 1


def test_the_same_key_on_another_channel_is_another_message(
    store: SqlStore, clock: FakeClock
) -> None:
    conversation_id = open_conversation(store, clock)
    with store() as work:
        first, _ = work.inbox.add(inbound(clock), conversation_id)
        other = Inbound("wechat", "visitor", "k1", MessageKind.TEXT, "你好", clock.now())
        second, is_new = work.inbox.add(other, conversation_id)
    assert is_new
    assert first.id != second.id


def test_messages_are_taken_in_the_order_they_arrived(store: SqlStore, clock: FakeClock) -> None:
    conversation_id = open_conversation(store, clock)
    with store() as work:
        for number in range(5):  # all at the same moment of the clock
            work.inbox.add(inbound(clock, key=f"k{number}", text=str(number)), conversation_id)
        work.commit()
    order = []
    with store() as work:
        while (message := work.inbox.next_pending(conversation_id)) is not None:
            order.append(message.text)
            work.inbox.mark_done(message.id, clock.now())
        assert work.inbox.get(message_id_of(work, conversation_id, "k0", clock)).done
    assert order == ["0", "1", "2", "3", "4"]


def test_bound_messages_are_one_turn_and_each_stays_as_it_was_sent(
    store: SqlStore, clock: FakeClock
) -> None:
    conversation_id = open_conversation(store, clock)
    with store() as work:
        sent = [
            work.inbox.add(inbound(clock, key=str(n), text=text), conversation_id)[0]
            for n, text in enumerate(["老板跑了", "三个月没给钱", " 老板跑了", "另一件事"])
        ]
        ids = [message.id for message in sent]
        assert [m.id for m in work.inbox.waiting(conversation_id, 3)] == ids[:3]
        work.inbox.bind(ids[:2], ids[2])
        work.commit()
    with store() as work:
        turn = work.inbox.next_pending(conversation_id)
        assert turn is not None
        assert (turn.id, turn.text) == (ids[2], "老板跑了\n三个月没给钱")
        assert [part.id for part in turn.messages] == ids[:3]
        assert work.inbox.turn(ids[2]) == turn
        assert work.inbox.get(ids[2]).text == " 老板跑了"
        assert work.inbox.turn(ids[0]).text == "老板跑了"  # by itself it is what was sent
        work.inbox.mark_done(turn.id, clock.now())
        assert [work.inbox.get(each).done for each in ids] == [True, True, True, False]
        rest = work.inbox.next_pending(conversation_id)
        assert rest is not None
        assert rest.messages == (rest,)


def test_a_message_that_is_done_is_not_bound_any_more(store: SqlStore, clock: FakeClock) -> None:
    conversation_id = open_conversation(store, clock)
    with store() as work:
        first, _ = work.inbox.add(inbound(clock, key="1", text="一"), conversation_id)
        second, _ = work.inbox.add(inbound(clock, key="2", text="二"), conversation_id)
        work.inbox.mark_done(first.id, clock.now())
        work.inbox.bind([first.id], second.id)
        assert work.inbox.turn(second.id).text == "二"
        with pytest.raises(UnknownMessage):
            work.inbox.turn("nowhere")


def message_id_of(work, conversation_id: str, key: str, clock: FakeClock) -> str:
    stored, is_new = work.inbox.add(inbound(clock, key=key), conversation_id)
    assert not is_new
    return stored.id


def test_attempts_at_a_message_are_counted(store: SqlStore, clock: FakeClock) -> None:
    conversation_id = open_conversation(store, clock)
    with store() as work:
        message, _ = work.inbox.add(inbound(clock), conversation_id)
        assert [work.inbox.count_attempt(message.id) for _ in range(3)] == [1, 2, 3]
        assert work.inbox.get(message.id).attempts == 3


def test_a_message_is_stranded_when_it_is_old_and_nobody_holds_its_turn(
    store: SqlStore, clock: FakeClock
) -> None:
    left, held, done, fresh = (open_conversation(store, clock, name) for name in "abcd")
    with store() as work:
        for conversation_id in (left, held, done):
            message, _ = work.inbox.add(inbound(clock, key=conversation_id), conversation_id)
        work.inbox.mark_done(message.id, clock.now())
        work.leases.acquire(f"turn:{held}", "living", clock.now(), 60)
        work.leases.acquire(f"turn:{left}", "dead", clock.now(), 5)
        clock.advance(30)
        work.inbox.add(inbound(clock, key="new"), fresh)
        work.commit()
    before = clock.now() - timedelta(seconds=10)
    with store.reading() as work:
        assert work.inbox.stranded(before, clock.now(), 10) == [left]
        assert work.inbox.stranded(before, clock.advance(60), 10) == [left, held]
        assert work.inbox.stranded(before, clock.now(), 1) == [left]


# ── leases ───────────────────────────────────────────────────────────────────────────────────────


def test_of_many_that_want_a_lease_one_gets_it(store: SqlStore, clock: FakeClock) -> None:
    got: list[int] = []

    def take(number: int) -> None:
        with store() as work:
            if work.leases.acquire("turn:1", str(number), clock.now(), 30):
                got.append(number)
            work.commit()

    at_once(6, take)
    assert len(got) == 1


def test_a_lease_whose_holder_died_is_taken_over_when_it_expires(
    store: SqlStore, clock: FakeClock
) -> None:
    with store() as work:
        assert work.leases.acquire("turn:1", "dead", clock.now(), 30)
        work.commit()
    clock.advance(29)
    with store() as work:
        assert not work.leases.acquire("turn:1", "heir", clock.now(), 30)
        assert work.leases.holder("turn:1", clock.now()) == "dead"
    clock.advance(1)
    with store() as work:
        assert work.leases.holder("turn:1", clock.now()) is None
        assert work.leases.acquire("turn:1", "heir", clock.now(), 30)
        work.commit()
    with store() as work:  # the dead one comes back: it has nothing to give up any more
        work.leases.release("turn:1", "dead")
        assert not work.leases.acquire("turn:1", "dead", clock.now(), 30)
        assert work.leases.holder("turn:1", clock.now()) == "heir"


def test_a_holder_extends_its_own_lease_and_gives_it_back(
    store: SqlStore, clock: FakeClock
) -> None:
    with store() as work:
        assert work.leases.acquire("turn:1", "me", clock.now(), 30)
        assert work.leases.acquire("turn:1", "me", clock.advance(20), 30)
        assert work.leases.holder("turn:1", clock.advance(20)) == "me"
        work.leases.release("turn:1", "me")
        assert work.leases.acquire("turn:1", "you", clock.now(), 30)


# ── effects ──────────────────────────────────────────────────────────────────────────────────────


def test_a_turn_run_twice_at_once_has_its_effect_once(store: SqlStore, clock: FakeClock) -> None:
    conversation_id = open_conversation(store, clock)
    done: list[dict[str, int]] = []

    def act(number: int) -> None:
        with store() as work:
            found = work.effects.get("m1", "submit")
            if found is None:
                work.transcript.append(conversation_id, Author.NOTICE, "已提交", clock.now())
                found = {"by": number}
                work.effects.put("m1", "submit", found, clock.now())
            work.commit()
        done.append(found)

    at_once(4, act)
    assert all(result == done[0] for result in done)
    with store.reading() as work:
        assert len(work.transcript.since(conversation_id, 0)) == 1
        assert work.effects.get("m1", "other") is None


def test_an_effect_written_down_stays_as_it_was(store: SqlStore, clock: FakeClock) -> None:
    with store() as work:
        work.effects.put("m1", "a", {"n": 1}, clock.now())
        work.effects.put("m1", "a", {"n": 2}, clock.now())
        assert work.effects.get("m1", "a") == {"n": 1}
