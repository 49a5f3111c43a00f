"""Keys and field-level encryption."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.adapters.keys import (
    KeyRing,
    KeySet,
    KeysUnusable,
    create_key_file,
    read_key_file,
    write_private,
)
from casework.adapters.vault import Vault, VaultError

RING = KeyRing.generate()
VAULT = Vault(RING)


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    assert VAULT.open(VAULT.seal(text, "inbox.words", "1"), "inbox.words", "1") == text


def test_lone_surrogates_come_back() -> None:
    assert VAULT.open(VAULT.seal("a\ud800b", "t.c", "1"), "t.c", "1") == "a\ud800b"


def test_the_same_text_is_never_sealed_alike() -> None:
    assert VAULT.seal("张三", "t.c", "1") != VAULT.seal("张三", "t.c", "1")


@pytest.mark.parametrize(("place", "row"), [("t.c", "2"), ("t.d", "1")])
def test_a_value_opens_only_in_its_own_place(place: str, row: str) -> None:
    sealed = VAULT.seal("张三", "t.c", "1")
    with pytest.raises(VaultError):
        VAULT.open(sealed, place, row)


def test_a_changed_byte_anywhere_is_noticed() -> None:
    sealed = VAULT.seal("张三", "t.c", "1")
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(VaultError):
            VAULT.open(bytes(changed), "t.c", "1")


@pytest.mark.parametrize("stump", [b"", b"\x01", b"\x01\x02d1", b"\x01\xffd1" + b"x" * 30])
def test_what_is_no_sealed_value_is_refused(stump: bytes) -> None:
    with pytest.raises(VaultError):
        VAULT.open(stump, "t.c", "1")


def test_sealed_matters_are_under_a_key_of_their_own() -> None:
    other = KeySet("other", {"other": b"x" * 32})
    without = Vault(KeyRing(RING.data, other, RING.lookup))
    ordinary, secret = VAULT.seal("a", "t.c", "1"), VAULT.seal("a", "t.c", "1", sealed=True)
    assert without.open(ordinary, "t.c", "1") == "a"
    with pytest.raises(VaultError):
        without.open(secret, "t.c", "1")


def test_old_values_stay_readable_after_the_keys_change() -> None:
    old = VAULT.seal("张三", "t.c", "1")
    ring = RING.rotated()
    vault = Vault(ring)
    assert vault.open(old, "t.c", "1") == "张三"
    assert ring.data.current == "d2"
    assert vault.seal("张三", "t.c", "1")[2:4] == b"d2"
    assert vault.fingerprint("a", "p") == VAULT.fingerprint("a", "p")


def test_fingerprints_tell_nothing_without_the_key_and_differ_by_purpose() -> None:
    mine = VAULT.fingerprint("13812345678", "sender")
    assert mine == VAULT.fingerprint("13812345678", "sender")
    assert mine != VAULT.fingerprint("13812345678", "key")
    assert mine != Vault(KeyRing.generate()).fingerprint("13812345678", "sender")


def test_derived_secrets_differ_by_purpose_and_last() -> None:
    assert VAULT.secret("cookies") == Vault(RING).secret("cookies")
    assert VAULT.secret("cookies") != VAULT.secret("visitors")


def test_a_key_file_is_made_for_its_owner_alone_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "new" / "keys.json"
    ring = create_key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_key_file(path) == ring
    with pytest.raises(FileExistsError):
        create_key_file(path)
    assert read_key_file(path) == ring
    assert os.listdir(path.parent) == ["keys.json"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644])
def test_a_key_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keys.json"
    create_key_file(path)
    path.chmod(mode)
    with pytest.raises(KeysUnusable, match="chmod 600"):
        read_key_file(path)


def test_a_missing_key_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeysUnusable, match=r"nowhere\.json is missing"):
        read_key_file(tmp_path / "nowhere.json")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: [],
        lambda raw: {**raw, "lookup": "c2hvcnQ="},
        lambda raw: {**raw, "data": {"current": "d9", "keys": raw["data"]["keys"]}},
        lambda raw: {**raw, "data": {"current": "d1", "keys": {"d1": "no base64!"}}},
        lambda raw: {**raw, "sealed": raw["data"]},
        lambda raw: {key: value for key, value in raw.items() if key != "sealed"},
    ],
)
def test_a_broken_key_file_is_refused_without_showing_a_key(tmp_path: Path, spoil) -> None:
    path = tmp_path / "keys.json"
    raw = json.loads(create_key_file(path).to_json())
    write_private(path, json.dumps(spoil(raw)))
    with pytest.raises(KeysUnusable) as refused:
        read_key_file(path)
    keys = [*raw["data"]["keys"].values(), *raw["sealed"]["keys"].values(), raw["lookup"]]
    assert not any(key in str(refused.value) for key in keys)


def test_a_ring_does_not_print_its_keys() -> None:
    shown = repr(RING) + str(RING.data)
    assert "d1" in shown
    assert not any(key.hex() in shown or repr(key) in shown for key in RING.data.keys.values())
