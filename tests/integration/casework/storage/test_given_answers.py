"""What is kept of answers given: the entry and its articles, once a turn, and no word."""

from __future__ import annotations

from datetime import date, timedelta

from casework.adapters.orm import given_answers
from casework.adapters.store import SqlStore
from casework.domain.given import Relied
from casework.given_answers import GivenAnswers
from tests.fakes.clock import FakeClock

SPRING, AUTUMN = date(2026, 3, 1), date(2026, 9, 1)
PAY, DEADLINE = Relied("劳动法", "50", SPRING), Relied("劳动争议调解仲裁法", "27", SPRING)


def test_an_answer_is_kept_with_each_article_it_relied_on(
    store: SqlStore, clock: FakeClock
) -> None:
    given = GivenAnswers(store, clock)
    given.record("c1", "m1", "wages", [PAY, DEADLINE])
    clock.advance(days=1)
    given.record("c2", "m2", "overtime", [PAY])
    given.record("c2", "m3", "wages", [Relied("劳动法", "50", AUTUMN)])
    assert given.relied_on() == [
        DEADLINE,
        PAY,
        Relied("劳动法", "50", AUTUMN),
    ]
    found = given.citing(PAY)
    assert [(one.conversation_id, one.message_id, one.entry_id) for one in found] == [
        ("c1", "m1", "wages"),
        ("c2", "m2", "overtime"),
    ]
    assert found[1].at - found[0].at == timedelta(days=1)
    assert given.citing(Relied("民法典", "1", SPRING)) == []


def test_a_turn_that_runs_twice_is_kept_once(store: SqlStore, clock: FakeClock) -> None:
    given = GivenAnswers(store, clock)
    for _ in range(2):
        given.record("c1", "m1", "wages", [PAY, PAY])
    assert len(given.citing(PAY)) == 1


def test_an_answer_that_cites_nothing_is_not_kept(store: SqlStore, clock: FakeClock) -> None:
    GivenAnswers(store, clock).record("c1", "m1", "greeting", [])
    assert GivenAnswers(store, clock).relied_on() == []


def test_no_word_of_anybody_can_be_kept() -> None:
    assert {column.name for column in given_answers.columns} == {
        "message_id", "entry_id", "law", "article", "read_on", "conversation_id", "at",
    }  # fmt: skip
