"""Entities of a message: the spans that casework found, and its marks.

Personal data never reaches this server: casework replaces it by marks such as 〔手机号〕 before
the wire and keeps the words (docs/adr/0005). What else it recognised (dates, amounts, places …)
comes as spans in the metadata, so that there is one recogniser and not two that disagree. The
entities are for the form context and for logs; casework reads the facts from its own copy.
"""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.part import Part
from components.text import load

_MARK = re.compile(r"〔[^〔〕]{1,8}〕")


def find_entities(
    text: str, metadata: dict[str, Any] | None, marks: dict[str, str]
) -> list[dict[str, Any]]:
    """Entities in Rasa's form, sorted by place; a mark wins over a span that says the same."""
    found = {
        (m.start(), m.end()): marks[m.group()] for m in _MARK.finditer(text) if m.group() in marks
    }
    for span in (metadata or {}).get("entities") or []:
        kind, start, end = span.get("kind"), span.get("start"), span.get("end")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
            found.setdefault((start, end), str(kind))
    return [
        {"entity": kind, "start": start, "end": end, "value": text[start:end]}
        for (start, end), kind in sorted(found.items())
    ]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class MarkedEntities(Part):
    """Puts the spans of the metadata and the marks in the text into ``entities``."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._marks: dict[str, str] = load("marks.yml")

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            if text.startswith("/"):
                continue
            entities = find_entities(text, message.get("metadata"), self._marks)
            for entity in entities:
                entity["extractor"] = "MarkedEntities"
            message.set(ENTITIES, entities, add_to_output=True)
        return messages
