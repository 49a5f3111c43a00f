"""Design invariant 2: who answers lives in casework, and the bot never speaks over a person."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from casework.adapters.store import SqlStore
from casework.domain.conversation import Owner, RiskLevel
from casework.domain.errors import (
    AlreadyTaken,
    CaseworkError,
    EmptyMessage,
    MessageTooLong,
    NotAllowed,
    NotYours,
)
from casework.domain.messages import Author, MessageKind
from casework.domain.people import Role, Staff
from casework.handover import Handover
from casework.ports import DialogueTurn
from tests.integration.casework.conftest import (
    Town,
    member,
    on_both_databases,
    waits_for_a_person,
)


def test_the_bot_is_silent_while_a_person_talks_and_speaks_again_afterwards(
    town: Town, handover: Handover, lawyer: Staff
) -> None:
    conversation_id = waits_for_a_person(town, handover)
    handover.take(lawyer, conversation_id)
    asked = len(town.dialogue.asked)
    result = town.say("律师您好")
    assert (result.replies, result.owner, result.done) == ([], Owner.HUMAN, True)
    assert len(town.dialogue.asked) == asked
    handover.say(lawyer, conversation_id, "您好，请讲", "1")
    handover.hand_back(lawyer, conversation_id)
    assert town.hear("谢谢") == ["收到：谢谢"]
    said = [(u.author, u.text) for u in town.lines(conversation_id)][2:]
    assert said == [
        (Author.NOTICE, town.texts.say("handover.notice.taken", name="李律师")),
        (Author.CITIZEN, "律师您好"),
        (Author.STAFF, "您好，请讲"),
        (Author.NOTICE, town.texts.say("handover.notice.handed_back", name="李律师")),
        (Author.CITIZEN, "谢谢"),
        (Author.BOT, "收到：谢谢"),
    ]


@on_both_databases
def test_a_reply_that_was_on_its_way_when_a_person_came_is_dropped(
    town: Town, handover: Handover, lawyer: Staff
) -> None:
    conversation_id = waits_for_a_person(town, handover)
    town.dialogue.on_ask = lambda turn: handover.take(lawyer, conversation_id)
    receipt = town.write("还在吗")
    result = town.wait(receipt)
    assert (result.replies, result.owner, result.done) == ([], Owner.HUMAN, True)
    assert town.lines(conversation_id)[-1].author is Author.NOTICE
    assert town.conversation(conversation_id).offered == ()


def test_the_words_of_an_apology_are_dropped_too_when_a_person_came(
    town: Town, handover: Handover, lawyer: Staff
) -> None:
    conversation_id = waits_for_a_person(town, handover)
    town.dialogue.on_ask = lambda turn: handover.take(lawyer, conversation_id)
    town.dialogue.failures = 2
    assert town.hear("还在吗") == []
    assert town.conversation(conversation_id).owner is Owner.HUMAN


def test_words_of_safety_are_said_even_if_a_person_came_meanwhile(
    town: Town, handover: Handover, lawyer: Staff
) -> None:
    conversation_id = waits_for_a_person(town, handover)
    town.dialogue.on_ask = lambda turn: handover.take(lawyer, conversation_id)
    assert town.hear("我不想活了") == ["收到：我不想活了"]
    assert town.conversation(conversation_id).owner is Owner.HUMAN


def test_danger_heard_while_a_person_talks_is_told_to_them_and_not_answered_by_the_bot(
    town: Town, handover: Handover, lawyer: Staff
) -> None:
    conversation_id = waits_for_a_person(town, handover)
    handover.take(lawyer, conversation_id)
    assert town.say("我不想活了").replies == []
    brief = handover.brief(conversation_id)
    assert brief.risk is RiskLevel.RED
    assert len(brief.alerts) == 1
    assert "不想活" in brief.alerts[0]
    assert "红" in brief.alerts[0]


def test_pictures_to_a_person_are_kept_and_not_answered_by_the_bot(
    town: Town, handover: Handover, lawyer: Staff
) -> None:
    conversation_id = waits_for_a_person(town, handover)
    handover.take(lawyer, conversation_id)
    assert town.say("image", kind=MessageKind.OTHER).replies == []
    assert town.lines(conversation_id)[-1].text == "〔图片〕"


@on_both_databases
def test_of_two_who_take_at_once_one_gets_it(
    town: Town, handover: Handover, lawyer: Staff, other_lawyer: Staff
) -> None:
    for round_ in range(5):
        conversation_id = waits_for_a_person(town, handover, sender=f"citizen {round_}")
        start = threading.Barrier(2)

        def grab(
            staff: Staff, start: threading.Barrier = start, wanted: str = conversation_id
        ) -> bool:
            start.wait(5)
            try:
                handover.take(staff, wanted)
            except AlreadyTaken:
                return False
            return True

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(grab, [lawyer, other_lawyer])) == [False, True]
        notices = [u for u in town.lines(conversation_id) if u.author is Author.NOTICE]
        assert len(notices) == 1


def test_taking_twice_is_taking_once(town: Town, handover: Handover, lawyer: Staff) -> None:
    conversation_id = waits_for_a_person(town, handover)
    handover.take(lawyer, conversation_id)
    handover.take(lawyer, conversation_id)
    notices = [u for u in town.lines(conversation_id) if u.author is Author.NOTICE]
    assert len(notices) == 1


def test_taking_again_after_handing_back_is_announced_again(
    town: Town, handover: Handover, lawyer: Staff
) -> None:
    conversation_id = waits_for_a_person(town, handover)
    for _ in range(2):
        handover.take(lawyer, conversation_id)
        handover.close(lawyer, conversation_id)
        receipt = town.write("再找律师")
        town.wait(receipt)
        handover.request(conversation_id, receipt.message_id, "asked")
    notices = [u.text for u in town.lines(conversation_id) if u.author is Author.NOTICE]
    assert len(notices) == 4


def test_a_line_sent_twice_with_one_key_is_said_once(
    town: Town, handover: Handover, lawyer: Staff
) -> None:
    conversation_id = waits_for_a_person(town, handover, channel="wechat")
    handover.take(lawyer, conversation_id)
    first = handover.say(lawyer, conversation_id, "请说说经过", "k1")
    assert handover.say(lawyer, conversation_id, "请说说经过", "k1") == first
    second = handover.say(lawyer, conversation_id, "请说说经过", "k2")
    assert second.seq == first.seq + 1
    with town.store() as work:
        due = work.outbox.claim_due(town.clock.now(), "w", 30, 50)
    words = [item.payload["replies"][0]["text"] for item in due]
    assert words == [
        town.texts.say("handover.notice.taken", name="李律师"),
        "请说说经过",
        "请说说经过",
    ]
    assert {item.payload["recipient"] for item in due} == {"张三"}


def test_what_is_said_in_the_widget_is_not_pushed(
    town: Town, handover: Handover, lawyer: Staff
) -> None:
    conversation_id = waits_for_a_person(town, handover)
    handover.take(lawyer, conversation_id)
    handover.say(lawyer, conversation_id, "您好", "1")
    with town.store() as work:
        assert work.outbox.counts()["pending"] == 0


def test_only_the_owner_may_speak_hand_back_or_close(
    town: Town, handover: Handover, lawyer: Staff, other_lawyer: Staff
) -> None:
    conversation_id = waits_for_a_person(town, handover)
    with pytest.raises(NotYours):
        handover.say(lawyer, conversation_id, "您好", "1")
    handover.take(lawyer, conversation_id)
    with pytest.raises(NotYours):
        handover.say(other_lawyer, conversation_id, "您好", "1")
    with pytest.raises(NotYours):
        handover.hand_back(other_lawyer, conversation_id)
    handover.close(lawyer, conversation_id)
    with pytest.raises(NotYours):
        handover.say(lawyer, conversation_id, "还有一句", "2")


@pytest.mark.parametrize("role", [Role.CLERK, Role.OPERATOR])
def test_those_who_do_not_talk_with_citizens_see_and_take_nobody(
    town: Town, handover: Handover, casework_store: SqlStore, role: Role
) -> None:
    conversation_id = waits_for_a_person(town, handover)
    outsider = member(casework_store, "旁人", role)
    for attempt in (
        lambda: handover.waiting(outsider),
        lambda: handover.take(outsider, conversation_id),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_an_account_that_was_switched_off_may_do_nothing(
    town: Town, handover: Handover, lawyer: Staff
) -> None:
    lawyer.active = False
    with pytest.raises(NotAllowed):
        handover.take(lawyer, waits_for_a_person(town, handover))


@pytest.mark.parametrize(
    ("words", "error"),
    [("", EmptyMessage), (" \u200b\n", EmptyMessage), ("字" * 5001, MessageTooLong)],
)
def test_nothing_and_too_much_cannot_be_said(
    town: Town, handover: Handover, lawyer: Staff, words: str, error: type[CaseworkError]
) -> None:
    conversation_id = waits_for_a_person(town, handover)
    handover.take(lawyer, conversation_id)
    with pytest.raises(error):
        handover.say(lawyer, conversation_id, words, "1")


def test_a_person_can_still_be_reached_after_the_talk_was_closed(
    town: Town, handover: Handover, lawyer: Staff
) -> None:
    conversation_id = waits_for_a_person(town, handover)
    handover.take(lawyer, conversation_id)
    handover.close(lawyer, conversation_id)
    assert town.lines(conversation_id)[-1].text == town.texts.say(
        "handover.notice.closed", name="李律师"
    )
    assert [u.author for u in town.say("还有一事").replies] == [Author.BOT]


def test_who_took_and_who_let_go_is_logged(town: Town, handover: Handover, lawyer: Staff) -> None:
    conversation_id = waits_for_a_person(town, handover)
    handover.take(lawyer, conversation_id)
    handover.hand_back(lawyer, conversation_id)
    with town.store() as work:
        logged = [(by, what) for _, by, what, _ in work.audit.about(conversation_id)]
    assert logged == [
        ("citizen", "asked for a person"),
        (lawyer.id, "took"),
        (lawyer.id, "handed_back"),
    ]


def test_a_supervisor_is_not_announced_as_a_lawyer(
    town: Town, handover: Handover, supervisor: Staff
) -> None:
    conversation_id = waits_for_a_person(town, handover)
    handover.take(supervisor, conversation_id)
    assert "律师" not in town.lines(conversation_id)[-1].text


def test_the_turns_of_a_busy_conversation_never_end_in_a_bot_line_after_a_person_came(
    town: Town, handover: Handover, lawyer: Staff
) -> None:
    """Citizens write on while a lawyer takes the conversation at some moment."""
    conversation_id = waits_for_a_person(town, handover)
    taken = threading.Event()

    def slowly(turn: DialogueTurn) -> None:
        taken.wait(0.02)

    town.dialogue.on_ask = slowly

    def write(number: int) -> None:
        town.wait(town.write(f"第{number}句"))

    with ThreadPoolExecutor(6) as pool:
        writing = [pool.submit(write, n) for n in range(12)]
        handover.take(lawyer, conversation_id)
        taken.set()
        for done in writing:
            done.result(20)
    lines = town.lines(conversation_id)
    came = next(u.seq for u in lines if u.author is Author.NOTICE)
    assert [u for u in lines if u.seq > came and u.author is Author.BOT] == []
