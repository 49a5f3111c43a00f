"""Whatever citizens, the dialogue and lawyers do, every message gets an answer or a person."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.adapters.store import SqlStore
from casework.domain.bureau import Bureau
from casework.domain.conversation import Owner
from casework.domain.errors import CaseworkError
from casework.domain.messages import Author, Button, MessageKind, Reply
from casework.domain.people import Staff
from casework.handover import Handover
from casework.hearing import SILENT_EVENTS
from casework.texts import Texts
from tests.fakes.clock import FakeClock
from tests.integration.casework.conftest import Town

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
