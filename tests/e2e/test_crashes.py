"""SIGKILL in the middle of a form: the conversation goes on, nothing is lost, nothing doubled."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable

import pytest
import requests

from cli.chat_client import ChatClient
from cli.failures import Unusable
from cli.system.plan import Plan
from cli.system.supervisor import Supervisor

TO_REVIEW = (
    "我要反映问题",
    "同意",
    "去年十月村里修路占了我家三分地，说好给补偿到现在没给",
)
THE_REST = (
    "青河县柳河镇东街村村委会",
    "青河县柳河镇东街村",
    "希望把占地的钱补给我",
    "李秀英",
    "13912345678",
    "没有打过官司，也没有仲裁过",
    "就我们一家",
    "有当时量地的单子",
    "没有了",
)


def finish(visitor: ChatClient) -> list[dict[str, object]]:
    """Answer what is still asked, then confirm."""
    for line in THE_REST:
        turn = visitor.say(line)
        assert turn.replies
        if "确认提交" in turn.buttons:
            break
    visitor.press("确认提交")
    return visitor.settled_matters()


def kill(system: Supervisor, name: str) -> None:
    running = system.running[name]
    os.killpg(running.pid, signal.SIGKILL)
    running.process.wait(timeout=10)


@pytest.mark.parametrize("part", ["rasa", "actions", "gateway"])
def test_a_killed_part_loses_and_doubles_nothing(
    system: Supervisor, citizen: Callable[[], ChatClient], part: str
) -> None:
    visitor = citizen()
    for line in TO_REVIEW:
        assert visitor.say(line).replies
    kill(system, part)
    if part != "gateway":
        # The citizen is answered all the same: an apology, and a person.
        turn = visitor.say("你们还在吗")
        assert turn.replies
        assert turn.owner == "waiting"
    system.restart(part)
    matters = finish(visitor)
    assert len(matters) == 1
    assert "三分地" in str(matters[0]["summary"])
    assert [d["state"] for d in matters[0]["delivered"]] == ["delivered"]  # type: ignore[attr-defined]


def test_a_message_taken_by_a_gateway_that_dies_is_answered_once(
    plan: Plan, system: Supervisor, citizen: Callable[[], ChatClient]
) -> None:
    visitor = citizen()
    for line in TO_REVIEW:
        visitor.say(line)
    before = visitor.read()["utterances"][-1]["seq"]
    # Rasa stands still, so that the turn hangs while the gateway dies under it.
    os.killpg(system.running["rasa"].pid, signal.SIGSTOP)
    sent = threading.Thread(target=_send_and_lose, args=(visitor, "青河县柳河镇东街村村委会"))
    sent.start()
    wait_until(lambda: len(visitor.read(before)["utterances"]) == 1)
    kill(system, "gateway")
    os.killpg(system.running["rasa"].pid, signal.SIGCONT)
    sent.join()
    system.restart("gateway")
    wait_until(lambda: visitor.read(before)["done"])
    lines = visitor.read(before)["utterances"]
    assert [line["author"] for line in lines].count("citizen") == 1
    answers = [line["text"] for line in lines if line["author"] == "bot"]
    assert answers
    assert len(answers) == len(set(answers))


def wait_until(true: Callable[[], bool], patience: float = 60.0) -> None:
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.1)


def _send_and_lose(visitor: ChatClient, text: str) -> None:
    with contextlib.suppress(Unusable):
        visitor.post({"text": text})


def test_a_confirmed_petition_reaches_a_receiver_that_was_failing_exactly_once(
    plan: Plan, system: Supervisor, citizen: Callable[[], ChatClient]
) -> None:
    receiver = f"http://127.0.0.1:{plan.settings.receiver_port}"
    requests.post(f"{receiver}/mishap", json={"kind": "500", "times": 1}, timeout=10)
    visitor = citizen()
    for line in TO_REVIEW:
        visitor.say(line)
    matters = finish(visitor)
    number = matters[0]["number"]
    received = requests.get(f"{receiver}/received", timeout=10).json()
    assert [each["number"] for each in received["matters"]].count(number) == 1
