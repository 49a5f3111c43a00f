"""Whatever citizens, the dialogue and lawyers do, every message gets an answer or a person."""

from __future__ import annotations

import threading
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.adapters.store import SqlStore
from casework.conversations import Receipt
from casework.domain.bureau import Bureau
from casework.domain.conversation import Owner
from casework.domain.errors import CaseworkError
from casework.domain.messages import Author, Button, MessageKind, Reply
from casework.domain.people import Staff
from casework.handover import Handover
from casework.hearing import SILENT_EVENTS
from casework.ports import DialogueTurn
from casework.texts import Texts
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue import Killed
from tests.integration.casework.conftest import ProcessMaker, Town

WORDS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["1", "2.", "/restart", "/petition{}", "是", "我不想活了", "我害怕", "13900001234"]
    ),
)
MESSAGES = st.one_of(
    st.tuples(st.just(MessageKind.TEXT), WORDS),
    st.tuples(st.just(MessageKind.BUTTON), st.sampled_from(["是", "否", "没有这个"])),
    st.tuples(st.just(MessageKind.EVENT), st.sampled_from(["subscribe", "petition", "nonsense"])),
    st.tuples(st.just(MessageKind.OTHER), st.sampled_from(["image", "〔语音〕", "", "unknown"])),
)
STEPS = st.lists(
    st.one_of(
        MESSAGES,
        st.sampled_from(["fails once", "fails twice", "is mute", "ask", "leave", "take", "back"]),
    ),
    max_size=12,
)
SENDERS = count()


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_every_message_has_an_answer_or_a_person(
    town: Town,
    casework_store: SqlStore,
    clock: FakeClock,
    texts: Texts,
    bureau: Bureau,
    lawyer: Staff,
    steps: list[object],
) -> None:
    handover = Handover(casework_store, clock, texts, bureau)
    sender = f"citizen {next(SENDERS)}"
    opening = town.write("你好", sender=sender)
    conversation_id = opening.conversation_id
    town.wait(opening)
    mute = False
    town.dialogue.answering = lambda turn: (
        [] if mute else [Reply("请选择", (Button("是", "/affirm"), Button("否", "/deny")))]
    )
    for step in steps:
        clock.advance(1)
        town.dialogue.failures = {"fails once": 1, "fails twice": 2}.get(str(step), 0)
        mute = step == "is mute"
        if isinstance(step, tuple):
            kind, words = step
        elif step in ("fails once", "fails twice", "is mute"):
            kind, words = MessageKind.TEXT, "公司拖欠工资"
        else:
            _staff_acts(str(step), handover, lawyer, opening.message_id, conversation_id)
            continue
        before = town.conversation(conversation_id).owner
        result = town.say(words, sender=sender, kind=kind)
        assert result.done
        if before is Owner.HUMAN:
            assert result.replies == []
        else:
            assert result.replies
            assert all(reply.text.strip() for reply in result.replies)
            assert all(reply.author is Author.BOT for reply in result.replies)
    with casework_store.reading() as work:
        assert work.inbox.next_pending(conversation_id) is None
        assert work.leases.holder(f"turn:{conversation_id}", clock.now()) is None
    lines = town.lines(conversation_id)
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    if town.conversation(conversation_id).owner is Owner.HUMAN:
        handover.close(lawyer, conversation_id)


def _staff_acts(
    step: str, handover: Handover, lawyer: Staff, message_id: str, conversation_id: str
) -> None:
    try:
        if step == "ask":
            handover.request(conversation_id, f"{message_id}-{next(SENDERS)}", "asked")
        elif step == "leave":
            handover.leave_queue(conversation_id)
        elif step == "take":
            handover.take(lawyer, conversation_id)
        elif step == "back":
            handover.hand_back(lawyer, conversation_id)
    except CaseworkError:
        pass  # not possible at this moment; nothing may have changed


@pytest.mark.parametrize("event", sorted(SILENT_EVENTS))
def test_only_reports_of_the_platform_have_no_answer(town: Town, event: str) -> None:
    assert town.say(event, kind=MessageKind.EVENT).replies == []


BURSTS = st.lists(
    st.lists(
        st.one_of(
            MESSAGES,
            st.tuples(
                st.just(MessageKind.TEXT),
                st.sampled_from(["老板跑了", "三个月了", "，", "后来", "在吗", "没有", "转人工", "长" * 500]),
            ),
            st.just("again"),
        ),
        min_size=1,
        max_size=8,
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(bursts=BURSTS, dies=st.lists(st.booleans(), max_size=4), gaps=st.integers(0, 40))
def test_messages_sent_faster_than_they_are_answered_are_each_heard_once(
    another_process: ProcessMaker,
    town: Town,
    casework_store: SqlStore,
    bursts: list[list[object]],
    dies: list[bool],
    gaps: int,
) -> None:
    """Bursts that come in while a turn runs, and processes that end in the middle of a turn."""
    sender = f"citizen {next(SENDERS)}"
    deaths = iter(dies)
    receipts = []
    town.dialogue.answering = lambda turn: [
        Reply(f"收到 {len(turn.text)}", (Button("是", "/affirm"), Button("否", "/deny")))
    ]
    for burst in bursts:
        town.clock.advance(60)
        town.conversations = another_process()
        for step in burst:  # nobody is at work yet: they wait
            if step == "again":
                town.write("三个月了", sender=sender, key=f"{sender} again")
            else:
                assert isinstance(step, tuple)
                kind, words = step
                receipts.append(town.write(words, sender=sender, kind=kind))
            town.clock.advance(gaps / 8)
        _killed_or_not(town, receipts, next(deaths, False))
    town.clock.advance(60)
    worker = another_process()
    worker.resume_stranded()
    assert worker.resume_stranded() == 0
    town.conversations = worker
    with casework_store.reading() as work:
        turns = [work.inbox.turn(message_id) for message_id in town.dialogue.taken]
        conversation_id = receipts[0].conversation_id if receipts else None
        heard = [p.id for t in turns if t.conversation_id == conversation_id for p in t.messages]
        assert len(heard) == len(set(heard))
        for receipt in receipts:
            message = work.inbox.get(receipt.message_id)
            assert message.done
    lines = town.lines(receipts[0].conversation_id) if receipts else []
    answered = [line.message_id for line in lines if line.author is Author.BOT]
    for turn in turns:
        if turn.conversation_id == conversation_id:
            assert answered.count(turn.id) == 1
            assert not {part.id for part in turn.messages[:-1]} & set(answered)


def _killed_or_not(town: Town, receipts: list[Receipt], dies: bool) -> None:
    """Attend to what waits, in a process that may end when the dialogue has answered."""
    if not receipts:
        return
    if dies:
        dead = threading.Event()

        def die(turn: DialogueTurn) -> None:
            dead.set()
            raise Killed

        town.dialogue.on_answer = die
        town.wait(receipts[-1], seconds=0)
        town.conversations.close()
        town.dialogue.on_answer = lambda turn: None
    else:
        assert town.wait(receipts[-1]).done
