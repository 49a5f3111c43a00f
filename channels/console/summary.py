"""A summary as rows to show: every field with the words it came from; masked in lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casework.domain.draft import Draft
from casework.domain.extraction import extract
from casework.domain.marking import mark
from casework.domain.matter import Matter
from casework.domain.people import mask
from channels.filters import local
from channels.parts import container, words

TITLE_LENGTH = 40


@dataclass(frozen=True)
class Row:
    label: str
    value: str
    said: str = ""  # the citizen's own words, where they differ from the value


def of_matter(matter: Matter) -> list[Row]:
    return [
        Row(str(field["label"]), str(field["value"]), _said(field)) for field in _fields(matter)
    ]


def of_draft(draft: Draft) -> list[Row]:
    labels = container().intake.labels(draft.kind)
    return [
        Row(
            labels.get(fact.id, fact.id),
            str(fact.value),
            fact.text if str(fact.value) != fact.text else "",
        )
        for fact in draft.facts.values()
    ]


def masked_name(matter: Matter) -> str:
    """``张**``; what the service calls somebody who left no name."""
    for field in _fields(matter):
        if field.get("id") == "name" and field.get("value"):
            return mask(str(field["value"]))
    return container().texts.say("staff.masked_name")


def masked_title(matter: Matter) -> str:
    """The beginning of what it is about, with personal data marked."""
    for field in _fields(matter):
        if field.get("id") == "narrative":
            text = str(field["value"])[:200]
            marked = mark(text, extract(text, local(matter.created_at).date())).text
            return marked[:TITLE_LENGTH] + ("…" if len(marked) > TITLE_LENGTH else "")
    return words().say("console.no_title")


def _fields(matter: Matter) -> list[dict[str, Any]]:
    return list(matter.summary.get("fields", []))


def _said(field: dict[str, Any]) -> str:
    said = str(field.get("text") or "")
    return said if said != str(field["value"]) else ""
