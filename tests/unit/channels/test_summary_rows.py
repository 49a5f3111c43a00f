"""What the desk shows of a field beside the words it was told in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from casework.domain.matter import Matter, MatterKind
from channels.console.summary import of_matter


def _shown(**more: Any) -> str:
    field = {
        "label": "地点",
        "value": None,
        "text": "李家庄三组",
        "sources": ["m1"],
        "state": "told",
    }
    matter = Matter(
        id="m",
        number="XF20261123-00001",
        code="ABCD1234",
        kind=MatterKind.PETITION,
        conversation_id="c",
        draft_id="d",
        summary={"fields": [{"id": "where", **field, **more}]},
        created_at=datetime(2026, 11, 23, tzinfo=UTC),
    )
    (row,) = of_matter(matter)
    assert row.value == "李家庄三组"
    return row.normal


def test_a_place_is_shown_by_its_official_names_and_code_and_the_village_as_it_was_told() -> None:
    place = {"official": "河南省示例县柳河镇", "village": "李家庄", "code": "419900101"}
    assert _shown(place=place) == "河南省示例县柳河镇李家庄 419900101"
    known = {"official": "河南省示例县柳河镇张庄村", "village": "张庄村", "code": "419900101202"}
    assert _shown(place=known) == "河南省示例县柳河镇张庄村 419900101202"
    assert _shown() == ""
