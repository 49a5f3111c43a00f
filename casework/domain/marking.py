"""Marks in place of personal data (docs/adr/0005): what the dialogue server gets to see.

``我叫王小明，电话13900001234`` becomes ``我叫〔姓名〕，电话〔手机号〕``. The verbatim words stay in
casework; the marks tell the dialogue server all that it needs, namely that a phone was given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from casework.domain.extraction.entity import (
    ACCOUNT,
    ADDRESS,
    BANK_CARD,
    DRAFT_CODE,
    EMAIL,
    ID_NUMBER,
    MATTER_NUMBER,
    NAME,
    PHONE,
    PLACE,
    PLATE,
    QUERY_CODE,
    Entity,
)

MARKS = {
    PHONE: "〔手机号〕",
    ID_NUMBER: "〔证件号〕",
    NAME: "〔姓名〕",
    EMAIL: "〔邮箱〕",
    BANK_CARD: "〔银行卡号〕",
    ADDRESS: "〔详细地址〕",
    MATTER_NUMBER: "〔事项编号〕",
    QUERY_CODE: "〔查询码〕",
    DRAFT_CODE: "〔暂存码〕",
    PLATE: "〔车牌号〕",
    ACCOUNT: "〔联系账号〕",
}


@dataclass(frozen=True)
class Marked:
    """The text with marks, and the entities with the spans they have in it.

    A marked entity keeps its kind (a detailed address becomes a plain ``place``) and carries the
    mark as its text and no value, so that nothing personal can travel by accident.
    """

    text: str
    entities: tuple[Entity, ...]


def mark(text: str, entities: Iterable[Entity]) -> Marked:
    """Replace personal data by marks; ``entities`` are those of ``extract`` for this ``text``."""
    pieces: list[str] = []
    shifted: list[Entity] = []
    position = length = 0
    for entity in sorted(entities, key=lambda e: e.start):
        before = text[position : entity.start]
        said = MARKS.get(entity.kind, text[entity.start : entity.end])
        start = length + len(before)
        end = start + len(said)
        pieces += (before, said)
        if entity.kind in MARKS:
            kind = PLACE if entity.kind == ADDRESS else entity.kind
            shifted.append(Entity(kind, start, end, said, None))
        else:
            shifted.append(replace(entity, start=start, end=end))
        position, length = entity.end, end
    pieces.append(text[position:])
    return Marked("".join(pieces), tuple(shifted))
