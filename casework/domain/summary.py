"""The summary a citizen confirms and staff work with (``summary.schema.json``).

Nothing stands in it that was not said, but for values that rules worked out, which are marked so.
Every field names the messages it came from, and the verbatim words are kept beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.domain.draft import Draft
from casework.domain.intake import ledger
from casework.domain.intake.topic import FactSpec, Topic

SCHEMA = 1

# 信访工作条例 29 to 31: which of the three classes a stated purpose belongs to.
CLASS_OF = {
    "suggestion": "suggestion",
    "accusation": "accusation",
    "appeal": "appeal",
    "resolve": "appeal",
}


@dataclass(frozen=True)
class Labels:
    """The words a summary needs beside those of the topic."""

    unknown: str
    refused: str
    classes: Mapping[str, str]


@dataclass(frozen=True)
class Quote:
    """A message as it was written."""

    source: str
    text: str
    at: datetime


def build(
    draft: Draft, topic: Topic, labels: Labels, quotes: list[Quote] | None = None
) -> dict[str, Any]:
    """The structured summary of a draft, as it stands."""
    fields = [
        field
        for spec in topic.facts
        if ledger.shown(draft, topic, spec)
        for field in [_field(draft, spec, labels)]
    ]
    summary: dict[str, Any] = {
        "schema": SCHEMA,
        "kind": topic.kind.value,
        "title": topic.title,
        "topic_version": topic.version,
        "sealed": bool(draft.notes.get("sealed")),
        "fields": fields,
        "people": _people(draft),
        "quotes": [
            {"source": quote.source, "text": quote.text, "at": quote.at.isoformat()}
            for quote in quotes or []
        ],
    }
    purpose = next((field for field in fields if field["id"] == "purpose"), None)
    if purpose:
        name = CLASS_OF.get(str(purpose["value"]), "appeal")
        summary["purpose"] = {"value": purpose["value"], "label": purpose["text"]}
        summary["class"] = {"value": name, "label": labels.classes[name]}
    summary["text"] = render(summary)
    return summary


def sources(draft: Draft) -> list[str]:
    """The messages that the facts of a draft came from, each once, in order of first use."""
    named = [source for fact in draft.facts.values() for source in fact.sources]
    return list(dict.fromkeys(named))


def render(summary: Mapping[str, Any]) -> str:
    """The summary for reading: one numbered line a field."""
    lines = [summary["title"]]
    for number, field in enumerate(summary["fields"], start=1):
        lines.append(f"{number}. {field['label']}：{field['text']}")
    if "class" in summary:
        lines.append(f"（{summary['class']['label']}）")
    return "\n".join(lines)


def _field(draft: Draft, spec: FactSpec, labels: Labels) -> dict[str, Any]:
    fact = draft.facts.get(spec.id)
    named: tuple[str, ...] = ()
    value: Any = None
    text, state = labels.unknown, "unknown"
    if fact and fact.text:
        text, value, state, named = fact.text, fact.value, "told", fact.sources
    elif fact:
        text, state, named = labels.refused, "refused", fact.sources
    elif spec.derive:
        derived = ledger.derived(draft, spec)
        choice = spec.choice(derived)
        if choice:
            text, value, state = choice.label, choice.value, "derived"
            named = _derived_from(draft, spec)
    return {
        "id": spec.id,
        "label": spec.label,
        "value": value,
        "text": text,
        "sources": list(named),
        "state": state,
    }


def _derived_from(draft: Draft, spec: FactSpec) -> tuple[str, ...]:
    """A value worked out from facts names the messages of those facts."""
    inside = {fact_id for rule in spec.derive for fact_id in rule.inside}
    found = [
        s for fact_id in inside if fact_id in draft.facts for s in draft.facts[fact_id].sources
    ]
    return tuple(dict.fromkeys(found))


def _people(draft: Draft) -> int | None:
    fact = draft.facts.get("people")
    return fact.value if fact and isinstance(fact.value, int) else None
