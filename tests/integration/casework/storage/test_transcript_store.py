"""The lines of a conversation: numbered, said once, read from a cursor."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from casework.adapters.store import SqlStore
from casework.domain.errors import UnknownConversation
from casework.domain.messages import Author
from casework.domain.people import Role, Staff
from tests.fakes.clock import FakeClock
from tests.integration.casework.storage.steps import (
    at_once,
    open_conversation,
    wait_until_one_waits,
)


def test_lines_written_at_once_are_numbered_without_gaps(store: SqlStore, clock: FakeClock) -> None:
    conversation_id = open_conversation(store, clock)

    def write(number: int) -> None:
        for line in range(5):
            with store() as work:
                text = f"{number}.{line}"
                work.transcript.append(conversation_id, Author.BOT, text, clock.now())
                work.commit()

    at_once(4, write)
    with store.reading() as work:
        lines = work.transcript.since(conversation_id, 0)
    assert [line.seq for line in lines] == list(range(1, 21))


def test_a_line_said_twice_with_one_key_stands_once(store: SqlStore, clock: FakeClock) -> None:
    conversation_id = open_conversation(store, clock)
    said: list[str] = []

    def say(_: int) -> None:
        with store() as work:
            line = work.transcript.append(
                conversation_id, Author.STAFF, "您好", clock.now(), key="page-1"
            )
            work.commit()
        said.append(line.id)

    at_once(4, say)
    assert len(set(said)) == 1
    with store.reading() as work:
        assert len(work.transcript.since(conversation_id, 0)) == 1


def test_a_line_being_written_elsewhere_is_waited_for_and_found(
    postgres_store: SqlStore, clock: FakeClock
) -> None:
    conversation_id = open_conversation(postgres_store, clock)

    def say(work) -> str:
        author, text = Author.STAFF, "您好"
        return work.transcript.append(conversation_id, author, text, clock.now(), key="k").id

    def say_too() -> str:
        with postgres_store() as work:
            said = say(work)
            work.commit()
        return said

    with ThreadPoolExecutor() as pool, postgres_store() as first:
        mine = say(first)
        theirs = pool.submit(say_too)
        wait_until_one_waits(postgres_store)
        first.commit()
        assert theirs.result(30) == mine


def test_a_line_comes_back_whole_with_the_name_of_who_spoke(
    store: SqlStore, clock: FakeClock
) -> None:
    conversation_id = open_conversation(store, clock)
    lawyer = Staff("s1", "li", "李律师", Role.LAWYER, "hash", created_at=clock.now())
    with store() as work:
        work.staff.add(lawyer)
        line = work.transcript.append(
            *(conversation_id, Author.STAFF, "请说", clock.now()),
            labels=["好", "不用了"],
            message_id="m1",
            staff=lawyer,
        )
        work.commit()
    with store.reading() as work:
        assert work.transcript.since(conversation_id, 0) == [line]
        assert line.staff_name == "李律师"


def test_the_cursor_gives_what_came_after_it_and_no_more(store: SqlStore, clock: FakeClock) -> None:
    conversation_id = open_conversation(store, clock)
    with store() as work:
        for number in range(1, 8):
            work.transcript.append(conversation_id, Author.BOT, str(number), clock.now())
        work.commit()
    with store.reading() as work:
        transcript = work.transcript
        assert [u.text for u in transcript.since(conversation_id, 4)] == ["5", "6", "7"]
        assert [u.text for u in transcript.since(conversation_id, 4, limit=2)] == ["5", "6"]
        assert [u.text for u in transcript.last(conversation_id, 2)] == ["6", "7"]
        assert transcript.since(conversation_id, 7) == []


def test_the_replies_to_a_message_do_not_hold_the_message_itself(
    store: SqlStore, clock: FakeClock
) -> None:
    conversation_id = open_conversation(store, clock)
    with store() as work:
        for author, text in (
            (Author.CITIZEN, "问"),
            (Author.BOT, "答一"),
            (Author.NOTICE, "答二"),
        ):
            work.transcript.append(conversation_id, author, text, clock.now(), message_id="m1")
        work.transcript.append(conversation_id, Author.BOT, "别的", clock.now(), message_id="m2")
        assert [u.text for u in work.transcript.replies_to("m1")] == ["答一", "答二"]


def test_nothing_is_said_in_a_conversation_that_does_not_exist(
    store: SqlStore, clock: FakeClock
) -> None:
    with store() as work, pytest.raises(UnknownConversation):
        work.transcript.append("nowhere", Author.BOT, "喂", clock.now())
