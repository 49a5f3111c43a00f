"""The summary: structured, readable, every field with its source, nothing that was not said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import casework.domain
from casework.domain import summary
from casework.domain.matter import MatterKind
from tests.unit.casework.intake.parts import NOW, Talk, to_review

SCHEMA = json.loads(
    (Path(casework.domain.__path__[0]) / "summary.schema.json").read_text(encoding="utf-8")
)
LABELS = summary.Labels(
    unknown="未填",
    refused="不愿提供",
    classes={"suggestion": "建议意见", "accusation": "检举控告", "appeal": "申诉求决"},
)
_TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "null": type(None)}  # fmt: skip


def of(talk: Talk, quotes: list[summary.Quote] | None = None) -> dict[str, Any]:
    return summary.build(talk.draft, talk.rules.topic, LABELS, quotes)


def obeys(value: Any, schema: dict[str, Any], where: str = "$") -> None:
    """The part of JSON Schema that summary.schema.json uses."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if "type" in schema:
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        assert any(isinstance(value, _TYPES[name]) for name in names), where
    assert "const" not in schema or value == schema["const"], where
    assert "enum" not in schema or value in schema["enum"], where
    if isinstance(value, str):
        assert len(value) >= schema.get("minLength", 0), where
    if isinstance(value, dict):
        assert set(schema.get("required", ())) <= set(value), where
        known = schema.get("properties", {})
        if schema.get("additionalProperties") is False:
            assert set(value) <= set(known), where
        for name, inner in value.items():
            obeys(inner, known.get(name, {}), f"{where}.{name}")
    if isinstance(value, list):
        assert len(value) >= schema.get("minItems", 0), where
        for number, inner in enumerate(value):
            obeys(inner, schema.get("items", {}), f"{where}[{number}]")


@pytest.mark.parametrize("kind", [MatterKind.CONSULTATION, MatterKind.PETITION])
def test_every_summary_obeys_its_schema(kind: MatterKind) -> None:
    built = of(to_review(kind), [summary.Quote("m1", "原话", NOW)])
    obeys(built, SCHEMA)
    assert json.loads(json.dumps(built, ensure_ascii=False)) == built


def test_what_was_told_names_its_messages_and_stands_in_its_own_words() -> None:
    talk = to_review()
    for field in of(talk)["fields"]:
        if field["state"] == "told":
            assert field["sources"] == list(talk.draft.facts[field["id"]].sources)
            assert field["text"] == talk.draft.facts[field["id"]].text


def test_what_was_refused_or_never_told_says_so() -> None:
    talk = Talk().goes_on("邻居家的狗天天叫，吵得我们家老人睡不着觉", "邻居李大山", "去年三月")
    assert talk.asked == "where"
    talk.says("不知道")
    talk.until("name").says("不方便")
    states = {field["id"]: (field["state"], field["text"]) for field in of(talk)["fields"]}
    assert states["phone"] == ("refused", "不愿提供")
    assert states["where"] == ("unknown", "未填")


def test_the_readable_form_has_a_line_for_every_field() -> None:
    built = of(to_review())
    lines = built["text"].splitlines()
    assert lines[0] == "法律咨询"
    for number, field in enumerate(built["fields"], start=1):
        assert f"{number}. {field['label']}：{field['text']}" in built["text"]


@pytest.mark.parametrize(
    ("story", "purpose", "class_"),
    [
        ("村里修路占了我家三分地，说好给补偿到现在没给", "resolve", "appeal"),
        ("我想提个建议，建议在村口增设一个红绿灯，车太多了很危险", "suggestion", "suggestion"),
        ("我不服镇政府的处理决定，他们认定的事实不对，我要申诉", "appeal", "appeal"),
        ("我要举报村支书贪污低保款，去年的事", "accusation", "accusation"),
    ],
)
def test_the_class_of_a_petition_follows_from_what_was_told(
    story: str, purpose: str, class_: str
) -> None:
    talk = Talk(MatterKind.PETITION).goes_on(story)
    built = of(talk)
    assert (built["purpose"]["value"], built["class"]["value"]) == (purpose, class_)
    assert built["sealed"] is (class_ == "accusation")


def test_the_citizens_own_word_about_the_purpose_counts() -> None:
    talk = to_review(MatterKind.PETITION)
    talk.says("信访目的改成意见建议")
    built = of(talk)
    assert built["purpose"]["label"] == "意见建议"
    assert built["class"]["value"] == "suggestion"


def test_people_are_counted_as_a_number() -> None:
    talk = to_review(MatterKind.PETITION)
    talk.says("人数改成12户")
    assert of(talk)["people"] == 12
