"""Five conversations through the widget's path, each to the end it ought to have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.chat import parse_line
from cli.chat_client import ChatClient, Turn

SCRIPTS = Path(__file__).parent / "scripts"


def play(citizen: ChatClient, script: str) -> list[Turn]:
    lines = (SCRIPTS / f"{script}.txt").read_text(encoding="utf-8").splitlines()
    turns = []
    for line in filter(None, lines):
        kind, text = parse_line(line)
        turns.append(citizen.press(text) if kind == "button" else citizen.say(text))
        assert turns[-1].replies, f"no answer to {line}"
    return turns


def as_text(value: object) -> str:
    return str(value)


def test_a_worker_consults_about_wages_and_the_lawyer_gets_the_case(
    citizen: Callable[[], ChatClient],
) -> None:
    visitor = citizen()
    turns = play(visitor, "labour_consultation")
    assert "劳动合同法" in turns[1].replies[0]
    matters = visitor.settled_matters()
    assert [m["kind"] for m in matters] == ["consultation"]
    summary = as_text(matters[0]["summary"])
    for told in ("王建国", "13812345678", "宏达建材", "一万八千", "双倍工资", "考勤"):
        assert told in summary
    assert [d["state"] for d in matters[0]["delivered"]] == ["delivered"]
    assert matters[0]["number"] in turns[-1].replies[0]
    assert turns[-1].owner == "waiting"


def test_a_petition_survives_a_question_and_a_correction(
    citizen: Callable[[], ChatClient],
) -> None:
    visitor = citizen()
    turns = play(visitor, "petition_with_corrections")
    assert any("信访工作条例" in reply for turn in turns for reply in turn.replies)
    matters = visitor.settled_matters()
    assert [m["kind"] for m in matters] == ["petition"]
    summary = as_text(matters[0]["summary"])
    for told in ("李秀英", "13987654321", "东街村", "三分地", "二十多棵杨树", "照片"):
        assert told in summary
    assert "13912345678" not in as_text(matters[0]["summary"].get("facts", summary))
    assert [d["state"] for d in matters[0]["delivered"]] == ["delivered"]


def test_a_person_in_danger_gets_numbers_and_a_person_not_a_form(
    citizen: Callable[[], ChatClient],
) -> None:
    visitor = citizen()
    turns = play(visitor, "crisis")
    assert "110" in turns[0].replies[0]
    assert [turn.owner for turn in turns] == ["waiting", "waiting"]
    assert visitor.settled_matters() == []


def test_asking_for_a_person_puts_the_citizen_in_the_queue(
    citizen: Callable[[], ChatClient],
) -> None:
    turns = play(citizen(), "lawyer_handover")
    assert [turn.owner for turn in turns] == ["bot", "waiting", "waiting"]


def test_a_cancelled_draft_is_resumed_where_it_was_left(
    citizen: Callable[[], ChatClient],
) -> None:
    visitor = citizen()
    turns = play(visitor, "cancel_and_resume")
    assert "公证" in "".join(turns[4].replies + turns[4].buttons)
    assert turns[5].replies[-1] == turns[2].replies[-1]
    assert visitor.settled_matters() == []


@pytest.mark.parametrize("command", ["/restart", "/petition", '/inform{"phone": "13800138000"}'])
def test_typed_commands_are_words_like_any_others(
    citizen: Callable[[], ChatClient], command: str
) -> None:
    visitor = citizen()
    visitor.say("我要反映问题")
    visitor.say("同意")
    turn = visitor.say(command)
    assert turn.replies
    assert visitor.say("继续填写").replies
    assert visitor.settled_matters() == []
