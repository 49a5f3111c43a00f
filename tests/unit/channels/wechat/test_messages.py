"""Recorded messages and events of the platform, replayed: tests/wire/wechat."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from werobot.parser import parse_user_msg

from casework.domain.messages import MessageKind
from casework.texts import Texts
from channels.practice import payloads
from channels.wechat.messages import Incoming, parse
from channels.wechat.refusals import Malformed
from channels.wechat.xml import read

WIRE = Path(__file__).parents[3] / "wire" / "wechat"
EXPECTED: dict[str, list[str] | None] = json.loads((WIRE / "expected.json").read_text("utf-8"))
FIELDS = {
    "ToUserName": "gh_4f1e0a9c77aa",
    "FromUserName": "oQ3cV5m1Xk2b7Zt9Lw4dRf8sYp0A",
    "CreateTime": "1795395600",
    "MsgType": "text",
    "Content": "你好",
    "MsgId": "1",
}


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts()


def recorded(name: str, texts: Texts) -> Incoming:
    return parse(read((WIRE / f"{name}.xml").read_bytes()), texts)


def test_every_recording_is_expected_and_every_expectation_recorded() -> None:
    assert {path.stem for path in WIRE.glob("*.xml")} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_recorded_payload_becomes_the_message_it_is(name: str, texts: Texts) -> None:
    incoming, expected = recorded(name, texts), EXPECTED[name]
    assert incoming.openid == FIELDS["FromUserName"]
    assert incoming.account_id == FIELDS["ToUserName"]
    if expected is None:
        assert incoming.inbound is None
        return
    assert incoming.inbound is not None
    assert [incoming.inbound.kind.value, incoming.inbound.text] == expected
    assert incoming.inbound.channel == "wechat"
    assert incoming.inbound.sender == incoming.openid
    assert incoming.inbound.key == incoming.identity


def test_sender_and_time_are_those_an_independent_parser_reads(texts: Texts) -> None:
    for path in sorted(WIRE.glob("*.xml")):
        theirs = parse_user_msg(path.read_text("utf-8"))
        ours = parse(read(path.read_bytes()), texts)
        assert ours.openid == theirs.source
        if ours.inbound is not None:
            assert ours.inbound.sent_at == datetime.fromtimestamp(theirs.time, UTC)


def test_no_two_recordings_have_the_same_identity_and_each_has_its_own_again(texts: Texts) -> None:
    first = {name: recorded(name, texts).identity for name in EXPECTED}
    assert len(set(first.values())) == len(EXPECTED)
    assert first == {name: recorded(name, texts).identity for name in EXPECTED}


@pytest.mark.parametrize(
    "change",
    [
        {"MsgId": "2"},
        {"CreateTime": "1795395601"},
        {"FromUserName": "oSomebodyElse"},
        {"MsgType": "event", "Event": "CLICK", "EventKey": "a"},
    ],
)
def test_another_number_time_or_sender_is_another_message(
    change: dict[str, str], texts: Texts
) -> None:
    assert parse(FIELDS | change, texts).identity != parse(FIELDS, texts).identity


def test_events_at_the_same_second_are_told_apart_by_what_happened(texts: Texts) -> None:
    event = FIELDS | {"MsgType": "event", "Event": "CLICK", "EventKey": "a"}
    others = [{"EventKey": "b"}, {"Event": "SCAN"}]
    ids = {parse(event | other, texts).identity for other in [{}, *others]}
    assert len(ids) == 3


def test_the_identity_does_not_show_who_wrote(texts: Texts) -> None:
    assert FIELDS["FromUserName"] not in parse(FIELDS, texts).identity


def test_messages_without_a_number_are_told_apart_by_what_they_say(texts: Texts) -> None:
    bare = {name: value for name, value in FIELDS.items() if name != "MsgId"}
    one, other = parse(bare, texts), parse(bare | {"Content": "再见"}, texts)
    assert one.identity != other.identity
    assert one.identity == parse(dict(bare), texts).identity


@pytest.mark.parametrize(
    "change",
    [
        {"FromUserName": ""},
        {"FromUserName": "<script>"},
        {"FromUserName": "o" * 65},
        {"ToUserName": ""},
        {"CreateTime": "soon"},
        {"CreateTime": ""},
        {"CreateTime": "1" * 40},
        {"MsgType": ""},
    ],
)
def test_a_message_without_sender_account_time_or_type_is_refused(
    change: dict[str, str], texts: Texts
) -> None:
    with pytest.raises(Malformed):
        parse(FIELDS | change, texts)


@pytest.mark.parametrize("kind", payloads.KINDS)
def test_the_practice_account_sends_the_fields_the_platform_sends(kind: str) -> None:
    sent = payloads.message(kind, "话", 5) | {
        "ToUserName": "gh_1",
        "FromUserName": "o1",
        "CreateTime": 1,
    }
    name = {"sticker": "text_sticker"}.get(kind, kind)
    assert set(read(payloads.as_xml(sent))) == set(read((WIRE / f"{name}.xml").read_bytes()))


def test_every_menu_entry_of_the_practice_account_is_one_casework_knows() -> None:
    from casework.hearing import EVENTS

    practice = Path(payloads.__file__).parent / "words.yml"
    menu = yaml.safe_load(practice.read_text("utf-8"))["menu"]
    keys = {each["key"] for entry in menu for each in entry.get("under", [entry])}
    assert keys - set(EVENTS) == {"menu"}  # what casework does not know opens the menu


def test_a_menu_key_reaches_casework_as_it_was_set_up(texts: Texts) -> None:
    event = FIELDS | {"MsgType": "event", "Event": "click", "EventKey": " person "}
    inbound = parse(event, texts).inbound
    assert inbound is not None
    assert (inbound.kind, inbound.text) == (MessageKind.EVENT, "person")
