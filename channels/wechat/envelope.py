"""The AES envelope of 安全模式: AES-256-CBC around random bytes, length, XML and AppID.

The cipher is wechatpy's. Its signature check (not constant in time) and its random prefix (not
from a cryptographic source) are not used.
"""

from __future__ import annotations

import base64
import binascii
import secrets
import struct

from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import InvalidAppIdException

from channels.wechat import signature
from channels.wechat.account import Account
from channels.wechat.refusals import Undecipherable

_REPLY = (
    "<xml>\n<Encrypt><![CDATA[{encrypted}]]></Encrypt>\n"
    "<MsgSignature><![CDATA[{signed}]]></MsgSignature>\n"
    "<TimeStamp>{timestamp}</TimeStamp>\n<Nonce><![CDATA[{nonce}]]></Nonce>\n</xml>"
)


class Envelope:
    """Opens and seals messages of one account."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._cipher = PrpCrypto(account.key)
        self._cipher.get_random_string = lambda: secrets.token_hex(8)

    def open(self, encrypted: str, signed: str, timestamp: str, nonce: str) -> str:
        """The XML inside ``<Encrypt>``.

        Raises:
            BadSignature: ``msg_signature`` is not ours.
            Undecipherable: not for this key and account.
        """
        signature.check(signed, self._account.token, timestamp, nonce, encrypted)
        try:
            base64.b64decode(encrypted, validate=True)
            return str(self._cipher.decrypt(encrypted, self._account.app_id))
        except (
            InvalidAppIdException,
            ValueError,  # wrong length, not UTF-8
            IndexError,  # nothing inside
            struct.error,
            binascii.Error,
        ) as error:
            raise Undecipherable from error

    def seal(self, xml: str, timestamp: int) -> str:
        """An encrypted reply, signed."""
        nonce = secrets.token_hex(8)
        encrypted = bytes(self._cipher.encrypt(xml, self._account.app_id)).decode()
        signed = signature.sign(self._account.token, str(timestamp), nonce, encrypted)
        return _REPLY.format(encrypted=encrypted, signed=signed, timestamp=timestamp, nonce=nonce)
