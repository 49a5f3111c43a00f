"""Design invariant 1: acknowledged once is never lost and never acted on twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from casework.conversations import Conversations, Receipt, TurnResult
from casework.domain.conversation import Owner
from casework.domain.messages import Author, Inbound, MessageKind
from casework.ports import DialogueTurn
from tests.fakes.dialogue import Killed
from tests.integration.casework.conftest import ProcessMaker, Town, on_both_databases

pytestmark = on_both_databases


def test_three_deliveries_at_once_are_one_turn_and_all_get_its_replies(town: Town) -> None:
    town.dialogue.on_ask = lambda turn: pause.wait(5)
    pause, start = threading.Event(), threading.Barrier(3)

    def deliver(_: int) -> TurnResult:
        start.wait(5)
        receipt = town.write("你好", key="the same")
        if len(town.dialogue.asked):
            pause.set()
        return town.wait(receipt)

    with ThreadPoolExecutor(3) as pool:
        threading.Timer(0.3, pause.set).start()
        results = list(pool.map(deliver, range(3)))
    assert len(town.dialogue.asked) == 1
    assert results[0].replies
    assert [r.replies for r in results] == [results[0].replies] * 3


def test_thirty_two_at_once_in_one_conversation_are_each_heard_once_in_order(
    town: Town,
) -> None:
    start = threading.Barrier(32)

    def send(number: int) -> tuple[Receipt, TurnResult]:
        start.wait(10)
        receipt = town.write(f"第{number}句")
        return receipt, town.wait(receipt)

    with ThreadPoolExecutor(32) as pool:
        sent = list(pool.map(send, range(32)))
    assert all(result.done for _, result in sent)
    assert town.dialogue.most_at_once == 1
    lines = town.lines(sent[0][0].conversation_id)
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    arrived = [u.text for u in lines if u.author is Author.CITIZEN]
    heard = [text for turn in town.dialogue.asked for text in turn.text.split("\n")]
    assert heard == arrived
    assert len(set(arrived)) == 32
    # One answer to each turn, which goes to whoever sent the last message of it.
    answered = [u.message_id for u in lines if u.author is Author.BOT]
    assert answered == [turn.message_id for turn in town.dialogue.asked]
    assert {r.message_id for r, result in sent if result.replies} == set(answered)


def test_two_processes_never_answer_one_conversation_at_once(
    town: Town, another_process: ProcessMaker
) -> None:
    processes = [town.conversations, another_process(), another_process()]
    numbers: Iterator[int] = count()

    def send(process: Conversations) -> bool:
        inbound = Inbound(
            "widget", "张三", f"n{next(numbers)}", MessageKind.TEXT, "你好", town.clock.now()
        )
        receipt = process.receive(inbound)
        return process.attend(receipt.conversation_id, receipt.message_id, 20).done

    with ThreadPoolExecutor(9) as pool:
        assert all(pool.map(send, processes * 6))
    assert town.dialogue.most_at_once == 1
    assert len(town.dialogue.asked) == len(town.dialogue.taken)
    with town.store.reading() as work:
        turns = [work.inbox.turn(message_id).messages for message_id in town.dialogue.taken]
    assert sum(len(messages) for messages in turns) == 18


def test_conversations_do_not_wait_for_each_other(town: Town) -> None:
    let_go = threading.Event()

    def slow_for_one(turn: DialogueTurn) -> None:
        if turn.text == "慢":
            let_go.wait(10)

    town.dialogue.on_ask = slow_for_one
    slow = town.write("慢", sender="慢的人")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(town.wait, slow)
        assert town.hear("快", sender="快的人") == ["收到：快"]
        assert not waiting.done()
        let_go.set()
        assert waiting.result(10).done


def test_a_caller_who_cannot_wait_gets_away_and_the_turn_goes_on(town: Town) -> None:
    let_go = threading.Event()
    town.dialogue.on_ask = lambda turn: let_go.wait(10)
    receipt = town.write("你好")
    early = town.wait(receipt, seconds=0.05)
    assert (early.done, early.replies) == (False, [])
    let_go.set()
    assert [r.text for r in town.wait(receipt).replies] == ["收到：你好"]
    assert len(town.dialogue.asked) == 1


def _killed_in(town: Town, when: str, receipt: Receipt) -> None:
    """Attend to the message in a process that ends at this point of the turn."""
    dead = threading.Event()

    def die(turn: DialogueTurn) -> None:
        dead.set()
        raise Killed

    setattr(town.dialogue, when, die)
    assert not town.wait(receipt, seconds=0).done
    assert dead.wait(5)
    town.conversations.close()
    setattr(town.dialogue, when, lambda turn: None)


@pytest.mark.parametrize("when", ["on_ask", "on_answer"])
def test_what_a_killed_process_left_is_answered_once_by_the_worker(
    town: Town, another_process: ProcessMaker, when: str
) -> None:
    receipt = town.write("你好")
    _killed_in(town, when, receipt)
    worker = another_process()
    assert worker.resume_stranded() == 0  # the lease of the dead process has not run out
    town.clock.advance(60)
    assert worker.resume_stranded() == 1
    assert worker.resume_stranded() == 0
    assert town.bot_lines(receipt.conversation_id) == ["收到：你好"]
    assert len(town.dialogue.taken) == 1
    assert town.wait(receipt).replies == town.lines(receipt.conversation_id)[1:]


def test_a_process_killed_right_after_receiving_loses_nothing(
    town: Town, another_process: ProcessMaker
) -> None:
    receipt = town.write("你好")
    town.clock.advance(60)
    assert another_process().resume_stranded() == 1
    assert town.bot_lines(receipt.conversation_id) == ["收到：你好"]


def test_messages_left_by_a_killed_process_are_answered_before_the_next_one(
    town: Town, another_process: ProcessMaker
) -> None:
    first = town.write("一")
    town.write("二")
    _killed_in(town, "on_ask", first)
    town.clock.advance(60)
    town.conversations = another_process()
    third = town.write("三")
    assert [r.text for r in town.wait(third).replies] == ["收到：三"]
    assert town.bot_lines(third.conversation_id) == ["收到：一", "收到：二", "收到：三"]


def test_a_process_that_was_thought_dead_cannot_write_its_turn_a_second_time(
    town: Town, another_process: ProcessMaker
) -> None:
    asked, let_go = threading.Event(), threading.Event()

    def hang_once(turn: DialogueTurn) -> None:
        if not asked.is_set():
            asked.set()
            let_go.wait(10)

    town.dialogue.on_ask = hang_once
    receipt = town.write("你好")
    assert not town.wait(receipt, seconds=0.1).done
    assert asked.wait(5)
    town.clock.advance(60)
    assert another_process().resume_stranded() == 1
    let_go.set()
    assert town.wait(receipt).done
    town.conversations.close()
    assert town.bot_lines(receipt.conversation_id) == ["收到：你好"]


def test_a_process_that_lost_its_turn_leaves_it_to_the_one_that_has_it(
    town: Town, another_process: ProcessMaker
) -> None:
    let_go = [threading.Event(), threading.Event()]
    asked = [threading.Event(), threading.Event()]

    def hang(turn: DialogueTurn) -> None:
        place = 1 if asked[0].is_set() else 0
        asked[place].set()
        let_go[place].wait(10)

    town.dialogue.on_ask = hang
    receipt = town.write("你好")
    town.wait(receipt, seconds=0)
    assert asked[0].wait(5)
    town.clock.advance(60)
    with ThreadPoolExecutor(1) as pool:
        resumed = pool.submit(another_process().resume_stranded)
        assert asked[1].wait(5)
        let_go[0].set()
        town.conversations.close()  # waits for the first to end its turn
        assert town.bot_lines(receipt.conversation_id) == []
        let_go[1].set()
        assert resumed.result(10) == 1
    assert town.bot_lines(receipt.conversation_id) == ["收到：你好"]


def test_a_slow_turn_keeps_its_lease(town: Town, another_process: ProcessMaker) -> None:
    """The clock moves on by more than the lease while the dialogue thinks; it is renewed."""
    town.conversations = another_process(lease_seconds=0.3)
    worker = another_process(lease_seconds=0.3)
    let_go = threading.Event()
    renewed = threading.Event()
    renew = town.conversations._drains._renew

    def watched(conversation_id: str) -> None:
        renew(conversation_id)
        renewed.set()

    town.conversations._drains._renew = watched
    town.dialogue.on_ask = lambda turn: let_go.wait(20)
    receipt = town.write("你好")
    town.wait(receipt, seconds=0.01)
    for _ in range(10):
        town.clock.advance(0.2)
        renewed.clear()
        assert renewed.wait(10)
        assert worker.resume_stranded() == 0
    let_go.set()
    assert town.wait(receipt).done
    assert len(town.dialogue.asked) == 1


def test_a_message_that_ends_every_process_is_given_to_a_person(
    town: Town, another_process: ProcessMaker
) -> None:
    receipt = town.write("要命的话")
    _killed_in(town, "on_ask", receipt)

    def die(turn: DialogueTurn) -> None:
        raise Killed

    town.dialogue.on_ask = die
    for _ in range(5):
        town.clock.advance(60)
        another_process().resume_stranded()
    result = town.wait(receipt)
    assert [r.text for r in result.replies] == [town.texts.say("turn.apology")]
    assert result.owner is Owner.WAITING
    assert len(town.dialogue.asked) == 4
