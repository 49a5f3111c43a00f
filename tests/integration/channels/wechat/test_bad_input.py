"""What strangers, mistakes and bad luck send to the webhook."""

from __future__ import annotations

import pytest

from tests.integration.channels.wechat.conftest import (
    CITIZEN,
    KEY,
    Caller,
    Gateway,
    GatewayMaker,
    opened,
    said,
)

BOMB = (
    '<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><xml><Content>&c;</Content></xml>'
)


def untouched(gateway: Gateway) -> bool:
    return gateway.dialogue.asked == [] and gateway.lines() == []


@pytest.mark.parametrize(
    "body",
    ["", "hello", "<xml>", "<html></html>", BOMB, "<xml></xml>", "\x00", '{"a": 1}'],
    ids=["empty", "text", "open", "html", "bomb", "no fields", "nul", "json"],
)
def test_what_is_no_message_is_refused_though_signed(
    gateway: Gateway, caller: Caller, body: str
) -> None:
    response = caller.post(body)
    assert (response.status_code, response.text) == (400, "malformed")
    assert untouched(gateway)


def test_an_unsigned_call_is_refused(gateway: Gateway, caller: Caller) -> None:
    assert caller.post(caller.text("您好"), {}).status_code == 403
    assert untouched(gateway)


def test_a_call_signed_with_another_token_is_refused(gateway: Gateway, caller: Caller) -> None:
    response = caller.post(caller.text("您好"), caller.signed(token="wrong"))
    assert (response.status_code, response.text) == (403, "bad_signature")
    assert untouched(gateway)


@pytest.mark.parametrize("age", [301, -301, 10**6])
def test_a_call_signed_long_ago_or_in_the_future_is_refused(
    gateway: Gateway, caller: Caller, age: int
) -> None:
    response = caller.post(caller.text("您好"), caller.signed(age=age))
    assert (response.status_code, response.text) == (403, "stale_timestamp")
    assert untouched(gateway)


def test_a_signature_that_was_seen_does_not_serve_for_another_message(
    gateway: Gateway, caller: Caller
) -> None:
    query = caller.signed()
    said(caller.post(caller.text("您好"), query))
    response = caller.post(caller.text("把我的事情撤销"), query)
    assert (response.status_code, response.text) == (403, "replayed_signature")
    assert gateway.lines() == [("citizen", "您好"), ("bot", "收到：您好")]


def test_a_signature_that_was_seen_at_another_process_does_not_serve_either(
    make_gateway: GatewayMaker,
) -> None:
    one, other = make_gateway(), make_gateway()
    query = one.caller.signed()
    said(one.caller.post(one.caller.text("您好"), query))
    assert other.caller.post(one.caller.text("再见"), query).status_code == 403


def test_a_refused_call_does_not_use_up_a_signature(caller: Caller) -> None:
    query = caller.signed()
    assert caller.post("garbage", query).status_code == 400
    assert said(caller.post(caller.text("您好"), query)) == "收到：您好"


def test_a_megabyte_is_refused(gateway: Gateway, caller: Caller) -> None:
    response = caller.post(caller.text("水" * 350_000))
    assert (response.status_code, response.text) == (413, "too_large")
    assert untouched(gateway)


def test_a_megabyte_without_a_length_is_refused(gateway: Gateway, caller: Caller) -> None:
    import io

    response = gateway.app.test_client().post(
        "/wechat",
        query_string=caller.signed(),
        input_stream=io.BytesIO(caller.text("水" * 350_000).encode()),
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert response.status_code == 413


def test_a_text_far_longer_than_any_is_kept_up_to_a_limit(gateway: Gateway, caller: Caller) -> None:
    assert said(caller.post(caller.text("水" * 50_000)))
    author, text = gateway.lines()[0]
    assert (author, len(text)) == ("citizen", 20_000)


@pytest.mark.parametrize(
    ("content", "heard"),
    [
        ("您\x00好\x07", "收到：您好"),
        ("您&#1;好", "收到：您&#1;好"),
        ("您\u200b好\ufeff", "收到：您好"),
        ("/restart", "收到：/restart"),
        ('/intent{"a":1}', '收到：/intent{"a":1}'),
        ("a]]>b", "收到：a]]>b"),
        ("<script>alert(1)</script>", "收到：<script>alert(1)</script>"),
    ],
)
def test_strange_characters_are_words_like_any_others(
    gateway: Gateway, caller: Caller, content: str, heard: str
) -> None:
    xml = caller.text(content.replace("]]>", "]]]]><![CDATA[>"))
    assert said(caller.post(xml)) == heard
    assert not gateway.dialogue.asked[-1].trusted


def test_lone_surrogates_do_not_break_the_answer(caller: Caller) -> None:
    body = caller.text("SURROGATE").encode().replace(b"SURROGATE", b"\xed\xa0\xbdhi")
    assert "hi" in said(caller.post(body))


@pytest.mark.parametrize("content", ["", "   ", "\u200b", "\n"])
def test_an_empty_message_gets_a_sentence(gateway: Gateway, caller: Caller, content: str) -> None:
    text = said(caller.post(caller.text(content)))
    assert text == gateway.texts.say("turn.empty")
    assert gateway.dialogue.asked == []


def test_a_sticker_gets_a_sentence(gateway: Gateway, caller: Caller) -> None:
    text = said(caller.post(caller.text("【收到不支持的消息类型，暂无法显示】")))
    assert text == gateway.texts.say("turn.other.sticker")
    assert gateway.lines()[0] == ("citizen", "〔表情〕")


def test_a_message_that_names_no_sender_is_refused(gateway: Gateway, caller: Caller) -> None:
    assert caller.post(caller.text("您好").replace(CITIZEN, "")).status_code == 400
    assert untouched(gateway)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(gateway: Gateway, method: str) -> None:
    assert getattr(gateway.app.test_client(), method)("/wechat").status_code == 405


# ── 安全模式 ─────────────────────────────────────────────────────────────────────────────────────


def test_in_safe_mode_a_plain_message_is_refused(make_gateway: GatewayMaker) -> None:
    gateway = make_gateway(wechat_mode="aes")
    response = gateway.caller.post(gateway.caller.text("您好"))
    assert (response.status_code, response.text) == (400, "wrong_mode")
    assert opened(gateway.caller.post_aes(gateway.caller.text("您好"))) == "收到：您好"


def test_in_plain_mode_an_encrypted_message_is_refused(make_gateway: GatewayMaker) -> None:
    gateway = make_gateway(wechat_mode="plain", wechat_aes_key=None)
    response = gateway.caller.post_aes(gateway.caller.text("您好"))
    assert (response.status_code, response.text) == (400, "wrong_mode")
    assert said(gateway.caller.post(gateway.caller.text("您好"))) == "收到：您好"


def test_a_message_encrypted_with_another_key_or_for_another_account_is_refused(
    gateway: Gateway, caller: Caller
) -> None:
    for response in (
        caller.post_aes(caller.text("您好"), key=KEY[::-1]),
        caller.post_aes(caller.text("您好"), app_id="wxanother"),
    ):
        assert (response.status_code, response.text) == (400, "undecipherable")
    assert untouched(gateway)


def test_an_encrypted_message_whose_own_signature_is_missing_or_wrong_is_refused(
    gateway: Gateway, caller: Caller
) -> None:
    body = "<xml><Encrypt>AAAA</Encrypt></xml>"
    for given in ({}, {"msg_signature": ""}, {"msg_signature": "0" * 40}):
        query = caller.signed() | {"encrypt_type": "aes"} | given
        assert caller.post(body, query).status_code == 403
    assert untouched(gateway)


def test_without_a_token_every_call_is_refused(make_gateway: GatewayMaker) -> None:
    gateway = make_gateway(wechat_token=None)
    for token in ("", "a1b2c3"):
        query = gateway.caller.signed(token=token)
        assert gateway.caller.post(gateway.caller.text("您好"), query).status_code == 403
