"""The AES envelope, checked against an independent implementation (WeRoBot) in both directions."""

from __future__ import annotations

import base64
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werobot.crypto import MessageCrypt

from channels.practice.cipher import Aes, CipherError
from channels.wechat.account import Account, AccountError
from channels.wechat.envelope import Envelope
from channels.wechat.refusals import BadSignature, Undecipherable
from channels.wechat.signature import sign

TOKEN, APP_ID = "a1b2c3", "wx0123456789abcdef"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
OTHER_KEY = KEY[::-1]
ACCOUNT = Account(APP_ID, TOKEN, aes_key=KEY)
xmls = st.text(st.characters(codec="utf-8"), max_size=300).map(lambda text: f"<xml>{text}</xml>")


def fields(xml: str) -> dict[str, str]:
    return {child.tag: child.text or "" for child in fromstring(xml)}


@given(xmls)
def test_what_werobot_encrypts_is_opened(xml: str) -> None:
    sealed = fields(MessageCrypt(TOKEN, KEY, APP_ID).encrypt_message(xml, "17", "n0nce"))
    opened = Envelope(ACCOUNT).open(sealed["Encrypt"], sealed["MsgSignature"], "17", "n0nce")
    assert opened == xml


@given(xmls)
def test_what_is_sealed_here_werobot_opens(xml: str) -> None:
    sealed = fields(Envelope(ACCOUNT).seal(xml, 17))
    opened = MessageCrypt(TOKEN, KEY, APP_ID).decrypt_message(
        sealed["TimeStamp"], sealed["Nonce"], sealed["MsgSignature"], sealed["Encrypt"]
    )
    assert opened.decode() == xml


@given(xmls)
def test_the_practice_account_and_werobot_open_each_others_envelopes(xml: str) -> None:
    werobot = MessageCrypt(TOKEN, KEY, APP_ID).prp_crypto
    practice = Aes(KEY, APP_ID)
    assert practice.decrypt(werobot.encrypt(xml, APP_ID).decode()) == xml
    assert werobot.decrypt(practice.encrypt(xml), APP_ID).decode() == xml


def test_two_envelopes_of_the_same_message_differ() -> None:
    assert Envelope(ACCOUNT).seal("<xml/>", 1) != Envelope(ACCOUNT).seal("<xml/>", 1)


@pytest.mark.parametrize(
    "encrypted",
    [
        MessageCrypt(TOKEN, OTHER_KEY, APP_ID).prp_crypto.encrypt("<xml/>", APP_ID).decode(),
        MessageCrypt(TOKEN, KEY, "wxother").prp_crypto.encrypt("<xml/>", "wxother").decode(),
        "not base64 at all!",
        base64.b64encode(b"x" * 33).decode(),
        base64.b64encode(b"x" * 32).decode(),
        "",
    ],
    ids=["another key", "another account", "no base64", "no block", "noise", "nothing"],
)
def test_what_was_not_encrypted_for_this_account_is_refused_though_signed(encrypted: str) -> None:
    with pytest.raises(Undecipherable):
        Envelope(ACCOUNT).open(encrypted, sign(TOKEN, "1", "n", encrypted), "1", "n")
    with pytest.raises(CipherError):
        Aes(KEY, APP_ID).decrypt(encrypted)


def test_an_envelope_whose_signature_does_not_cover_it_is_refused_unopened() -> None:
    encrypted = Aes(KEY, APP_ID).encrypt("<xml/>")
    with pytest.raises(BadSignature):
        Envelope(ACCOUNT).open(encrypted, sign(TOKEN, "1", "n"), "1", "n")


def test_a_key_that_cannot_be_right_stops_the_start_with_a_sentence() -> None:
    with pytest.raises(AccountError, match="43"):
        Account(APP_ID, TOKEN, aes_key="too short")


def test_secrets_of_the_account_do_not_print_themselves() -> None:
    shown = repr(Account(APP_ID, "t0ken", "s3cret", KEY))
    assert "t0ken" not in shown
    assert "s3cret" not in shown
    assert KEY not in shown
