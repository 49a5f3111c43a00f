"""A summary as rows to show: every field with the messages it came from; masked in lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from casework import intakes
from casework.domain.draft import Draft
from casework.domain.extraction import extract
from casework.domain.marking import mark
from casework.domain.matter import Matter
from casework.domain.people import mask
from channels.filters import local
from channels.parts import container, words

TITLE_LENGTH = 40
# How many of the open questions the desk shows; the summary holds them all.
MOST_QUESTIONS = 12


@dataclass(frozen=True)
class Row:
    label: str
    value: str
    normal: str = ""  # what rules made of the words, where that differs from them
    sources: Sequence[str] = ()  # the messages it came from


def of_matter(matter: Matter) -> list[Row]:
    """The fields of a confirmed summary, and its class (信访工作条例 29 to 31) where it has one."""
    rows = [
        Row(field["label"], field["text"], _normal(field), tuple(field["sources"]))
        for field in matter.summary["fields"]
    ]
    if "class" in matter.summary:
        label = container().texts.say("intake.summary.class")
        rows.append(Row(label, matter.summary["class"]["label"]))
    added = [
        Row(_label("supplement"), one["text"], "", tuple(one["sources"]))
        for one in matter.summary.get("supplements", [])
    ]
    return [*rows, *added, *_outline(matter.summary)]


def _outline(summary: dict[str, Any]) -> Iterator[Row]:
    """What rules made of the story: its topic, ways and clocks, and what is open. Nothing where the
    matter is sealed, or older than outlines are."""
    if "route" not in summary:
        return
    for sign in summary["safety"]:
        yield Row(_label("safety"), sign["text"])
    topics = "、".join(topic["title"] for topic in summary["topics"])
    if topics:
        yield Row(_label("topic"), topics)
    way, others = summary["route"]["main"], summary["route"]["others"]
    yield Row(_label("route"), f"{way['label']}：{way['why']}（{way['cite']}）{way['keeps']}")
    if others:
        yield Row(_label("also"), "、".join(other["label"] for other in others))
    for clock in summary["route"]["clocks"]:
        yield Row(_label("clock"), clock["text"], "", tuple(clock["sources"]))
    for gap in summary["contradictions"]:
        yield Row(_label("gap"), gap["text"], "", tuple(gap["sources"]))
    if summary["evidence"]["missing"]:
        yield Row(_label("missing"), "、".join(summary["evidence"]["missing"]))
    asked = [question["text"] for question in summary["open_questions"][:MOST_QUESTIONS]]
    if asked:
        lines = "\n".join(f"{number}. {text}" for number, text in enumerate(asked, start=1))
        yield Row(_label("open"), lines)


def _label(name: str) -> str:
    return container().texts.say(f"triage.row.{name}")


def of_draft(draft: Draft) -> list[Row]:
    """What has been told so far, in the order it is asked for."""
    topic = _intakes().form(draft)
    return [
        Row(spec.label, draft.facts[spec.id].text)
        for spec in topic.facts
        if spec.id in draft.facts and draft.facts[spec.id].text
    ]


def masked_name(matter: Matter) -> str:
    """``张**``; what the service calls somebody who left no name."""
    field = _field(matter, "name")
    if field is None or field["state"] != "told":
        return container().texts.say("staff.masked_name")
    return mask(str(field["text"]))


def masked_title(matter: Matter) -> str:
    """The beginning of what it is about, with personal data marked."""
    field = _field(matter, "narrative")
    return masked(field["text"], matter.created_at) if field else words().say("console.no_title")


def masked_gist(draft: Draft) -> str:
    """The beginning of what has been told so far, with personal data marked."""
    narrative = draft.facts.get("narrative")
    return masked(narrative.text, draft.started_at) if narrative else ""


def masked(text: str, said_at: datetime) -> str:
    """The beginning of ``text``, with personal data marked."""
    head = text[:200]
    marked: str = mark(head, extract(head, local(said_at).date())).text
    return marked[:TITLE_LENGTH] + ("…" if len(marked) > TITLE_LENGTH else "")


def _field(matter: Matter, id_: str) -> dict[str, Any] | None:
    fields: list[dict[str, Any]] = matter.summary["fields"]
    return next((field for field in fields if field["id"] == id_), None)


def _official(place: dict[str, Any]) -> str:
    """河南省许昌市建安区五女店镇 411003101, with a village that no table has as it was told."""
    named = place["official"] or ""
    village = place["village"] if place["village"] and place["village"] not in named else ""
    return " ".join(part for part in (named + (village or ""), place["code"]) if part)


def _normal(field: dict[str, Any]) -> str:
    value = field["value"]
    if "place" in field:
        return _official(field["place"])
    # A date or a sum as rules read it; the value of a choice is a code, and no help to a reader.
    reads = isinstance(value, int | float) or (isinstance(value, str) and value[:4].isdigit())
    if field["state"] != "told" or not reads or str(value) == field["text"]:
        return ""
    return str(value)


@lru_cache(maxsize=1)
def _intakes() -> intakes.Intakes:
    return intakes.load()
