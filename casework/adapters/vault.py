"""Field-level encryption (PIPL article 51): AES-256-GCM, one value at a time.

A value is bound to its place: table, column and row id are the associated data, so that a
ciphertext copied into another row or column does not open there. The first bytes name the key, so
that keys can change while old values stay readable::

    version (1) | length of key id (1) | key id | nonce (12) | ciphertext and tag
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casework.adapters.keys import KeyRing

VERSION = 1
NONCE_BYTES = 12


class VaultError(Exception):
    """A stored value does not open: wrong key ring, wrong place, or changed bytes."""


class Vault:
    """Seals and opens text under the keys of one ring. Safe to share between threads."""

    def __init__(self, ring: KeyRing) -> None:
        self._ciphers = {
            name: AESGCM(key)
            for keys in (ring.data, ring.sealed)
            for name, key in keys.keys.items()
        }
        self._data = ring.data.current
        self._sealed = ring.sealed.current
        self._lookup = ring.lookup

    @property
    def key_ids(self) -> list[str]:
        return sorted(self._ciphers)

    def seal(self, text: str, place: str, row: str, sealed: bool = False) -> bytes:
        """Encrypt ``text`` for ``place`` (``table.column``) of ``row``; under the key for sealed
        matters where ``sealed``."""
        return self.seal_with(self._sealed if sealed else self._data, text, place, row)

    def seal_with(self, key_id: str, text: str, place: str, row: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        plain = text.encode("utf-8", "surrogatepass")
        body = self._ciphers[key_id].encrypt(nonce, plain, f"{place}:{row}".encode())
        name = key_id.encode()
        return bytes((VERSION, len(name))) + name + nonce + body

    def open(self, value: bytes, place: str, row: str) -> str:
        """The text sealed for this place and row, or ``VaultError``."""
        value = bytes(value)  # psycopg hands out memoryviews in some cases
        if len(value) < 2 or value[0] != VERSION:
            raise VaultError(f"{place}: not a sealed value")
        start = 2 + value[1]
        cipher = self._ciphers.get(value[2:start].decode("ascii", "replace"))
        if cipher is None:
            raise VaultError(f"{place}: sealed under a key that is not on the ring")
        nonce, body = value[start : start + NONCE_BYTES], value[start + NONCE_BYTES :]
        try:
            plain = cipher.decrypt(nonce, body, f"{place}:{row}".encode())
        except (InvalidTag, ValueError):
            raise VaultError(f"{place}: does not open") from None
        return plain.decode("utf-8", "surrogatepass")

    def seal_json(self, value: Any, place: str, row: str, sealed: bool = False) -> bytes:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return self.seal(text, place, row, sealed)

    def open_json(self, value: bytes, place: str, row: str) -> Any:
        return json.loads(self.open(value, place, row))

    def fingerprint(self, text: str, purpose: str) -> str:
        """A keyed HMAC-SHA256: equal for equal text, tells nothing without the lookup key."""
        message = f"{purpose}\0{text}".encode("utf-8", "surrogatepass")
        return hmac.new(self._lookup, message, hashlib.sha256).hexdigest()

    def secret(self, purpose: str) -> bytes:
        """32 bytes derived for another use, such as signing the cookies of the console."""
        derive = HKDF(SHA256(), length=32, salt=None, info=f"suqiu {purpose}".encode())
        return derive.derive(self._lookup)
