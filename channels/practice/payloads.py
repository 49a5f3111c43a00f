"""Messages and events in the platform's XML, and its answers read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

#: Bytes of a text the platform takes from an account.
LONGEST_REPLY = 2048

#: The kinds of message that the phone can send, and the fields that go with each.
KINDS = ("text", "voice", "image", "video", "location", "link", "sticker")
_NUMBERS = {"CreateTime", "MsgId", "Location_X", "Location_Y", "Scale"}


class BrokenReply(ValueError):
    """The webhook's answer is not a passive reply to this follower."""


def message(kind: str, text: str, message_id: int) -> dict[str, Any]:
    """The fields of a message of one kind; ``text`` is what was typed, said or named."""
    media = f"media{message_id}"
    fields: dict[str, dict[str, Any]] = {
        "text": {"Content": text},
        # 语音识别: the platform's transcript, empty where it understood nothing.
        "voice": {"MediaId": media, "Format": "amr", "Recognition": text},
        "image": {"PicUrl": "http://practice.invalid/picture", "MediaId": media},
        "video": {"MediaId": media, "ThumbMediaId": media + "t"},
        "location": {"Location_X": 33.1, "Location_Y": 114.2, "Scale": 15, "Label": text},
        "link": {"Title": text, "Description": "", "Url": "http://practice.invalid/"},
        # A sticker of the citizen's own collection reaches an account as this sentence.
        "sticker": {"Content": "【收到不支持的消息类型，暂无法显示】"},
    }
    sent_as = "text" if kind == "sticker" else kind
    return {"MsgType": sent_as, **fields[kind], "MsgId": message_id}


def event(name: str, key: str = "") -> dict[str, Any]:
    return {"MsgType": "event", "Event": name, "EventKey": key}


def as_xml(fields: Mapping[str, Any]) -> str:
    lines = [
        f"<{name}>{value}</{name}>"
        if name in _NUMBERS
        else f"<{name}>{_cdata(str(value))}</{name}>"
        for name, value in fields.items()
    ]
    return "<xml>" + "\n".join(lines) + "</xml>"


def read_xml(xml: str) -> dict[str, str]:
    """The fields of an answer. Raises ``BrokenReply``."""
    try:
        root = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise BrokenReply(f"not XML: {error}") from error
    return {child.tag: child.text or "" for child in root}


def read_reply(xml: str, openid: str, account_id: str) -> str:
    """The text of a passive reply, checked as the platform checks it. Raises ``BrokenReply``."""
    fields = read_xml(xml)
    if fields.get("ToUserName") != openid or fields.get("FromUserName") != account_id:
        raise BrokenReply("sender and recipient are not turned round")
    if fields.get("MsgType") != "text" or not fields.get("CreateTime", "").isdigit():
        raise BrokenReply("not a text, or without CreateTime")
    content = fields.get("Content", "")
    if not content.strip():
        raise BrokenReply("an empty text")
    if len(content.encode()) > LONGEST_REPLY:
        raise BrokenReply(f"more than {LONGEST_REPLY} bytes")
    return content


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
