"""From the phone to the webhook and back, over HTTP, with the worker's deliveries."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from casework.delivery import Delivery
from casework.domain.messages import Button, Reply
from casework.given_answers import GivenAnswers
from casework.ports import DialogueTurn
from casework.settings import Settings
from channels.wechat import sender_of
from tests.fakes.law_texts import PAY, import_texts
from tests.integration.channels.wechat.conftest import (
    Gateway,
    GatewayMaker,
    Phone,
    phone_at,
    practice_for,
    serving,
)


@dataclass
class World:
    """A gateway, a practice account and a worker, each on its own port."""

    gateway: Gateway
    phone: Phone
    delivery: Delivery

    def deliver(self) -> int:
        self.gateway.clock.advance(seconds=6)
        return self.delivery.deliver_due()


WorldMaker = Callable[[float], World]


@pytest.fixture(params=["plain", "aes"])
def make_world(request: pytest.FixtureRequest, make_gateway: GatewayMaker) -> Iterator[WorldMaker]:
    """Makes the world, with so many seconds for a passive reply."""
    with ExitStack() as stack:

        def make(passive_seconds: float) -> World:
            gateway = make_gateway(passive_reply_seconds=passive_seconds)
            gateway.dialogue.offers("您想做什么？", 问法律="/consultation", 反映问题="/petition")
            base = stack.enter_context(serving(gateway.app))
            practice_app = practice_for(f"{base}/wechat", gateway.clock, mode=request.param)
            api = stack.enter_context(serving(practice_app))
            settings: Settings = gateway.settings.model_copy(update={"wechat_api_base": api})
            senders = [sender_of(settings)]
            delivery = Delivery(gateway.store, gateway.clock, gateway.texts, [], senders)
            return World(gateway, phone_at(practice_app, gateway.clock), delivery)

        yield make


@pytest.fixture
def world(make_world: WorldMaker) -> World:
    return make_world(4.5)


def test_following_writing_and_choosing(world: World) -> None:
    menu = "您想做什么？\n\n1. 问法律\n2. 反映问题\n\n回复数字选择"
    assert world.phone.heard == [menu]
    world.gateway.dialogue.answering = lambda turn: [Reply(f"收到：{turn.text}")]
    assert world.phone.say("2") == ["收到：/petition"]
    assert world.phone.say("您好") == ["收到：您好"]
    world.phone.act("menu", key="progress")
    assert world.phone.heard[-1] == "收到：/progress"
    assert world.deliver() == 0
    assert set(world.phone.outcomes) == {"reply"}


def test_a_slow_answer_comes_as_a_push_and_once(make_world: WorldMaker) -> None:
    world, go_on = make_world(0.3), threading.Event()
    world.gateway.dialogue.on_ask = lambda turn: go_on.wait(20) and None
    world.gateway.dialogue.answering = lambda turn: [Reply("想好了", (Button("好", "/affirm"),))]
    assert world.phone.say("难的问题") == []
    assert world.phone.outcomes[-1] == "success"
    go_on.set()
    world.gateway.conversations.close()
    for _ in range(3):
        world.deliver()
    assert world.phone.heard.count("想好了\n\n1. 好\n\n回复数字选择") == 1
    assert world.gateway.outbox()["pending"] == 0


@pytest.mark.parametrize("same_signature", [True, False])
def test_an_answer_lost_on_the_way_comes_with_the_next_try(
    world: World, same_signature: bool
) -> None:
    world.gateway.dialogue.answering = lambda turn: [Reply(f"收到：{turn.text}")]
    heard = world.phone.say("您好", lose_answers=2, same_signature=same_signature)
    assert heard == ["收到：您好"]
    assert world.gateway.lines() == []  # the fixed citizen of other tests has said nothing
    assert world.deliver() == 0
    assert len(world.gateway.dialogue.taken) == 2  # the follow, and this


def test_three_copies_at_once_are_one_turn_and_one_answer(world: World) -> None:
    world.gateway.dialogue.answering = lambda turn: [Reply(f"收到：{turn.text}")]
    assert world.phone.say("您好", copies=3) == ["收到：您好"]
    assert len(world.gateway.dialogue.taken) == 2
    assert world.deliver() == 0


def test_a_long_answer_arrives_whole_and_in_order(world: World) -> None:
    long = "".join(f"第{n}句话，说的是第{n}件事。" for n in range(200))
    world.gateway.dialogue.answering = lambda turn: [Reply(long)]
    before = len(world.phone.heard)
    world.phone.say("说详细一点")
    world.deliver()
    assert "".join(world.phone.heard[before:]) == long


def test_what_could_not_be_pushed_comes_when_the_citizen_writes_again(world: World) -> None:
    gateway, phone = world.gateway, world.phone
    gateway.dialogue.answering = lambda turn: [Reply("好的")]
    phone.say("您好")
    with gateway.store() as work:
        conversation = work.conversations.find_or_create(
            "wechat", phone.openid, gateway.clock.now()
        )
        for number in range(10):
            work.outbox.add(
                kind="push",
                target="wechat",
                key=f"lawyer:{number}",
                payload={
                    "recipient": phone.openid,
                    "replies": [{"text": f"律师的话 {number}", "labels": []}],
                },
                now=gateway.clock.now(),
                conversation_id=conversation.id,
            )
        work.commit()
    gateway.clock.advance(minutes=2)
    while world.deliver():
        pass
    lawyer = [text for text in phone.heard if text.startswith("律师")]
    assert lawyer == [f"律师的话 {number}" for number in range(5)]
    assert gateway.outbox()["dead"] == 5
    phone.say("还在吗")
    while world.deliver():
        pass
    lawyer = [text for text in phone.heard if text.startswith("律师")]
    assert lawyer == [f"律师的话 {number}" for number in range(10)]
    assert gateway.outbox()["dead"] == 0


def relying(world: World, *replies: Reply) -> None:
    """The dialogue answers from the guidance, as the action does: it keeps what the answer relied on."""
    given = GivenAnswers(world.gateway.store, world.gateway.clock)

    def answer(turn: DialogueTurn) -> list[Reply]:
        given.record(turn.conversation_id, turn.message_id, "wages", [PAY])
        return list(replies)

    world.gateway.dialogue.answering = answer


def test_an_answer_from_the_guidance_says_where_its_law_can_be_read(world: World) -> None:
    relying(world, Reply("可以仲裁。", (Button("转人工", "/person"),)))
    assert world.phone.say("欠薪怎么办") == ["可以仲裁。\n\n1. 转人工\n\n回复数字选择"]
    import_texts(world.gateway.settings.data_dir)
    (heard,) = world.phone.say("工资怎么要")
    public = world.gateway.settings.public_url
    assert re.fullmatch(
        rf"可以仲裁。\n\n法条原文：{public}/law/of/[0-9a-f]{{32}}\n\n1. 转人工\n\n回复数字选择",
        heard,
    )


def test_a_pushed_answer_says_it_too_and_other_words_do_not(make_world: WorldMaker) -> None:
    world, go_on = make_world(0.3), threading.Event()
    import_texts(world.gateway.settings.data_dir)
    relying(world, Reply("可以仲裁。"))
    world.gateway.dialogue.on_ask = lambda turn: go_on.wait(20) and None
    assert world.phone.say("欠薪怎么办") == []
    go_on.set()
    world.gateway.conversations.close()
    for _ in range(3):
        world.deliver()
    assert re.match(r"可以仲裁。\n\n法条原文：http\S+/law/of/[0-9a-f]{32}$", world.phone.heard[-1])
    assert not any("法条原文" in heard for heard in world.phone.heard[:-1])
