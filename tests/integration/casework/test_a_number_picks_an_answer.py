"""A choice of an intake named by its number: the turn and the intake must mean the same one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from casework import intakes
from casework.adapters.store import SqlStore
from casework.conversations import Conversations
from casework.domain.matter import MatterKind
from casework.domain.messages import Reply
from casework.intake import Intake
from casework.ports import DialogueTurn
from casework.texts import Texts
from tests.fakes.assessor import FakeAssessor
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue import FakeDialogue
from tests.fakes.limiter import FakeLimiter
from tests.integration.casework.conftest import Town

ANSWERS = {
    "yesno": "同意",
    "name": "张三",
    "phone": "13900001234",
    "place": "柳河镇张庄村",
    "date": "2026年5月1日",
    "amount": "3万元",
    "number": "3个人",
    "text": "公司拖欠工资三个月，找了很多次都不给",
}


@pytest.fixture
def intake(casework_store: SqlStore, clock: FakeClock, texts: Texts) -> Intake:
    return Intake(casework_store, clock, texts, intakes.load(), limiter=FakeLimiter())


@pytest.fixture
def filling_in(
    intake: Intake, casework_store: SqlStore, clock: FakeClock, texts: Texts, dialogue: FakeDialogue
) -> Iterator[Town]:
    """A town whose dialogue passes everything on to the petition's questions."""

    def answering(turn: DialogueTurn) -> list[Reply]:
        if turn.text == "我要反映问题":
            step = intake.begin(turn.conversation_id, turn.message_id, MatterKind.PETITION)
        else:
            intent = turn.text.strip("/") if turn.trusted else "inform"
            step = intake.answer(turn.conversation_id, turn.message_id, intent)
        return step.replies

    dialogue.answering = answering
    process = Conversations(
        casework_store, dialogue, clock, texts, FakeAssessor(), intake.asking_kind
    )
    yield Town(process, casework_store, clock, dialogue, texts)
    process.close()


@pytest.mark.parametrize("typed", ["2", "２.", "2、", "（2）", "②", "第二个", "选2"])
def test_the_second_choice_is_taken_however_its_number_is_typed(
    filling_in: Town, intake: Intake, typed: str
) -> None:
    said = filling_in.say("我要反映问题")
    for _ in range(20):
        with filling_in.store.reading() as work:
            draft = work.drafts.open_for(said.replies[-1].conversation_id)
        assert draft is not None
        kind = intake.asking_kind(draft)
        if kind == "choice":
            break
        said = filling_in.say(ANSWERS[kind or "yesno"])
    else:
        pytest.fail("the petition never offers a choice")
    chosen = said.replies[-1].labels[1]
    filling_in.say(typed)
    with filling_in.store.reading() as work:
        after = work.drafts.open_for(draft.conversation_id)
    assert after is not None
    assert draft.asking is not None
    assert after.facts[draft.asking].text == chosen
