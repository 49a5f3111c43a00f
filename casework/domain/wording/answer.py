"""What a machine answered, as paragraphs. Anything may come back; nothing raises but ``NotAnswered``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

# The most that a summary for reading may be, in paragraphs and in characters of one.
MOST_PARAGRAPHS, LONGEST_PARAGRAPH = 8, 400
_MOST_QUOTES = 8
# A model that thinks aloud, or that writes its JSON as a block of Markdown.
_THINKING = re.compile(r"<think>.*?</think>", re.DOTALL)
_FENCE = re.compile(r"\A```(?:json)?\s*(.*?)\s*```\Z", re.DOTALL)


class NotAnswered(ValueError):
    """The answer is not of the form that was asked for. The message is a code."""


@dataclass(frozen=True)
class Said:
    """A paragraph as the machine wrote it: with marks, and with the short ids of the messages."""

    text: str
    quotes: tuple[str, ...]
    messages: tuple[str, ...]


def read(answer: str) -> list[Said]:
    """The paragraphs of an answer, ``{"paragraphs": [{"text", "quotes", "messages"}]}``.

    A paragraph that is not of this form counts as one that says nothing, which no check lets pass.
    """
    text = _THINKING.sub("", answer).strip()
    fence = _FENCE.match(text)
    try:
        loaded = json.loads(fence[1] if fence else text)
    except (ValueError, RecursionError):
        raise NotAnswered("not_json") from None
    paragraphs = loaded.get("paragraphs") if isinstance(loaded, dict) else None
    if not isinstance(paragraphs, list):
        raise NotAnswered("no_paragraphs")
    return [_said(one) for one in paragraphs[:MOST_PARAGRAPHS]]


def _said(loaded: Any) -> Said:
    if not isinstance(loaded, dict) or not isinstance(loaded.get("text"), str):
        return Said("", (), ())
    quotes, messages = _strings(loaded.get("quotes", [])), _strings(loaded.get("messages"))
    if quotes is None or messages is None or len(quotes) > _MOST_QUOTES:
        return Said("", (), ())
    return Said(loaded["text"].strip(), quotes, tuple(dict.fromkeys(messages)))


def _strings(loaded: Any) -> tuple[str, ...] | None:
    if not isinstance(loaded, list) or not all(isinstance(one, str) for one in loaded):
        return None
    return tuple(loaded)
