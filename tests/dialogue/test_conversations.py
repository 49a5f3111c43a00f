"""Whole conversations through the real server: which actions run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

CONVERSATIONS = yaml.safe_load(
    (Path(__file__).parent / "conversations.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_right_actions_run(citizen: Callable[[], Any], name: str) -> None:
    someone = citizen()
    for number, written in enumerate(CONVERSATIONS[name], 1):
        step = dict(written)
        expected = step.pop("does")
        typed, pressed = step.pop("say", None), step.pop("press", None)
        done = someone.does(typed or pressed, trusted=pressed is not None, **step)
        assert done == expected, f"step {number}: {typed or pressed}"


def test_what_was_told_reaches_casework_once_and_in_order(citizen: Callable[[], Any]) -> None:
    someone = citizen()
    someone.press("/consultation")
    for words in ("同意", "公司拖欠工资", "我叫〔姓名〕", "〔手机号〕", "三万块", "确认"):
        someone.say(words)
    assert someone.casework.submitted[someone.name] == [
        {"story": "公司拖欠工资", "name": "我叫〔姓名〕", "phone": "〔手机号〕", "amount": "三万块"}
    ]


def test_a_button_comes_back_with_its_payload(citizen: Callable[[], Any]) -> None:
    answer = citizen().press("/consultation")
    assert answer["replies"][-1] == {
        "text": "consent: None?",
        "buttons": [{"title": "同意", "payload": "/affirm"}],
    }


def test_the_entry_of_a_button_reaches_the_action(citizen: Callable[[], Any]) -> None:
    answer = citizen().press('/choose_entry{"entry": "wages-1"}')
    assert [reply["text"] for reply in answer["replies"]] == ["entry wages-1"]


def test_an_action_is_sent_the_latest_message_and_not_the_history(
    citizen: Callable[[], Any],
) -> None:
    someone = citizen()
    for _ in range(5):
        someone.say("你好", risk="yellow")
    tracker = someone.casework.bodies[-1]["tracker"]
    assert [e["event"] for e in tracker["events"]].count("user") == 1
    assert tracker["latest_message"]["text"] == "你好"
    assert tracker["latest_message"]["metadata"]["risk"] == "yellow"


def test_a_form_of_many_turns_stays_active_and_a_turn_stays_small(
    citizen: Callable[[], Any],
) -> None:
    someone = citizen()
    someone.press("/consultation")
    someone.say("同意")
    for _ in range(30):
        assert someone.does("为什么问这个") == ["action_ask_consultation_form_consultation_done"]
    assert someone.does("老板欠我工资") == ["action_ask_consultation_form_consultation_done"]
    assert someone.casework.drafts[someone.name].facts == {"story": "老板欠我工资"}
    assert someone.does("算了不弄了") == ["action_cancelled"]
    assert someone.does("你好") == ["action_menu"]


def test_a_draft_of_the_other_kind_is_taken_up_in_the_middle_of_a_form(
    citizen: Callable[[], Any],
) -> None:
    """A code was told while a petition is being filled in: casework hands over a consultation."""
    someone = citizen()
    someone.press("/petition")
    someone.say("同意")
    someone.casework.drafts[someone.name].kind = "consultation"
    asks = "action_ask_consultation_form_consultation_done"
    assert someone.does("/resume", trusted=True) == ["action_resume", asks]
    assert someone.does("老板欠我工资") == [asks]
    assert someone.casework.drafts[someone.name].facts == {"story": "老板欠我工资"}
