"""What must not happen when something breaks in the middle of a turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Maker = Callable[[], Any]
EMPTY = {"replies": [], "replayed": False}
HOW = ["500", "drop", "nonsense", "hang"]


def _until_review(someone: Any) -> None:
    someone.press("/consultation")
    for words in ("同意", "公司拖欠工资", "〔姓名〕", "〔手机号〕", "三万块"):
        someone.say(words)
    assert someone.casework.drafts[someone.name].stage == "review"


@pytest.mark.parametrize("how", HOW)
def test_a_turn_whose_action_fails_is_empty_and_can_be_sent_again(citizen: Maker, how: str) -> None:
    someone = citizen()
    someone.casework.broken["*"] = how
    assert someone.say("您好", message_id="m-1") == EMPTY
    assert someone.say("您好", message_id="m-1") == EMPTY
    someone.casework.mend()
    answer = someone.say("您好", message_id="m-1")
    assert [reply["text"] for reply in answer["replies"]] == ["action_menu"]
    assert someone.say("您好", message_id="m-1") == {**answer, "replayed": True}


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize(
    "action",
    ["validate_consultation_form", "action_ask_consultation_form_consultation_done", "*"],
)
def test_nothing_is_submitted_when_a_form_breaks_at_its_beginning(
    citizen: Maker, action: str, how: str
) -> None:
    someone = citizen()
    someone.casework.broken[action] = how
    assert someone.press("/consultation") == EMPTY
    assert someone.name not in someone.casework.submitted
    someone.casework.mend()
    assert someone.does("/consultation", trusted=True)[-1].startswith("action_ask_consultation")
    assert not [c for c in someone.casework.calls if c[0] == someone.name and "submit" in c[1]]


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize(
    "action",
    ["validate_consultation_form", "action_ask_consultation_form_consultation_done", "*"],
)
def test_a_form_that_breaks_in_the_middle_goes_on_where_it_was(
    citizen: Maker, action: str, how: str
) -> None:
    someone = citizen()
    someone.press("/consultation")
    someone.say("同意")
    someone.casework.broken[action] = how
    for _ in range(2):
        assert someone.say("公司拖欠工资", message_id="m-1", asking_kind="text") == EMPTY
    someone.casework.mend()
    answer = someone.say("公司拖欠工资", message_id="m-1", asking_kind="text")
    assert answer["replies"][-1]["text"] == "collecting: name?"
    assert someone.casework.drafts[someone.name].facts == {"story": "公司拖欠工资"}


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize(
    "action", ["validate_consultation_form", "action_submit_consultation", "*"]
)
def test_a_confirmed_summary_is_handed_over_once_whatever_broke(
    citizen: Maker, action: str, how: str
) -> None:
    someone = citizen()
    _until_review(someone)
    someone.casework.broken[action] = how
    for _ in range(2):
        assert someone.say("确认", message_id="m-1", stage="review") == EMPTY
    assert someone.name not in someone.casework.submitted
    someone.casework.mend()
    answer = someone.say("确认", message_id="m-1", stage="review")
    assert answer["replies"][-1]["text"] == "submitted"
    assert len(someone.casework.submitted[someone.name]) == 1
    assert someone.does("谢谢") == ["action_thanks"]


def test_a_turn_that_hangs_does_not_hold_up_the_next_conversation(citizen: Maker) -> None:
    slow, other = citizen(), citizen()
    slow.casework.broken["action_progress"] = "hang"
    assert slow.say("查进度") == EMPTY
    assert other.say("您好")["replies"]
    assert slow.say("您好")["replies"]


def test_a_killed_server_goes_on_in_the_middle_of_a_form(
    own_server: Any, casework: Any, someone_of: Callable[[Any], Any]
) -> None:
    someone = someone_of(own_server)
    someone.press("/petition")
    someone.say("同意")
    someone.say("路坏了三年没人修", message_id="m-1")
    own_server.kill()
    own_server.start()
    assert someone.say("路坏了三年没人修", message_id="m-1", asking_kind="text")["replayed"] is True
    assert someone.say("大路张村")["replies"][-1]["text"] == "collecting: before?"
    assert list(casework.drafts[someone.name].facts) == ["story", "place"]


def test_a_store_that_cannot_be_read_is_an_error_and_no_new_conversation(
    own_server: Any, casework: Any, someone_of: Callable[[Any], Any]
) -> None:
    someone = someone_of(own_server)
    someone.press("/petition")
    calls = len(casework.calls)
    file = own_server.folder / "tracker.db"
    kept = {f: f.read_bytes() for f in own_server.folder.glob("tracker.db*")}
    for f in kept:
        f.write_bytes(b"not a database" * 1000)
    status, answer = someone.post({"sender": someone.name, "message_id": "m", "text": "同意"})
    assert (status, answer) == (500, {"error": "turn failed"})
    assert len(casework.calls) == calls
    assert file.exists()
    log = own_server.log.read_text(encoding="utf-8")
    assert "同意" not in log
