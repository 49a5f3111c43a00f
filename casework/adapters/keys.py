"""The key ring: which keys exist, which of them new data is written under, where they are kept.

A key file is JSON, made at set-up with mode 600 and refused when anybody else could read it::

    {"version": 1,
     "data":   {"current": "d1", "keys": {"d1": "<32 bytes, base64>"}},
     "sealed": {"current": "s1", "keys": {"s1": "…"}},
     "lookup": "…"}

``data`` encrypts everything personal, ``sealed`` the matters of a sealed petition (检举控告,
信访工作条例 article 30: nobody may pass them on to the one accused), ``lookup`` feeds the keyed
fingerprints by which a row is found without its plain text being stored. Old keys stay on the ring
so that what was written under them can still be read; the lookup key cannot change without
recomputing every fingerprint.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casework.domain.errors import CannotStart

KEY_BYTES = 32


class KeysUnusable(CannotStart):
    """There is no usable key ring."""


@dataclass(frozen=True)
class KeySet:
    """Keys of one purpose. ``current`` is the id of the one that new data is written under."""

    current: str
    keys: Mapping[str, bytes]

    def __repr__(self) -> str:
        return f"KeySet(current={self.current!r}, ids={sorted(self.keys)})"


@dataclass(frozen=True)
class KeyRing:
    data: KeySet
    sealed: KeySet
    lookup: bytes

    def __repr__(self) -> str:
        return f"KeyRing(data={self.data!r}, sealed={self.sealed!r})"

    @classmethod
    def generate(cls) -> KeyRing:
        """A new ring with one fresh key for each purpose."""
        return cls(
            KeySet("d1", {"d1": secrets.token_bytes(KEY_BYTES)}),
            KeySet("s1", {"s1": secrets.token_bytes(KEY_BYTES)}),
            secrets.token_bytes(KEY_BYTES),
        )

    def rotated(self) -> KeyRing:
        """The same ring with a new current key for data and for sealed matters."""
        return KeyRing(_with_new_key(self.data, "d"), _with_new_key(self.sealed, "s"), self.lookup)

    def to_json(self) -> str:
        return json.dumps(
            {
                "version": 1,
                "data": _set_to_json(self.data),
                "sealed": _set_to_json(self.sealed),
                "lookup": base64.b64encode(self.lookup).decode(),
            },
            indent=1,
        )

    @classmethod
    def from_json(cls, text: str, origin: str) -> KeyRing:
        """Read a ring; ``origin`` names the file or variable in the sentence of ``KeysUnusable``."""
        try:
            raw = json.loads(text)
            ring = cls(
                _set_from_json(raw["data"]), _set_from_json(raw["sealed"]), _key(raw["lookup"])
            )
        except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
            # The values themselves never go into the message.
            raise KeysUnusable(
                f"{origin} does not hold a key ring ({type(error).__name__})"
            ) from None
        if set(ring.data.keys) & set(ring.sealed.keys):
            raise KeysUnusable(f"{origin} uses one key id for both data and sealed matters")
        return ring


def create_key_file(path: Path) -> KeyRing:
    """Make a new key file (mode 600) and return its ring; never overwrites an existing file."""
    ring = KeyRing.generate()
    write_private(path, ring.to_json(), exclusive=True)
    return ring


def read_key_file(path: Path) -> KeyRing:
    """The ring in a key file; ``KeysUnusable`` where it is missing, open to others, or broken."""
    try:
        mode = path.stat().st_mode
        if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise KeysUnusable(
                f"{path} can be read by other users of this machine: run chmod 600 {path}"
            )
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KeysUnusable(f"the key file {path} is missing") from None
    except (OSError, UnicodeDecodeError) as error:
        raise KeysUnusable(f"the key file {path} cannot be read ({type(error).__name__})") from None
    return KeyRing.from_json(text, str(path))


def write_private(path: Path, text: str, exclusive: bool = False) -> None:
    """Write a file that only its owner can read, whole or not at all.

    With ``exclusive`` a file that is there already stays and ``FileExistsError`` is raised.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if exclusive:
            os.link(draft, path)  # unlike rename, fails if another process was first
        else:
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _with_new_key(keys: KeySet, letter: str) -> KeySet:
    number = 1 + max((int(i[1:]) for i in keys.keys if i[1:].isdigit()), default=0)
    name = f"{letter}{number}"
    return KeySet(name, {**keys.keys, name: secrets.token_bytes(KEY_BYTES)})


def _set_to_json(keys: KeySet) -> dict[str, Any]:
    coded = {name: base64.b64encode(key).decode() for name, key in keys.keys.items()}
    return {"current": keys.current, "keys": coded}


def _set_from_json(raw: dict[str, Any]) -> KeySet:
    keys = {str(name): _key(value) for name, value in raw["keys"].items()}
    if raw["current"] not in keys or not all(0 < len(n.encode()) < 32 for n in keys):
        raise ValueError("current key missing, or a key id too long")
    return KeySet(str(raw["current"]), keys)


def _key(value: str) -> bytes:
    key = base64.b64decode(value, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("wrong key length")
    return key
