"""Signatures of the platform, checked against an independent implementation (WeRoBot)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werobot.utils import check_signature as werobot_check
from werobot.utils import get_signature as werobot_sign

from channels.practice import cipher
from channels.wechat import signature
from channels.wechat.refusals import BadSignature, Replayed, Stale
from channels.wechat.shelf import FileShelf

TOKEN = "a1b2c3"
words = st.text(st.characters(codec="ascii", min_codepoint=33), min_size=1, max_size=40)


@given(words, st.integers(0, 10**10), words)
def test_the_signature_is_the_one_an_independent_implementation_makes(
    token: str, timestamp: int, nonce: str
) -> None:
    signed = signature.sign(token, str(timestamp), nonce)
    assert signed == werobot_sign(token, str(timestamp), nonce)
    assert werobot_check(token, str(timestamp), nonce, signed)


@given(words, words)
def test_the_practice_account_signs_as_the_independent_implementation_does(
    nonce: str, encrypted: str
) -> None:
    assert cipher.signature(TOKEN, "1", nonce, encrypted) == werobot_sign(
        TOKEN, "1", nonce, encrypted
    )


def test_a_signature_made_with_our_token_is_taken() -> None:
    signature.check(werobot_sign(TOKEN, "1", "n"), TOKEN, "1", "n")


@pytest.mark.parametrize(
    "given_signature",
    ["", "0" * 40, werobot_sign("other", "1", "n"), werobot_sign(TOKEN, "2", "n"), "é", "x" * 4000],
)
def test_any_other_signature_is_refused(given_signature: str) -> None:
    with pytest.raises(BadSignature):
        signature.check(given_signature, TOKEN, "1", "n")


def test_without_a_token_nothing_is_taken_not_even_a_signature_over_nothing() -> None:
    with pytest.raises(BadSignature):
        signature.check(werobot_sign("", "1", "n"), "", "1", "n")


@pytest.mark.parametrize("age", [0, 299, -299])
def test_a_recent_timestamp_is_taken(age: int) -> None:
    signature.check_fresh(str(1_000_000 - age), 1_000_000)


@pytest.mark.parametrize(
    "timestamp", ["999699", "1000301", "", "soon", "-5", "１００００００", "1e6"]
)
def test_an_old_an_early_or_an_unreadable_timestamp_is_refused(timestamp: str) -> None:
    with pytest.raises(Stale):
        signature.check_fresh(timestamp, 1_000_000)


def test_a_signature_serves_one_message_however_often_that_one_comes(tmp_path: Path) -> None:
    shelf = FileShelf(tmp_path / "shelf")
    for _ in range(3):
        signature.check_single_use(shelf, "1", "n", "message A")
    with pytest.raises(Replayed):
        signature.check_single_use(shelf, "1", "n", "message B")
    signature.check_single_use(shelf, "1", "another nonce", "message B")
