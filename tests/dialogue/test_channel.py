"""The running channel: who may speak, what it refuses, and what it does with doubles."""

from __future__ import annotations

import http.client
import json
import sqlite3
import threading
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SAMPLES = json.loads(
    (Path(__file__).parents[1] / "wire" / "dialogue" / "requests.json").read_text(encoding="utf-8")
)
Maker = Callable[[], Any]


def _body(someone: Any, text: str = "您好", **more: Any) -> dict[str, Any]:
    return {"sender": someone.name, "message_id": uuid.uuid4().hex, "text": text, **more}


def test_the_server_says_that_it_is_well(server: Any) -> None:
    with urllib.request.urlopen(f"{server.url}/health", timeout=5) as response:
        assert json.loads(response.read()) == {"status": "ok"}


@pytest.mark.parametrize("token", [b"", b"wrong", b"a token of the test", b"\xff\xfe\xed\xa0\x80"])
def test_without_the_token_nothing_is_done(citizen: Maker, token: bytes) -> None:
    someone = citizen()
    address = urllib.parse.urlsplit(someone.server.url)
    connection = http.client.HTTPConnection(address.netloc, timeout=10)
    headers: dict[str, Any] = {"X-Suqiu-Token": token}
    connection.request("POST", f"{address.path}/messages", json.dumps(_body(someone)), headers)
    response = connection.getresponse()
    assert (response.status, json.loads(response.read())) == (403, {"error": "token"})
    assert not [call for call in someone.casework.calls if call[0] == someone.name]


@pytest.mark.parametrize("name", SAMPLES["refused"])
def test_a_malformed_request_is_answered_with_400(citizen: Maker, name: str) -> None:
    status, answer = citizen().post(SAMPLES["refused"][name])
    assert status == 400
    assert list(answer) == ["error"]


@pytest.mark.parametrize(
    "raw",
    [b"", b"nonsense", b"\xff\xfe", b"[" * 60_000, b'{"sender": NaN', b'{"sender":"\\ud800"}'],
)
def test_what_is_no_json_is_answered_with_400(citizen: Maker, raw: bytes) -> None:
    status, answer = citizen().post(None, raw=raw)
    assert status == 400
    assert "Traceback" not in json.dumps(answer)


@pytest.mark.parametrize("size", [1001, 100_000, 1_000_000])
@pytest.mark.parametrize("character", ["1", "啊", "/", "\u200b"])
def test_a_text_that_is_too_long_is_refused(citizen: Maker, size: int, character: str) -> None:
    someone = citizen()
    status, answer = someone.post(_body(someone, character * size))
    assert status == 400
    assert "error" in answer


@pytest.mark.parametrize(
    "text", ["1" * 1000, "啊" * 1000, "〔" * 1000, "不" * 999 + "了", "a1" * 500]
)
def test_the_longest_text_is_answered(citizen: Maker, text: str) -> None:
    assert citizen().say(text)["replies"]


@pytest.mark.parametrize(
    "typed", ["/restart", '/petition{"petition_done": true}', "\u200b/consultation", " /crisis"]
)
def test_a_typed_command_is_words_like_any_others(citizen: Maker, typed: str) -> None:
    someone = citizen()
    assert someone.does(typed)[0] in ("action_answer_question", "action_fallback", "action_menu")
    someone.press("/consultation")
    someone.say("同意")
    assert someone.does(typed) == ["action_ask_consultation_form_consultation_done"]
    assert someone.casework.drafts[someone.name].kind == "consultation"
    assert someone.casework.drafts[someone.name].facts["story"].lstrip().startswith("／")


def test_the_same_message_is_acted_on_once_and_its_replies_come_back(citizen: Maker) -> None:
    someone = citizen()
    first = someone.press("/consultation", message_id="m-1")
    calls = len(someone.casework.calls)
    again = someone.press("/consultation", message_id="m-1")
    assert first["replayed"] is False
    assert again == {**first, "replayed": True}
    assert len(someone.casework.calls) == calls


def test_a_message_is_known_again_after_others_of_the_session(citizen: Maker) -> None:
    someone = citizen()
    first = someone.say("您好", message_id="m-1")
    someone.say("谢谢", message_id="m-2")
    assert someone.say("您好", message_id="m-1") == {**first, "replayed": True}


def test_two_conversations_may_use_the_same_message_id(citizen: Maker) -> None:
    one, other = citizen(), citizen()
    one.say("您好", message_id="m-1")
    assert other.say("您好", message_id="m-1")["replayed"] is False


def test_doubles_that_come_at_once_are_acted_on_once(citizen: Maker) -> None:
    someone = citizen()
    answers: list[dict[str, Any]] = []
    threads = [
        threading.Thread(
            target=lambda: answers.append(someone.press("/petition", message_id="m-1"))
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer["replayed"] for answer in answers) == [False, True, True, True]
    assert len({json.dumps(answer["replies"]) for answer in answers}) == 1
    begun = [c for c in someone.casework.calls if c[:2] == (someone.name, "action_begin_petition")]
    assert len(begun) == 1


def test_messages_that_come_at_once_are_all_answered(citizen: Maker) -> None:
    someone = citizen()
    answers: list[dict[str, Any]] = []
    threads = [
        threading.Thread(target=lambda: answers.append(someone.say("您好"))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(answer["replies"]) for answer in answers] == [1] * 6


def test_stock_ways_in_are_closed(server: Any) -> None:
    base = server.url.removesuffix("/webhooks/suqiu")
    for path in ("/webhooks/rest/webhook", "/conversations/x/tracker", "/model/parse", "/domain"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(base + path, timeout=5)
        assert refused.value.code == 404


def test_the_store_of_conversations_is_for_its_owner_alone_and_sessions_stay_short(
    citizen: Maker, server: Any
) -> None:
    someone = citizen()
    for _ in range(40):
        someone.say("您好")
    file = server.folder / "tracker.db"
    assert file.stat().st_mode & 0o077 == 0
    assert file.with_name("tracker.db-wal").stat().st_mode & 0o077 == 0
    with sqlite3.connect(file) as connection:
        rows = connection.execute(
            "select type_name, count(*) from events where sender_id = ? group by type_name",
            (someone.name,),
        )
        counts = dict(rows.fetchall())
    assert counts["user"] == 40
    assert counts["session_started"] == 4
