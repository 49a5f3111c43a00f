"""Words that pass through the dialogue server without being seen by it."""

from __future__ import annotations

import pytest

from casework.adapters.store import SqlStore
from casework.domain.errors import DialogueUnavailable
from casework.domain.messages import Button, Reply
from casework.ports import DialogueTurn
from casework.references import ReferencedDialogue, References
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue import FakeDialogue


@pytest.fixture
def references(sqlite_store: SqlStore, clock: FakeClock) -> References:
    return References(sqlite_store, clock)


def test_words_come_back_as_they_were_with_their_buttons(references: References) -> None:
    buttons = (Button("确认提交", "/affirm"),)
    (reference,) = references.keep("m1", ["电话：13812345678\n{花括号} 〔手机号〕"])
    assert "138" not in reference
    filled = references.fill([Reply(reference, buttons), Reply("好的")])
    assert filled == [Reply("电话：13812345678\n{花括号} 〔手机号〕", buttons), Reply("好的")]


def test_the_same_words_for_the_same_message_are_the_same_reference(references: References) -> None:
    assert references.keep("m1", ["你好"]) == references.keep("m1", ["你好"])
    assert references.keep("m1", ["你好"]) != references.keep("m2", ["你好"])


def test_a_reference_to_nothing_is_no_answer(references: References) -> None:
    with pytest.raises(DialogueUnavailable):
        references.fill([Reply("〔@m9:0123456789abcdef〕")])


def test_what_a_citizen_types_is_never_looked_up(references: References) -> None:
    (reference,) = references.keep("m1", ["别人的话"])
    filled = references.fill([Reply("您说的是“〔@abc〕”吗？")])
    assert filled == [Reply("您说的是“〔@abc〕”吗？")]
    assert reference not in filled[0].text


def test_a_dialogue_with_references_speaks_plainly(
    references: References, dialogue: FakeDialogue
) -> None:
    (reference,) = references.keep("m1", ["编号XF20261122-0007"])
    dialogue.answering = lambda turn: [Reply(reference)]
    spoken = ReferencedDialogue(dialogue, references)
    assert spoken.ask(DialogueTurn("c1", "m1", "查进度")) == [Reply("编号XF20261122-0007")]
    assert spoken.healthy()
