"""The platform's signature and AES envelope, written from its documentation (消息加解密说明)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32


class CipherError(ValueError):
    """An answer of the webhook that was not encrypted for this account."""


def signature(*parts: str) -> str:
    """SHA-1 of the sorted parts, in hex."""
    digest = hashlib.sha1(usedforsecurity=False)
    for part in sorted(parts):
        digest.update(part.encode("utf-8"))
    return digest.hexdigest()


def matches(given: str, *parts: str) -> bool:
    return hmac.compare_digest(given.encode(), signature(*parts).encode())


class Aes:
    """AES-256-CBC; the first half of the key is the initial vector, as the platform has it."""

    def __init__(self, aes_key: str, app_id: str) -> None:
        key = base64.b64decode(aes_key + "=")
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))
        self._app_id = app_id.encode()

    def encrypt(self, xml: str) -> str:
        """16 random bytes, the length as 4 bytes big-endian, the XML, the AppID, padded to 32."""
        content = xml.encode("utf-8")
        whole = secrets.token_bytes(16) + len(content).to_bytes(4, "big") + content + self._app_id
        missing = _BLOCK - len(whole) % _BLOCK
        whole += bytes([missing]) * missing
        encryptor = self._cipher.encryptor()
        return base64.b64encode(encryptor.update(whole) + encryptor.finalize()).decode()

    def decrypt(self, encrypted: str) -> str:
        """The XML inside. Raises ``CipherError``."""
        try:
            sealed = base64.b64decode(encrypted, validate=True)
            decryptor = self._cipher.decryptor()
            whole = decryptor.update(sealed) + decryptor.finalize()
            padding = whole[-1]
            if not 1 <= padding <= _BLOCK or whole[-padding:] != bytes([padding]) * padding:
                raise CipherError("wrong padding")
            end = 20 + int.from_bytes(whole[16:20], "big")
            if whole[end:-padding] != self._app_id:
                raise CipherError("not for this account")
            return whole[20:end].decode("utf-8")
        except (ValueError, IndexError) as error:
            raise CipherError(str(error)) from error
