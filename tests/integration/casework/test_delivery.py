"""Design invariant 3: what was promised is delivered, and a failure is never dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from casework.adapters.store import SqlStore
from casework.delivery import Delivery
from casework.domain.errors import NotAllowed
from casework.domain.people import Role, Staff
from casework.domain.retries import SCHEDULES
from casework.ports import DeliveryResult
from casework.texts import Texts
from tests.fakes.clock import FakeClock
from tests.fakes.petition_system import FakePetitionSystem
from tests.fakes.sender import FakeSender
from tests.integration.casework.conftest import (
    Town,
    confirmed_matter,
    member,
    on_both_databases,
)


@pytest.fixture
def system() -> FakePetitionSystem:
    return FakePetitionSystem()


@pytest.fixture
def sender() -> FakeSender:
    return FakeSender()


@pytest.fixture
def delivery(
    casework_store: SqlStore,
    clock: FakeClock,
    texts: Texts,
    system: FakePetitionSystem,
    sender: FakeSender,
) -> Delivery:
    made = Delivery(casework_store, clock, texts, [system])
    made.add_sender(sender)
    return made


def _state(town: Town, matter_id: str) -> tuple[str, int, str]:
    with town.store.reading() as work:
        (item,) = work.outbox.for_matter(matter_id)
    return item.state, item.attempts, item.last_error


@on_both_databases
def test_a_confirmed_matter_is_delivered_once_with_its_key(
    town: Town, delivery: Delivery, system: FakePetitionSystem
) -> None:
    matter = confirmed_matter(town)
    assert delivery.deliver_due() == 1
    assert delivery.deliver_due() == 0
    assert system.calls == [f"matter:{matter.id}"]
    assert _state(town, matter.id)[0] == "delivered"
    with town.store.reading() as work:
        told = work.matters.events(matter.id)[-1]
    assert (told.what, told.public) == ("delivered", False)
    assert f"R-matter:{matter.id}" in told.note


def test_a_delivery_that_fails_for_now_is_tried_again_on_its_schedule(
    town: Town, delivery: Delivery, system: FakePetitionSystem
) -> None:
    matter = confirmed_matter(town)
    system.results = [DeliveryResult(False, "503"), DeliveryResult(False, "timeout")]
    assert delivery.deliver_due() == 0
    assert _state(town, matter.id) == ("pending", 1, "503")
    town.clock.advance(SCHEDULES["matter"][0] - 1)
    delivery.deliver_due()
    assert len(system.calls) == 1
    town.clock.advance(1)
    delivery.deliver_due()
    assert _state(town, matter.id) == ("pending", 2, "timeout")
    town.clock.advance(SCHEDULES["matter"][1])
    assert delivery.deliver_due() == 1
    assert len(set(system.calls)) == 1


def test_a_receiver_that_asks_for_patience_gets_it(
    town: Town, delivery: Delivery, system: FakePetitionSystem
) -> None:
    confirmed_matter(town)
    system.results = [DeliveryResult(False, "429", retry_after=3600)]
    delivery.deliver_due()
    town.clock.advance(3599)
    assert delivery.deliver_due() == 0
    town.clock.advance(1)
    assert delivery.deliver_due() == 1


def test_a_refused_delivery_is_a_dead_letter_until_somebody_revives_it(
    town: Town, delivery: Delivery, system: FakePetitionSystem, supervisor: Staff
) -> None:
    matter = confirmed_matter(town)
    system.results = [DeliveryResult(False, "422", "unknown_kind")]
    delivery.deliver_due()
    town.clock.advance(days=30)
    assert delivery.deliver_due() == 0
    (letter,) = delivery.dead_letters(supervisor)
    assert (letter.matter_id, letter.last_error) == (matter.id, "422: unknown_kind")
    assert delivery.counts()["dead"] == 1
    with town.store.reading() as work:
        assert work.matters.events(matter.id)[-1].what == "undeliverable"
    delivery.revive(supervisor, letter.id)
    assert delivery.deliver_due() == 1
    assert _state(town, matter.id)[0] == "delivered"


def test_a_receiver_that_is_down_for_good_ends_as_a_dead_letter(
    town: Town, delivery: Delivery, system: FakePetitionSystem
) -> None:
    matter = confirmed_matter(town)
    system.results = [DeliveryResult(False, "unreachable")] * 20
    for _ in range(20):
        delivery.deliver_due()
        town.clock.advance(days=2)
    assert _state(town, matter.id)[0] == "dead"
    assert len(system.calls) == len(SCHEDULES["matter"]) + 1


def test_a_petition_system_that_raises_does_not_stop_the_others(
    town: Town, delivery: Delivery, system: FakePetitionSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = confirmed_matter(town), confirmed_matter(town, sender="李四")
    deliver = system.deliver

    def bad(key: str, matter: Mapping[str, Any]) -> DeliveryResult:
        if key == f"matter:{first.id}":
            raise ValueError("张三")
        return deliver(key, matter)

    monkeypatch.setattr(system, "deliver", bad)
    assert delivery.deliver_due() == 1
    assert _state(town, second.id)[0] == "delivered"
    assert _state(town, first.id) == ("pending", 1, "broken: ValueError")


def test_what_a_worker_took_and_died_with_is_delivered_by_the_next(
    town: Town, delivery: Delivery, system: FakePetitionSystem
) -> None:
    confirmed_matter(town)
    with town.store() as work:
        assert work.outbox.claim_due(town.clock.now(), "dead", 120, 10)
        work.commit()
    assert delivery.deliver_due() == 0
    town.clock.advance(121)
    assert delivery.deliver_due() == 1
    assert len(system.matters) == 1


def test_replies_that_came_too_late_for_the_request_are_pushed_in_order(
    town: Town, delivery: Delivery, sender: FakeSender
) -> None:
    town.say("一", sender="openid", channel="wechat")
    town.clock.advance(1)
    town.say("二", sender="openid", channel="wechat")
    assert delivery.deliver_due() == 0
    town.clock.advance(30)
    delivery.deliver_due()
    assert sender.texts == ["收到：一", "收到：二"]


def test_a_push_does_not_overtake_one_that_failed(
    town: Town, delivery: Delivery, sender: FakeSender
) -> None:
    town.say("一", sender="a", channel="wechat")
    town.say("二", sender="a", channel="wechat")
    town.say("别人的", sender="b", channel="wechat")
    town.clock.advance(30)
    sender.results = [DeliveryResult(False, "busy")]
    delivery.deliver_due()
    assert sender.texts == ["收到：别人的"]
    town.clock.advance(30)
    delivery.deliver_due()
    assert sender.texts == ["收到：别人的", "收到：一", "收到：二"]


def test_a_push_to_a_channel_nobody_serves_is_a_dead_letter(
    casework_store: SqlStore, clock: FakeClock, texts: Texts, town: Town
) -> None:
    town.say("一", sender="a", channel="wechat")
    clock.advance(30)
    delivery = Delivery(casework_store, clock, texts, [])
    delivery.deliver_due()
    assert delivery.counts() == {"pending": 0, "delivered": 0, "dead": 1}


def test_dead_letters_are_for_those_who_run_the_system(
    town: Town, delivery: Delivery, system: FakePetitionSystem, lawyer: Staff, supervisor: Staff
) -> None:
    confirmed_matter(town, sealed=True)
    system.results = [DeliveryResult(False, "422")]
    delivery.deliver_due()
    operator = member(town.store, "管理员", Role.OPERATOR)
    assert len(delivery.dead_letters(supervisor)) == 1
    assert delivery.dead_letters(operator) == []  # of a sealed matter not even that
    with pytest.raises(NotAllowed):
        delivery.dead_letters(lawyer)
    with pytest.raises(NotAllowed):
        delivery.revive(lawyer, "any")
    with pytest.raises(NotAllowed):
        delivery.revive(supervisor, "no such item")
