"""A matter about wages, and what a machine could answer about it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from casework.adapters.wording_file import load_vocabulary
from casework.domain.wording.answer import Said
from casework.domain.wording.check import Checks
from casework.domain.wording.material import Material, gather

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
FIRST = (
    "我叫郭建林，手机13900001234，身份证110101199003078371，在青河县宏达建材有限公司干了两年，"
    "今年6月到8月的工资一直没发，一共欠我一万八千块，没签劳动合同"
)
SECOND = "老板赵德柱大概去年十月说过两次月底发，后来就不接电话了"
THIRD = "我有3张考勤照片，每月工资6000元，大概有二十个人没拿到钱"
WAY = "《劳动争议调解仲裁法》第五条"


def field(
    id_: str, label: str, text: str, value: Any = None, state: str = "told"
) -> dict[str, Any]:
    return {"id": id_, "label": label, "text": text, "value": value, "state": state, "sources": []}


def summary(**changes: Any) -> dict[str, Any]:
    quotes = [
        {"source": f"message-{n}", "text": text, "at": AT.isoformat()}
        for n, text in enumerate((FIRST, SECOND, THIRD), start=1)
    ]
    route = {"label": "劳动仲裁", "why": "拖欠工资的争议先申请仲裁", "cite": WAY}
    return {
        "title": "法律咨询",
        "fields": [
            field("narrative", "事情经过", "今年6月到8月的工资一直没发，一共欠我一万八千块"),
            field("name", "姓名", "郭建林"),
            field("phone", "联系电话", "13900001234"),
            field("amount", "金额", "一万八千块", 18000),
            field("evidence", "证据", "还没有填", state="unknown"),
        ],
        "quotes": quotes,
        "route": {"main": route, "others": [], "clocks": []},
        **changes,
    }


def material(**changes: Any) -> Material:
    return gather(summary(**changes), AT, load_vocabulary().words)


def checks(**changes: Any) -> Checks:
    return Checks(material(**changes), load_vocabulary())


def said(text: str, *quotes: str, messages: tuple[str, ...] = ("m1", "m2", "m3")) -> Said:
    return Said(text, quotes, messages)
