"""How the same law is written in many ways, and the one key under which all of them are found."""

from __future__ import annotations

import re

_DROPPED = re.compile(
    r"[\s《》〈〉<>“”\"'·、,，]|中华人民共和国|最高人民法院|最高人民检察院|全国人民代表大会常务委员会关于|^关于"
)
_NUMBERED = re.compile(r"[(（]([一二三四五六七八九十]+)[)）]")
_MARKED = re.compile(r"[(（](试行|暂行)[)）]")


def key(name: str) -> str:
    """The key of a name: 《中华人民共和国劳动合同法》 and 劳动合同法 have the same one."""
    text = _NUMBERED.sub(r"(\1)", _MARKED.sub(r"(\1)", name.strip()))
    previous = None
    while previous != text:
        previous, text = text, _DROPPED.sub("", text)
    return text
