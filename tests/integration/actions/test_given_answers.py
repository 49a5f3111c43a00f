"""An entry that is shown is kept with its articles, however the citizen came to it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from casework.domain.errors import StorageUnavailable
from casework.domain.given import Relied
from casework.ports import UnitOfWork
from knowledge_base.answer import AnsweredEntry, CitedArticle
from tests.integration.actions import conftest
from tests.integration.actions.conftest import Desk, FakeGuidance, call_of

READ = date(2026, 11, 1)
PAY = Relied("劳动法", "50", READ)


@pytest.fixture
def cited(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guidance of the desk cites an article."""
    plain = conftest.entry

    def entry(*arguments: str) -> AnsweredEntry:
        return replace(
            plain(*arguments), citations=(CitedArticle("劳动法", "50", True),), reviewed=READ
        )

    monkeypatch.setattr(conftest, "entry", entry)


@pytest.mark.usefixtures("cited")
def test_an_answer_is_kept_once_though_its_action_runs_twice(desk: Desk) -> None:
    turn = call_of("question", "action_answer_question")
    asyncio.run(desk.turn({**turn, "calls": turn["calls"] * 2}))
    found = desk.casework.given_answers.citing(PAY)
    assert [(one.entry_id, one.conversation_id) for one in found] == [
        ("labour-wages", desk.conversation_id)
    ]


@pytest.mark.usefixtures("cited")
def test_a_chosen_entry_is_kept_and_the_choice_itself_is_not(
    desk: Desk, guidance: FakeGuidance
) -> None:
    guidance.outcome = "choices"
    asyncio.run(desk.turn(call_of("question", "action_answer_question")))
    assert desk.casework.given_answers.relied_on() == []
    asyncio.run(desk.turn(call_of("question", "action_choose_entry")))
    assert desk.casework.given_answers.relied_on() == [PAY]


@pytest.mark.usefixtures("cited")
def test_an_answer_that_cannot_be_kept_is_given_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> UnitOfWork:
        raise StorageUnavailable("the disk is full")

    monkeypatch.setattr(desk.casework.given_answers, "_store", refuse)
    (answered,) = asyncio.run(desk.turn(call_of("question", "action_answer_question")))
    assert answered.text == "可以申请劳动仲裁。"
