"""What is promised to others: claimed, delivered, tried again, given up."""

from __future__ import annotations

from datetime import timedelta

from casework.adapters.store import SqlStore
from tests.fakes.clock import FakeClock
from tests.integration.casework.storage.steps import at_once


def promise(store: SqlStore, clock: FakeClock, *keys: str, **more) -> None:
    with store() as work:
        for key in keys:
            work.outbox.add("push", "wechat", key, {"n": key}, clock.now(), **more)
        work.commit()


def claim(store: SqlStore, clock: FakeClock, holder: str = "w", limit: int = 10) -> list[str]:
    with store() as work:
        items = work.outbox.claim_due(clock.now(), holder, 60, limit)
        work.commit()
    return [item.key for item in items]


def test_a_key_is_promised_once(store: SqlStore, clock: FakeClock) -> None:
    with store() as work:
        assert work.outbox.add("push", "wechat", "k", {"n": 1}, clock.now())
        assert not work.outbox.add("push", "wechat", "k", {"n": 2}, clock.now())
        assert work.outbox.add("matter", "http", "k", {"n": 3}, clock.now())
        items = work.outbox.claim_due(clock.now(), "w", 60, 10)
    assert [(item.target, item.payload) for item in items] == [
        ("wechat", {"n": 1}),
        ("http", {"n": 3}),
    ]


def test_two_workers_never_get_the_same_item(store: SqlStore, clock: FakeClock) -> None:
    promise(store, clock, *(f"k{n:02d}" for n in range(40)))
    claimed: list[str] = []

    def work_off(number: int) -> None:
        while keys := claim(store, clock, f"w{number}", limit=3):
            claimed.extend(keys)

    at_once(4, work_off)
    assert sorted(claimed) == [f"k{n:02d}" for n in range(40)]


def test_a_worker_does_not_wait_for_what_another_is_claiming(
    postgres_store: SqlStore, clock: FakeClock
) -> None:
    promise(postgres_store, clock, "a", "b", "c")
    with postgres_store() as slow:
        taken = slow.outbox.claim_due(clock.now(), "slow", 60, 2)
        assert claim(postgres_store, clock, "quick") == ["c"]
        slow.commit()
    assert [item.key for item in taken] == ["a", "b"]


def test_what_a_dead_worker_had_claimed_is_due_again(store: SqlStore, clock: FakeClock) -> None:
    promise(store, clock, "a")
    assert claim(store, clock, "dead") == ["a"]
    clock.advance(59)
    assert claim(store, clock, "heir") == []
    clock.advance(1)
    with store() as work:
        (item,) = work.outbox.claim_due(clock.now(), "heir", 60, 10)
        work.commit()
    assert item.attempts == 2


def test_nothing_is_claimed_before_it_is_due(store: SqlStore, clock: FakeClock) -> None:
    promise(store, clock, "later", due_at=clock.now() + timedelta(seconds=5))
    assert claim(store, clock) == []
    clock.advance(5)
    assert claim(store, clock) == ["later"]


def test_the_pushes_for_a_message_can_be_taken_before_they_are_due(
    store: SqlStore, clock: FakeClock
) -> None:
    later = clock.now() + timedelta(seconds=5)
    promise(store, clock, "mine", due_at=later, message_id="m1")
    promise(store, clock, "other", due_at=later, message_id="m2")
    with store() as work:
        items = work.outbox.claim_for_message("m1", clock.now(), "web", 10)
        assert work.outbox.claim_for_message("m1", clock.now(), "again", 10) == []
        work.outbox.delivered(items[0].id, clock.now())
        work.commit()
    assert [item.key for item in items] == ["mine"]
    clock.advance(60)
    assert claim(store, clock) == ["other"]


def test_hastened_pushes_are_due_at_once(store: SqlStore, clock: FakeClock) -> None:
    promise(store, clock, "a", due_at=clock.now() + timedelta(seconds=5), message_id="m1")
    with store() as work:
        work.outbox.hasten("m1", clock.now())
        work.commit()
    assert claim(store, clock) == ["a"]


def test_an_item_goes_through_retry_death_and_revival(store: SqlStore, clock: FakeClock) -> None:
    promise(store, clock, "a")
    with store() as work:
        (item,) = work.outbox.claim_due(clock.now(), "w", 60, 10)
        assert (item.attempts, item.state) == (1, "pending")
        work.outbox.retry(item.id, clock.now() + timedelta(minutes=1), "timeout")
        work.commit()
    assert claim(store, clock) == []
    clock.advance(minutes=1)
    with store() as work:
        (item,) = work.outbox.claim_due(clock.now(), "w", 60, 10)
        assert (item.attempts, item.last_error) == (2, "timeout")
        work.outbox.dead(item.id, "400: 不受理" * 200, clock.now())
        work.commit()
    with store() as work:
        (letter,) = work.outbox.dead_letters()
        assert letter.last_error.startswith("400: 不受理")
        assert len(letter.last_error) == 500
        assert work.outbox.counts() == {"pending": 0, "delivered": 0, "dead": 1}
        work.outbox.revive(letter.id, clock.now())
        (again,) = work.outbox.claim_due(clock.now(), "w", 60, 10)
        assert again.attempts == 1
        work.outbox.delivered(again.id, clock.now())
        work.outbox.revive(again.id, clock.now())  # what was delivered is not sent again
        assert work.outbox.counts() == {"pending": 0, "delivered": 1, "dead": 0}


def test_the_deliveries_of_a_matter_can_be_seen(store: SqlStore, add_matter, clock) -> None:
    add_matter("m1")
    with store() as work:
        work.outbox.add("matter", "http", "matter:m1", {"a": 1}, clock.now(), matter_id="m1")
        assert [item.key for item in work.outbox.for_matter("m1")] == ["matter:m1"]
        assert work.outbox.for_matter("m2") == []
