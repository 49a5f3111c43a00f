"""People type line by line: what comes in while a turn runs is answered together, and once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from casework.conversations import Receipt
from casework.domain.conversation import Owner, RiskLevel
from casework.domain.messages import Author, Button, MessageKind, Reply
from casework.ports import DialogueTurn
from tests.fakes.dialogue import Killed
from tests.integration.casework.conftest import ProcessMaker, Town, on_both_databases

pytestmark = on_both_databases


@contextmanager
def thinking(town: Town, text: str = "一") -> Iterator[Receipt]:
    """The turn of a first message runs until the block ends; it is answered then."""
    asked, let_go = threading.Event(), threading.Event()

    def hang(turn: DialogueTurn) -> None:
        asked.set()
        let_go.wait(10)

    town.dialogue.on_ask = hang
    first = town.write(text)
    town.wait(first, seconds=0)
    assert asked.wait(5)
    town.dialogue.on_ask = lambda turn: None
    try:
        yield first
    finally:
        let_go.set()
    assert town.wait(first).done


def asked(town: Town) -> list[str]:
    return [turn.text for turn in town.dialogue.asked]


def test_the_first_is_answered_by_itself_and_what_came_meanwhile_together(town: Town) -> None:
    with thinking(town, "老板不给工资") as first:
        second, third = town.write("三个月了"), town.write("一共两万多")
    assert [r.text for r in town.wait(first).replies] == ["收到：老板不给工资"]
    assert [r.text for r in town.wait(third).replies] == ["收到：三个月了\n一共两万多"]
    assert (town.wait(second).done, town.wait(second).replies) == (True, [])
    assert asked(town) == ["老板不给工资", "三个月了\n一共两万多"]


def test_the_transcript_keeps_each_message_as_it_was_sent(town: Town) -> None:
    with thinking(town) as first:
        second, third = town.write("三个月了"), town.write("一共两万多")
    town.wait(third)
    lines = town.lines(first.conversation_id)
    said = [(u.text, u.message_id) for u in lines if u.author is Author.CITIZEN]
    assert said[1:] == [("三个月了", second.message_id), ("一共两万多", third.message_id)]
    answers = [u.message_id for u in lines if u.author is Author.BOT]
    assert answers == [first.message_id, third.message_id]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("取消", MessageKind.TEXT),
        ("转人工", MessageKind.TEXT),
        ("好的", MessageKind.TEXT),
        ("办理", MessageKind.TEXT),  # the label of a button
        ("2", MessageKind.TEXT),
        ("三个月了", MessageKind.BUTTON),
        ("petition", MessageKind.EVENT),
        ("〔表情〕", MessageKind.OTHER),
        ("", MessageKind.TEXT),
        ("我不想活了", MessageKind.TEXT),
        ("我害怕", MessageKind.TEXT),
    ],
)
def test_what_is_no_telling_stays_a_turn_of_its_own(
    town: Town, text: str, kind: MessageKind
) -> None:
    town.dialogue.offers("请选择", 办理="/petition", 咨询="/consultation")
    with thinking(town):
        sent = [town.write("老板跑了"), town.write("没给工资")]
        apart = town.write(text, kind=kind)
        more = [town.write("三个月了"), town.write("一共两万多")]
    town.wait(more[-1])
    with town.store.reading() as work:
        turns = [[part.text for part in work.inbox.turn(r.message_id).messages] for r in
                 (sent[1], apart, more[1])]  # fmt: skip
    assert turns == [["老板跑了", "没给工资"], [text], ["三个月了", "一共两万多"]]
    assert town.wait(apart).replies


def test_a_worrying_part_is_heard_among_the_others(town: Town) -> None:
    with thinking(town) as first:
        town.write("楼上漏水")
        town.write("好几户都这样")
        last = town.write("没人管")
    assert town.wait(last).replies
    assert len(asked(town)) == 2
    assert town.conversation(first.conversation_id).risk is RiskLevel.YELLOW


def test_messages_far_apart_are_two_sayings(town: Town) -> None:
    with thinking(town):
        town.write("老板跑了")
        town.write("没给工资")
        town.clock.advance(40)
        town.write("另外")
        last = town.write("房子漏水")
    town.wait(last)
    assert asked(town)[1:] == ["老板跑了\n没给工资", "另外\n房子漏水"]


def test_no_more_is_joined_than_the_dialogue_can_read(town: Town) -> None:
    with thinking(town):
        for _ in range(3):
            last = town.write("长" * 500)
    town.wait(last)
    assert [len(text) for text in asked(town)[1:]] == [500, 500, 500]
    with thinking(town):
        for number in range(30):
            last = town.write(f"第{number}行")
    town.wait(last)
    assert [len(text.split("\n")) for text in asked(town)[5:]] == [12, 12, 6]


def test_a_line_sent_twice_stands_once_in_the_turn_and_a_duplicate_nowhere(town: Town) -> None:
    with thinking(town):
        town.write("三个月了", key="a")
        town.write("三个月了", key="a")  # the platform delivers it again
        town.write("三个月了", key="b")  # the citizen pressed twice
        last = town.write("两万多", key="c")
    town.wait(last)
    again = town.write("两万多", key="c")
    assert (again.is_new, again.message_id) == (False, last.message_id)
    assert town.wait(again).replies == town.wait(last).replies
    assert asked(town)[1:] == ["三个月了\n两万多"]


def test_a_person_reads_the_messages_as_they_are(town: Town) -> None:
    with thinking(town) as first:
        town.write("三个月了")
        last = town.write("两万多")
        with town.store() as work:
            conversation = work.conversations.get(first.conversation_id)
            conversation.owner = Owner.HUMAN
            work.conversations.save(conversation)
            work.commit()
    assert town.wait(last).done
    with town.store.reading() as work:
        assert work.inbox.turn(last.message_id).parts == ()
    assert len(town.dialogue.asked) == 1


def test_wechat_gets_the_answer_once_with_the_last_message(town: Town) -> None:
    town.dialogue.answering = lambda turn: [Reply("好", (Button("菜单", "/menu"),))]
    with thinking(town) as unrelated:
        pass
    assert unrelated.is_new
    asked_, let_go = threading.Event(), threading.Event()

    def hang(turn: DialogueTurn) -> None:
        asked_.set()
        let_go.wait(10)

    town.dialogue.on_ask = hang
    first = town.write("一", sender="o", channel="wechat")
    town.wait(first, seconds=0)
    assert asked_.wait(5)
    second = town.write("三个月了", sender="o", channel="wechat")
    town.clock.advance(1)
    third = town.write("两万多", sender="o", channel="wechat")
    let_go.set()
    town.wait(third)
    now = town.clock.now()
    with town.store() as work:
        assert work.outbox.claim_for_message(second.message_id, now, "w", 30) == []
        (push,) = work.outbox.claim_for_message(third.message_id, now, "w", 30)
        assert push.key == f"reply:{third.message_id}"
        assert push.due_at > now  # its own window for a passive reply is still open
        assert work.outbox.counts()["pending"] == 2


# ── crashes ──────────────────────────────────────────────────────────────────────────────────────


def _left_by_a_killed_process(town: Town, when: str) -> list[Receipt]:
    """Three messages; the process ends in the turn of the second and third."""
    dead = threading.Event()

    def die(turn: DialogueTurn) -> None:
        if "\n" in turn.text:
            dead.set()
            raise Killed

    with thinking(town, "老板不给工资") as first:
        second, third = town.write("三个月了"), town.write("一共两万多")
        setattr(town.dialogue, when, die)
    assert dead.wait(5)
    town.conversations.close()
    setattr(town.dialogue, when, lambda turn: None)
    return [first, second, third]


@pytest.mark.parametrize("when", ["on_ask", "on_answer"])
def test_a_turn_of_several_that_dies_is_the_same_turn_again(
    town: Town, another_process: ProcessMaker, when: str
) -> None:
    sent = _left_by_a_killed_process(town, when)
    town.conversations = another_process()
    later = town.write("还有社保没交")  # it may not slip into a turn that has begun
    town.clock.advance(60)
    town.wait(later)
    assert town.bot_lines(later.conversation_id) == [
        "收到：老板不给工资",
        "收到：三个月了\n一共两万多",
        "收到：还有社保没交",
    ]
    assert town.dialogue.taken == [sent[0].message_id, sent[2].message_id, later.message_id]
    assert all(town.wait(each).done for each in sent)


@pytest.mark.parametrize("when", ["on_ask", "on_answer"])
def test_the_worker_takes_up_a_turn_of_several(
    town: Town, another_process: ProcessMaker, when: str
) -> None:
    sent = _left_by_a_killed_process(town, when)
    town.clock.advance(60)
    assert another_process().resume_stranded() == 1
    assert another_process().resume_stranded() == 0
    lines = town.bot_lines(sent[0].conversation_id)
    assert lines == ["收到：老板不给工资", "收到：三个月了\n一共两万多"]
    assert len(town.dialogue.taken) == 2


@pytest.mark.parametrize("when", ["on_ask", "on_answer"])
def test_a_message_whose_turn_has_begun_takes_no_other_in(
    town: Town, another_process: ProcessMaker, when: str
) -> None:
    """Nothing is bound to the first: the dialogue may have taken it by itself already."""
    dead = threading.Event()

    def die(turn: DialogueTurn) -> None:
        dead.set()
        raise Killed

    setattr(town.dialogue, when, die)
    first = town.write("老板不给工资")
    town.wait(first, seconds=0)
    assert dead.wait(5)
    town.conversations.close()
    setattr(town.dialogue, when, lambda turn: None)
    town.conversations = another_process()
    town.write("三个月了")
    last = town.write("一共两万多")
    town.clock.advance(60)
    town.wait(last)
    assert town.bot_lines(first.conversation_id) == [
        "收到：老板不给工资",
        "收到：三个月了\n一共两万多",
    ]
    assert town.dialogue.taken == [first.message_id, last.message_id]


def test_a_turn_of_several_that_breaks_every_time_is_given_to_a_person(
    town: Town, another_process: ProcessMaker
) -> None:
    sent = _left_by_a_killed_process(town, "on_ask")

    def die(turn: DialogueTurn) -> None:
        raise Killed

    town.dialogue.on_ask = die
    for _ in range(5):
        town.clock.advance(60)
        another_process().resume_stranded()
    result = town.wait(sent[2])
    assert [r.text for r in result.replies] == [town.texts.say("turn.apology")]
    assert result.owner is Owner.WAITING
    assert all(town.wait(each).done for each in sent)
