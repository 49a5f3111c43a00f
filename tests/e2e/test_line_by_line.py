"""People who type three short lines in a second, through the whole system."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Callable

import pytest

from cli.chat_client import ChatClient
from cli.system.plan import Plan
from cli.system.supervisor import Supervisor
from tests.e2e.phone import Phone
from tests.e2e.test_crashes import THE_REST, _send_and_lose, finish, kill, wait_until

LINES = ("去年十月村里修路占了我家三分地", "到现在一分钱没给", "去村里找过好几回")
BEGINNING = ("我要反映问题", "同意")


def types(visitor: ChatClient, pause: float) -> list[threading.Thread]:
    """The lines are on their way, each without a look at what was answered to the one before."""
    sent = []
    for line in LINES:
        sent.append(threading.Thread(target=_send_and_lose, args=(visitor, line)))
        sent[-1].start()
        time.sleep(pause)
    return sent


def tells_it_once(matters: list[dict[str, object]]) -> None:
    """One matter, in which each line stands once, as part of the story."""
    (matter,) = matters
    summary = matter["summary"]
    assert isinstance(summary, dict)
    fields = {field["id"]: field for field in summary["fields"]}
    story = fields["narrative"]["text"].split("\n")
    assert [story.count(line) for line in LINES] == [1, 1, 1]
    quotes = {quote["source"]: quote["text"] for quote in summary["quotes"]}
    assert [quotes[source] for source in fields["narrative"]["sources"]][:3] == list(LINES)
    # No question took one of the lines for its answer.
    assert "村委会" in fields["against"]["text"]
    assert "东街村" in fields["where"]["text"]
    assert "占地的钱" in fields["wanted"]["text"]


# Nobody sends three at the same instant, and then no order would be the right one.
@pytest.mark.parametrize("pause", [0.1, 0.5])
def test_three_lines_in_a_second_are_one_story(
    system: Supervisor, citizen: Callable[[], ChatClient], pause: float
) -> None:
    visitor = citizen()
    for line in BEGINNING:
        assert visitor.say(line).replies
    for thread in types(visitor, pause):
        thread.join()
    wait_until(lambda: visitor.read()["done"])
    tells_it_once(finish(visitor))


def test_a_gateway_that_dies_between_the_lines_loses_and_doubles_none(
    plan: Plan, system: Supervisor, citizen: Callable[[], ChatClient]
) -> None:
    visitor = citizen()
    for line in BEGINNING:
        visitor.say(line)
    before = visitor.read()["utterances"][-1]["seq"]

    def authors() -> list[str]:
        return [line["author"] for line in visitor.read(before)["utterances"]]

    # Rasa stands still until all lines are there; the gateway dies in the turn after the first.
    os.killpg(system.running["rasa"].pid, signal.SIGSTOP)
    sent = types(visitor, 0.1)
    wait_until(lambda: authors() == ["citizen"] * 3)
    os.killpg(system.running["rasa"].pid, signal.SIGCONT)
    wait_until(lambda: "bot" in authors())
    kill(system, "gateway")
    for thread in sent:
        thread.join()
    system.restart("gateway")
    wait_until(lambda: visitor.read(before)["done"])
    lines = visitor.read(before)["utterances"]
    assert [line["text"] for line in lines if line["author"] == "citizen"] == list(LINES)
    answered = {line["message_id"] for line in lines if line["author"] == "bot"}
    assert len(answered) == 2  # the first by itself, the others together
    tells_it_once(finish(visitor))


def test_three_lines_by_wechat_stand_in_the_summary_that_is_read_back(
    plan: Plan, system: Supervisor, phone: Phone
) -> None:
    phone.switch("plain")
    for line in BEGINNING:
        phone.say(line)
    threads = [threading.Thread(target=phone.say, args=(line, 0.0)) for line in LINES]
    for thread in threads:
        thread.start()
        time.sleep(0.1)
    for thread in threads:
        thread.join()
    said = len(phone.lines)
    wait_until(lambda: bool(phone.read()) or len(phone.lines) > said)
    heard: list[str] = []
    for line in THE_REST:
        heard = phone.say(line)
        assert heard, f"no answer to {line}"
        if "确认提交" in heard[-1]:
            break
    assert all(heard[-1].count(line) == 1 for line in LINES)
    assert re.search(r"[A-Z]{2}\d{8}-\d{4}", phone.say("确认提交")[-1])
