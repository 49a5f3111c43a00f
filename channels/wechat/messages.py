"""The platform's messages and events as ``Inbound``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from casework.domain.messages import Inbound, MessageKind
from casework.texts import Texts
from channels.wechat.refusals import Malformed
from channels.wechat.words import words

CHANNEL = "wechat"

_OPENID = re.compile(r"[A-Za-z0-9_@.-]{1,64}")
_SECONDS = re.compile(r"[0-9]{1,11}")

#: Events that a person made and waits on. Others (阅读位置, 模板消息回执, 取消关注 …) tell us
#: something, or nothing, but there is nobody to answer.
_ANSWERED = {"subscribe", "click", "scan"}

#: Types that carry no words, as casework calls them, and the field that says what is in it.
_KINDS = {
    "image": "image",
    "video": "video",
    "shortvideo": "video",
    "location": "location",
    "link": "link",
    "file": "file",
}
_DETAILS = {"location": "Label", "link": "Title", "file": "Title"}


@dataclass(frozen=True)
class Incoming:
    """One message: who wrote to which account, and what is to be done with it.

    ``inbound`` is None for events that ask for no answer.
    """

    openid: str
    account_id: str
    identity: str
    inbound: Inbound | None


def parse(fields: Mapping[str, str], texts: Texts) -> Incoming:
    """Raise ``Malformed`` if sender, account, time or type are missing or impossible."""
    openid = fields.get("FromUserName", "")
    account_id = fields.get("ToUserName", "")
    created = fields.get("CreateTime", "").strip()
    kind = fields.get("MsgType", "").strip().lower()
    if not (_OPENID.fullmatch(openid) and _OPENID.fullmatch(account_id)):
        raise Malformed
    if not _SECONDS.fullmatch(created) or not kind:
        raise Malformed
    identity = _identity(fields, openid, created, kind)
    read = _event(fields) if kind == "event" else _message(fields, kind, texts)
    inbound = read and Inbound(
        channel=CHANNEL,
        sender=openid,
        key=identity,
        kind=read[0],
        text=read[1],
        sent_at=datetime.fromtimestamp(int(created), UTC),
    )
    return Incoming(openid, account_id, identity, inbound)


def _identity(fields: Mapping[str, str], openid: str, created: str, kind: str) -> str:
    """What makes a message this message, however often it is delivered.

    MsgId alone has been seen twice for different people, and events have none: so sender and
    time stand beside it, and for events what happened. Hashed, since the openid is personal.
    """
    if kind == "event":
        what = (fields.get("Event", "").lower(), fields.get("EventKey", ""))
    else:
        what = (fields.get("MsgId", "").strip(), "" if fields.get("MsgId") else _body(fields))
    parts = "\n".join((openid, created, kind, *what))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _body(fields: Mapping[str, str]) -> str:
    """Of a message without a MsgId: everything it says."""
    return "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))


def _event(fields: Mapping[str, str]) -> tuple[MessageKind, str] | None:
    name = fields.get("Event", "").strip().lower()
    if name not in _ANSWERED:
        return None
    if name == "click":
        return MessageKind.EVENT, fields.get("EventKey", "").strip()
    # A code may carry a scene of the bureau's own (which village, which window); what the citizen
    # did is the same: they came in.
    return MessageKind.EVENT, "subscribe" if name == "subscribe" else "scan"


def _message(fields: Mapping[str, str], kind: str, texts: Texts) -> tuple[MessageKind, str]:
    if kind == "text":
        text = fields.get("Content", "")
        if text.strip() in words()["placeholders"]:
            return MessageKind.OTHER, _kept(texts, "sticker")
        return MessageKind.TEXT, text
    if kind == "voice":
        # 语音识别 is off by default, and fails on noise and dialect: then the field is empty.
        heard = fields.get("Recognition", "").strip()
        return (MessageKind.TEXT, heard) if heard else (MessageKind.OTHER, _kept(texts, "voice"))
    detail = fields.get(_DETAILS.get(kind, ""), "").strip()
    return MessageKind.OTHER, _kept(texts, _KINDS.get(kind, "other")) + detail


def _kept(texts: Texts, kind: str) -> str:
    """``〔图片〕`` and its like: what the transcript shows, by which casework knows the kind."""
    return texts.say(f"turn.kept.{kind}")
