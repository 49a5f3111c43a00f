"""Imported law texts for the tests of what shows them: two articles of a law with two versions."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from casework.domain.given import Relied
from knowledge_base.statutes.shelf import Shelf

LAW = "劳动合同法"
READ = date(2026, 11, 1)
PAY, CUTS = Relied(LAW, "30", READ), Relied(LAW, "26", READ)
OLD, NEW = "2007-06-29", "2012-12-28"
ROWS = [
    (OLD, "第三十条", "从前的第三十条。"),
    (NEW, "第三十条", "用人单位应当按照约定，及时足额支付劳动报酬。\n拖欠的，劳动者可以申请支付令。"),
    (NEW, "第二十六条", "下列劳动合同无效：\n（一）以欺诈的手段订立的；\n（二）违反法律的。"),
]  # fmt: skip


def import_texts(data_dir: Path, *more: tuple[str, str, str]) -> None:
    """Imports the articles (day, article, text) into a data folder."""
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / "texts.jsonl"
    rows = [
        {"id": number, "law": LAW, "article": article, "date": day, "text": text}
        for number, (day, article, text) in enumerate([*ROWS, *more])
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    Shelf(data_dir / "statutes").take_in(path)
