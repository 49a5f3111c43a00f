"""A tiny fictional library for the tests of the statute search."""

from __future__ import annotations

import json
from pathlib import Path

ARTICLES = [
    ("星河用工法", "第一条", "2020-01-01", "为了规范用工关系，制定本法。"),
    ("星河用工法", "第二条", "2020-01-01", "用人单位应当每季支付劳动报酬。"),
    ("星河用工法", "第一条", "2024-01-01", "为了规范用工关系，保护劳动者，制定本法。"),
    ("星河用工法", "第二条", "2024-01-01", "用人单位应当按月支付劳动报酬。"),
    ("星河用工法", "第三条", "2024-01-01", "解除劳动合同的，应当提前三十日通知。"),
    ("星河租赁法", "第一条", "2021-01-01", "为了规范租赁，制定本法。"),
    ("星河租赁法", "第二条", "2021-01-01", "租赁期满，出租人应当返还押金。"),
    ("星河租赁法", "第三条", "2021-01-01", "承租人应当按照约定支付租金。"),
    ("星河航路法", "第一条", "2019-01-01", "飞船应当按照航路航行。"),
    ("星河航路法", "第二条", "2019-01-01", "飞船碰撞的，由有过错的一方赔偿。"),
    ("星河航路法", "第二条之一", "2019-01-01", "飞船碰撞后应当立即报告港口。"),
    ("星河邻里法", "第一条", "2018-01-01", "相邻各方应当团结互助。"),
    ("星河邻里法", "第二条", "2018-01-01", "不得在夜间发出噪声妨碍他人休息。"),
]


def write_library(path: Path) -> Path:
    """The library as JSON Lines; ids are 100, 101 …"""
    rows = [
        {"id": 100 + n, "law": law, "article": article, "date": day, "text": text}
        for n, (law, article, day, text) in enumerate(ARTICLES)
    ]
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    return path


def write_folder(root: Path) -> Path:
    """Two versions of one law as a folder of Markdown."""
    folder = root / "社会法"
    folder.mkdir(parents=True)
    for day, word in (("2020-01-01", "每季"), ("2024-01-01", "按月")):
        (folder / f"星河用工法({day}).md").write_text(
            "# 中华人民共和国星河用工法\n\n通过\n\n<!-- INFO END -->\n\n## 总则\n\n"
            "第一条 为了规范用工关系，制定本法。\n\n"
            f"第二条 用人单位应当{word}支付劳动报酬。\n\n"
            "下列情形不适用前款规定：\n\n（一）停业的；\n\n（二）破产的。\n\n"
            "第二条之一 劳动报酬以货币支付。\n",
            encoding="utf-8",
        )
    return root
