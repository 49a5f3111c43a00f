"""The conversation of a visitor over JSON."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fakes.clock import FakeClock
from tests.fakes.office import Office
from tests.integration.channels.gateway.conftest import Visitor


def test_a_visitor_begins_a_session_and_is_answered(visitor: Visitor) -> None:
    assert visitor.session.status_code == 200
    assert visitor.session.get_json() == {
        "resumed": False, "utterances": [], "owner": "bot", "staff_name": None, "staff_title": "",
    }  # fmt: skip
    answer = visitor.send(text="公司拖欠工资怎么办")
    assert answer.status_code == 200
    body = answer.get_json()
    assert body["done"] is True
    assert [line["author"] for line in body["utterances"]] == ["citizen", "bot", "bot"]
    assert body["utterances"][0]["message_id"] == body["message_id"]
    assert body["utterances"][-1]["labels"] == ["好", "不用"]


def test_only_labels_leave_the_house_never_payloads(visitor: Visitor) -> None:
    assert "/affirm" not in visitor.send(text="工资").get_data(as_text=True)


def test_the_session_cookie_cannot_be_read_by_scripts(visitor: Visitor) -> None:
    cookie = visitor.session.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_without_a_session_a_message_is_refused_with_a_sentence(client: FlaskClient) -> None:
    answer = client.post("/widget/messages", json={"key": "k", "text": "您好"})
    assert answer.status_code == 401
    assert answer.get_json()["error"] == "no_visitor"
    assert "重新打开" in answer.get_json()["message"]


@pytest.mark.parametrize("path", ["/widget/messages", "/widget/stream", "/widget/matters"])
@pytest.mark.parametrize("token", ["forged", "a.b.c", "", "\u00e9"])
def test_a_forged_session_is_refused_everywhere(client: FlaskClient, path: str, token: str) -> None:
    client.set_cookie("suqiu_visitor", token)
    assert client.get(path).status_code == 401


def test_a_token_signed_with_another_secret_is_refused(
    office: Office, app: Flask, visitor: Visitor
) -> None:
    token = visitor.client.post("/widget/session", json={"keep": "token"}).get_json()["token"]
    app.secret_key = "another secret altogether, thirty-two"
    stranger = app.test_client()
    answer = stranger.get("/widget/messages", headers={"X-Suqiu-Visitor": token})
    assert answer.status_code == 401


def test_a_page_in_a_foreign_frame_sends_its_token_itself(app: Flask) -> None:
    opened = app.test_client().post("/widget/session", json={"keep": "token"})
    assert "Set-Cookie" not in opened.headers
    headers = {"X-Suqiu-Visitor": opened.get_json()["token"]}
    answer = app.test_client().post(
        "/widget/messages", json={"key": "k1", "text": "您好"}, headers=headers
    )
    assert answer.status_code == 200
    read = app.test_client().get("/widget/messages", headers=headers).get_json()
    assert [line["text"] for line in read["utterances"]] == ["您好", "收到：您好"]


def test_the_same_key_counts_once_even_three_at_once(
    app: Flask, visitor: Visitor, office: Office
) -> None:
    headers = {
        "X-Suqiu-Visitor": visitor.client.post(
            "/widget/session", json={"keep": "token"}
        ).get_json()["token"]
    }

    def send(_: int) -> dict[str, object]:
        answer = app.test_client().post(
            "/widget/messages", json={"key": "same", "text": "只说一次"}, headers=headers
        )
        assert answer.status_code == 200
        body: dict[str, object] = answer.get_json()
        return body

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(send, range(3)))
    assert len({str(answer["message_id"]) for answer in answers}) == 1
    assert [line["text"] for line in visitor.reads()] == ["只说一次", "收到：只说一次"]
    assert len(office.dialogue.taken) == 1


def test_one_visitors_key_says_nothing_about_anothers(app: Flask) -> None:
    one, other = Visitor(app.test_client()), Visitor(app.test_client())
    one.send(text="我的秘密")
    answer = other.send(text="别的事")
    assert "我的秘密" not in answer.get_data(as_text=True)
    assert [line["text"] for line in other.reads()] == ["别的事", "收到：别的事"]


def test_what_came_after_the_cursor_is_read_and_nothing_before(visitor: Visitor) -> None:
    visitor.says("第一句")
    assert visitor.reads() == []
    visitor.send(text="第二句")
    assert [line["text"] for line in visitor.reads()] == ["第二句", "收到：第二句"]


@pytest.mark.parametrize("cursor", ["-1", "abc", "9" * 40, "１２", ""])
def test_an_unreadable_cursor_reads_from_the_beginning(visitor: Visitor, cursor: str) -> None:
    visitor.says("您好")
    answer = visitor.client.get("/widget/messages", query_string={"after": cursor})
    assert len(answer.get_json()["utterances"]) == 2


@pytest.mark.parametrize(
    "body",
    [
        [],
        "text",
        {},
        {"text": "没有钥匙"},
        {"key": "k"},
        {"key": "", "text": "x"},
        {"key": "k" * 65, "text": "x"},
        {"key": "k k", "text": "x"},
        {"key": 7, "text": "x"},
        {"key": "k", "text": 7},
        {"key": "k", "text": None},
        {"key": "k", "text": "x", "button": "y"},
        {"key": "k", "action": "restart"},
        {"key": "k", "action": "/person"},
    ],
)
def test_a_malformed_message_is_refused_with_a_sentence(visitor: Visitor, body: object) -> None:
    answer = visitor.client.post("/widget/messages", json=body)
    assert answer.status_code == 400
    assert answer.get_json()["message"]
    assert visitor.reads() == []


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b'{"key":"k","text":"x"'])
def test_a_body_that_is_no_json_is_refused(visitor: Visitor, raw: bytes) -> None:
    answer = visitor.client.post("/widget/messages", data=raw, content_type="application/json")
    assert answer.status_code == 400
    assert answer.get_json()["error"] == "bad_request"


def test_a_form_of_a_foreign_page_cannot_speak_for_the_visitor(visitor: Visitor) -> None:
    answer = visitor.client.post("/widget/messages", data={"key": "k", "text": "x"})
    assert answer.status_code == 400
    plain = visitor.client.post(
        "/widget/messages", data=json.dumps({"key": "k", "text": "x"}), content_type="text/plain"
    )
    assert plain.status_code == 400
    assert visitor.reads() == []


def test_a_megabyte_is_refused_and_twenty_thousand_characters_are_kept(visitor: Visitor) -> None:
    answer = visitor.send(text="长" * 350_000)
    assert answer.status_code == 413
    assert "分几次" in answer.get_json()["message"]
    visitor.send(text="长" * 25_000)
    said, *replies = visitor.reads()
    assert len(said["text"]) == 20_000
    assert any("两万字" in line["text"] for line in replies)


@pytest.mark.parametrize("text", ["\ud800你好", "你\x00好\x1b", "\u202e你好", "\U0001f600", "   "])
def test_odd_characters_are_answered(visitor: Visitor, text: str) -> None:
    raw = json.dumps({"key": "odd", "text": text})  # surrogates travel as escapes
    answer = visitor.client.post("/widget/messages", data=raw, content_type="application/json")
    assert answer.status_code == 200
    assert any(line["author"] == "bot" for line in visitor.reads())


def test_a_typed_command_is_words_like_any_others(visitor: Visitor, office: Office) -> None:
    visitor.send(text="/restart")
    assert office.dialogue.asked[-1].trusted is False


def test_a_quick_action_travels_as_an_event_and_reaches_a_person(
    visitor: Visitor, office: Office
) -> None:
    answer = visitor.send(action="person").get_json()
    assert answer["owner"] == "waiting"
    assert office.dialogue.asked[-1].trusted is True


def test_a_visitor_who_floods_is_slowed_down(visitor: Visitor) -> None:
    codes = [visitor.send(text=f"第{n}条").status_code for n in range(31)]
    assert codes[:30] == [200] * 30
    assert codes[30] == 429
    refused = visitor.send(text="还有")
    assert "歇" in refused.get_json()["message"]
    assert refused.headers["Retry-After"]


def test_sessions_are_not_given_out_without_end(client: FlaskClient) -> None:
    codes = {client.post("/widget/session", json={}).status_code for _ in range(45)}
    assert codes == {200, 429}


def test_the_session_of_a_returning_visitor_brings_the_history(visitor: Visitor) -> None:
    visitor.says("您好")
    again = visitor.client.post("/widget/session", json={}).get_json()
    assert again["resumed"] is True
    assert [line["text"] for line in again["utterances"]] == ["您好", "收到：您好"]


def test_an_expired_session_begins_anew_instead_of_failing(app: Flask, visitor: Visitor) -> None:
    visitor.says("从前")
    visitor.client.set_cookie("suqiu_visitor", "expired-or-forged")
    again = visitor.client.post("/widget/session", json={})
    assert again.status_code == 200
    assert again.get_json()["resumed"] is False
    assert again.get_json()["utterances"] == []


def test_a_slow_answer_is_promised_and_read_later(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, office: Office
) -> None:
    import threading

    go = threading.Event()
    office.dialogue.on_ask = lambda turn: (go.wait(20), None)[1]
    monkeypatch.setattr("channels.widget.messages.WAIT_SECONDS", 0.05)
    answer = visitor.send(text="慢")
    assert answer.status_code == 202
    assert answer.get_json()["done"] is False
    assert [line["author"] for line in answer.get_json()["utterances"]] == ["citizen"]
    go.set()
    done = False
    for _ in range(400):
        body = visitor.client.get("/widget/messages").get_json()
        if done := body["done"]:
            break
        threading.Event().wait(0.02)
    assert done
    assert [line["text"] for line in visitor.reads()] == ["慢", "收到：慢"]


def test_when_the_dialogue_is_down_the_visitor_is_told_and_a_person_is_called(
    visitor: Visitor, office: Office
) -> None:
    office.dialogue.failures = 99
    answer = visitor.send(text="您好").get_json()
    assert answer["owner"] == "waiting"
    assert any(line["author"] == "bot" and line["text"] for line in answer["utterances"])


def test_a_visitor_sees_their_own_matters_and_nobody_elses(
    visitor: Visitor, office: Office
) -> None:
    visitor.says("您好")
    with office.store.reading() as work:
        message_id = visitor.client.get("/widget/messages").get_json()["utterances"][0][
            "message_id"
        ]
        conversation_id = work.inbox.get(message_id).conversation_id
    mine = office.matter(conversation_id=conversation_id)
    office.matter()
    matters = visitor.client.get("/widget/matters").get_json()["matters"]
    assert [matter["number"] for matter in matters] == [mine.number]
    assert matters[0]["delivered"] == [{"to": "ledger", "state": "pending"}]
    assert mine.code not in json.dumps(matters)


def test_times_are_told_with_their_zone(visitor: Visitor, clock: FakeClock) -> None:
    visitor.send(text="您好")
    assert visitor.reads()[0]["at"] == clock.now().isoformat()
