"""Reading requests, and how typed text loses the power of a command."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from components.wire import LONGEST_TEXT, Malformed, harmless, parse

SAMPLES = json.loads(
    (Path(__file__).parents[1] / "wire" / "dialogue" / "requests.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", SAMPLES["accepted"])
def test_an_agreed_request_is_read_as_it_is(name: str) -> None:
    body = SAMPLES["accepted"][name]
    request = parse(body)
    assert (request.sender, request.message_id) == (body["sender"], body["message_id"])
    assert request.text == body["text"]
    assert request.command is body.get("trusted", False)
    sent = body.get("metadata", {})
    assert {name: request.metadata[name] for name in sent} == sent
    assert request.metadata["message_id"] == body["message_id"]


@pytest.mark.parametrize("name", SAMPLES["refused"])
def test_a_malformed_request_is_refused(name: str) -> None:
    with pytest.raises(Malformed):
        parse(SAMPLES["refused"][name])


def test_a_text_may_have_a_thousand_characters_and_no_more() -> None:
    body = {"sender": "s", "message_id": "m", "text": "啊" * LONGEST_TEXT}
    assert parse(body).text == "啊" * LONGEST_TEXT
    with pytest.raises(Malformed):
        parse({**body, "text": "啊" * (LONGEST_TEXT + 1)})


def test_what_is_not_in_the_contract_does_not_get_into_the_conversation() -> None:
    body = {
        "sender": "s",
        "message_id": "m",
        "text": "a",
        "metadata": {"phone": "1", "owner": "bot"},
    }
    assert parse(body).metadata == {"owner": "bot", "entities": [], "message_id": "m"}


@pytest.mark.parametrize(
    "typed",
    [
        "/restart",
        "/session_start",
        '/petition{"petition_done": true}',
        "\u200b/restart",
        "\ufeff /restart",
        "\x00\x1b/restart",
        " \n\t/restart",
        "\u2066\u200d/restart",
        "／restart",
        "/",
        "//restart",
    ],
)
def test_typed_text_can_never_be_a_command(typed: str) -> None:
    request = parse({"sender": "s", "message_id": "m", "text": typed})
    assert not request.command
    assert not request.text.strip().startswith("/")
    assert request.text == request.text.strip()


@pytest.mark.parametrize(
    "payload",
    ["/restart", "/session_start", "/back", '/restart{"a": 1}', "/Affirm", "affirm", "/affirm\n/x"],
)
def test_even_a_trusted_text_is_no_command_unless_it_is_a_button(payload: str) -> None:
    request = parse({"sender": "s", "message_id": "m", "text": payload, "trusted": True})
    assert not request.command
    assert not request.text.startswith("/")


def test_spans_still_point_at_their_words_when_invisible_characters_go() -> None:
    text = "\u200b  我叫\u200d〔姓名〕\r\n住在\u00a0许昌 "
    spans = [{"kind": "name", "start": 6, "end": 10}, {"kind": "place", "start": 15, "end": 17}]
    body = {"sender": "s", "message_id": "m", "text": text, "metadata": {"entities": spans}}
    request = parse(body)
    words = [request.text[s["start"] : s["end"]] for s in request.metadata["entities"]]
    assert words == ["〔姓名〕", "许昌"]
    assert not any(ord(c) in (0x200B, 0x200D, 0x0D, 0x0A) for c in request.text)


def test_a_span_of_nothing_visible_is_dropped() -> None:
    spans = [{"kind": "name", "start": 0, "end": 1}]
    body = {"sender": "s", "message_id": "m", "text": "\u200b好", "metadata": {"entities": spans}}
    assert parse(body).metadata["entities"] == []


def test_no_mixture_of_characters_makes_a_command_or_breaks_the_offsets() -> None:
    letters = '/／ \n\t\x00\x7f\u200b\u200e\u2028\ufeff\ud800啊a{"}:0🙂'
    chance = random.Random(20261122)
    for _ in range(5000):
        text = "".join(chance.choice(letters) for _ in range(chance.randint(0, 12)))
        plain, offsets = harmless(text)
        assert not plain.startswith("/")
        assert plain == plain.strip()
        assert len(offsets) == len(text) + 1
        assert offsets == sorted(offsets)
        assert all(0 <= offset <= len(plain) for offset in offsets)
        plain.encode()


def test_any_json_is_read_or_refused_and_nothing_else() -> None:
    chance = random.Random(7)
    values: list[Any] = [
        None,
        True,
        0,
        -1,
        1e9,
        "",
        "x",
        "/x",
        [],
        {},
        [{}],
        {"kind": "x"},
        "\ud800",
    ]
    names = ["sender", "message_id", "text", "trusted", "metadata", "entities", "risk", "stage"]
    for _ in range(3000):
        body = {name: chance.choice(values) for name in chance.sample(names, 5)}
        body["metadata"] = {name: chance.choice(values) for name in chance.sample(names, 4)}
        try:
            parse(body)
        except Malformed:
            continue
