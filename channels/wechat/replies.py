"""Replies as the platform takes them: plain text, choices as a numbered list, 2,048 bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wechatpy.replies import TextReply

from casework.domain.text import clean
from channels.wechat.words import words

#: Bytes of UTF-8 in one text, passive or pushed (errcode 45002 beyond it): some 680 characters.
LONGEST = 2048

# Where a long text is parted, best place first. A part has at least half of what would fit.
_BREAKS = ("\n\n", "\n", "。", "；", "！", "？", "，", " ")


Link = Callable[[str], str]


def _nowhere(_message_id: str) -> str:
    """No law texts have been imported."""
    return ""


def as_text(replies: Iterable[Mapping[str, Any]], link: Link = _nowhere) -> str:
    """One text of ``[{"text": …, "labels": […], "sources": …}]``.

    The choices are numbered through all replies, as casework counts what it offered. Where a reply
    has ``sources``, the message it answers, ``link`` says where the law behind it can be read.
    """
    parts: list[str] = []
    number = 0
    for reply in replies:
        lines = [clean(str(reply.get("text") or "")).strip()]
        source = str(reply.get("sources") or "")
        address = link(source) if source else ""
        if address:
            lines.append(str(words()["laws"]).format(link=address))
        choices: list[str] = []
        for label in reply.get("labels") or ():
            number += 1
            choices.append(f"{number}. {clean(str(label)).strip()}")
        if choices:
            lines.append("\n".join(choices))
        parts.append("\n\n".join(line for line in lines if line))
    if number:
        parts.append(str(words()["choose"]))
    return "\n\n".join(part for part in parts if part)


def head(text: str, limit: int = LONGEST) -> tuple[str, str]:
    """The first part of at most ``limit`` bytes, ended with a paragraph or sentence; the rest."""
    text = text.strip()
    encoded = text.encode("utf-8", "replace")
    if len(encoded) <= limit:
        return text, ""
    cut = _cut(encoded[:limit].decode("utf-8", "ignore"))
    return text[:cut].strip(), text[cut:].strip()


def split(text: str, limit: int = LONGEST) -> list[str]:
    """The whole text in such parts."""
    parts = []
    while text:
        part, text = head(text, limit)
        parts.append(part)
    return [part for part in parts if part]


def _cut(fitting: str) -> int:
    for mark in _BREAKS:
        at = fitting.rfind(mark)
        if at >= len(fitting) // 2:
            return at + len(mark)
    return len(fitting)


def passive(text: str, openid: str, account_id: str, now: int) -> str:
    """The XML of a passive reply (被动回复用户消息)."""
    return str(
        TextReply(
            source=account_id,
            target=openid,
            time=now,
            # wechatpy writes the text into a CDATA section as it is.
            content=text.replace("]]>", "]]]]><![CDATA[>"),
        ).render()
    )
