"""A wish that casework hears itself reaches the dialogue as a command, and never as words."""

from __future__ import annotations

from itertools import count

import pytest

from casework import intakes
from casework.domain.messages import Button, Inbound, MessageKind, Reply
from casework.wishes import Wishes
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue import FakeDialogue
from tests.integration.casework.conftest import ProcessMaker

WISHED = Wishes(intakes.load().words).payload
_keys = count()


@pytest.fixture
def say(another_process: ProcessMaker, clock: FakeClock, dialogue: FakeDialogue):  # type: ignore[no-untyped-def]
    process = another_process(wished=WISHED)

    def speak(text: str) -> tuple[str, bool]:
        """What the dialogue is asked: its text, and whether it is a command."""
        inbound = Inbound("widget", "张三", f"w{next(_keys)}", MessageKind.TEXT, text, clock.now())
        receipt = process.receive(inbound)
        assert process.attend(receipt.conversation_id, receipt.message_id, 20).replies
        return dialogue.asked[-1].text, dialogue.asked[-1].trusted

    return speak


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("继续 K7QM-3XPD-W2HT", "/resume"),
        ("取回草稿", "/retrieve"),
        ("给上次那件事补充材料", "/supplement"),
    ],
)
def test_a_wish_is_sent_as_a_command(say, text: str, command: str) -> None:  # type: ignore[no-untyped-def]
    assert say(text) == (command, True)


def test_everything_else_stays_words(say) -> None:  # type: ignore[no-untyped-def]
    assert say("公司拖欠我三个月工资") == ("公司拖欠我三个月工资", False)
    assert say("/retrieve") == ("/retrieve", False)


def test_danger_comes_before_a_wish(say) -> None:  # type: ignore[no-untyped-def]
    text, trusted = say("我不想活了，补充材料也没有用")
    assert not trusted
    assert "不想活" in text


def test_an_offered_button_comes_before_a_wish(say, dialogue: FakeDialogue) -> None:  # type: ignore[no-untyped-def]
    dialogue.answering = lambda turn: [Reply("好的", (Button("补充材料", "/menu"),))]
    say("你好")
    assert say("补充材料") == ("/menu", True)
