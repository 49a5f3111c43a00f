"""Log lines hold no personal data."""

from __future__ import annotations

import io
import json
import logging
import sys

import pytest
import structlog

from casework import logs


@pytest.fixture
def _quiet_afterwards():
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "private",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "１３８１２３４５６７８",
        "33010619900101123X",
        "6222021234567890123",
        "6222 0212 3456 7890",
        "0571-87654321",
        "wang.xiaoming@example.com.cn",
        "oMwcN6abcdefghijklmnopqrstuv",
    ],
)
def test_what_looks_like_personal_data_is_masked_wherever_it_stands(private: str) -> None:
    event = {
        "event": f"failed for 电话{private}。",
        "where": {"deep": [f"({private})"]},
        "error": ValueError(private),
    }
    shown = str(logs.scrub(None, "info", event))
    assert private not in shown
    assert shown.count(logs.MASK) == 3


@pytest.mark.parametrize("field", ["text", "name", "payload", "recipient", "password"])
def test_fields_that_promise_personal_data_are_withheld(field: str) -> None:
    shown = logs.scrub(None, "info", {"event": "x", field: "王小明", "more": {field: "王小明"}})
    assert "王小明" not in str(shown)


@pytest.mark.parametrize(
    "harmless",
    [
        "1234567890abcdef1234567890abcdef",
        "13812345678abcdef13812345678abcd",
        "XF20261123-0001",
        "2026-11-23T01:00:00.123456Z",
        42,
        1.5,
        None,
        True,
    ],
)
def test_ids_numbers_and_times_stay(harmless: object) -> None:
    assert logs.scrub(None, "info", {"event": "x", "id": harmless})["id"] == harmless


@pytest.mark.usefixtures("_quiet_afterwards")
def test_lines_of_ours_and_of_libraries_come_out_alike(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "json", "worker")
    structlog.get_logger("ours").info("worked", job="turns", count=2)
    logging.getLogger("theirs").warning("called %s", "13812345678")
    structlog.get_logger("ours").debug("unheard")
    ours, theirs = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert ours["event"] == "worked"
    assert (ours["job"], ours["count"], ours["process"]) == ("turns", 2, "worker")
    assert theirs["event"] == "called [masked]"
    assert (theirs["level"], theirs["process"]) == ("warning", "worker")


@pytest.mark.parametrize("form", ["json", "console"])
@pytest.mark.usefixtures("_quiet_afterwards")
def test_a_stack_trace_shows_no_values(capsys: pytest.CaptureFixture[str], form) -> None:
    logs.configure("info", form)
    phone = "".join(["138", "1234", "5678"])
    try:
        raise ValueError(f"cannot store {phone}")
    except ValueError:
        structlog.get_logger().exception("broken")
        logging.getLogger("theirs").exception("broken too")
    shown = capsys.readouterr().err
    assert shown.count("ValueError: cannot store [masked]") == 2
    assert phone not in shown


@pytest.mark.usefixtures("_quiet_afterwards")
def test_lines_go_where_stderr_is_at_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    early, late = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", early)
    logs.configure("info", "json", "worker")
    early.close()
    monkeypatch.setattr(sys, "stderr", late)
    structlog.get_logger("ours").info("worked")
    assert json.loads(late.getvalue())["event"] == "worked"
