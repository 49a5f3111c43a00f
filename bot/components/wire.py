"""A request of the gateway: what it may hold, and how typed text loses the power of a command."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from components.text import visible

LONGEST_TEXT = 1000  # characters; casework keeps the whole text and sends the beginning
LONGEST_BODY = 64 * 1024  # bytes; 1,000 characters written as \uXXXX, and room for metadata
LONGEST_ID = 200

# Buttons made by casework: /affirm, /choose_entry{"entry": "…"}. Rasa's own commands are not among
# them, whoever sends them.
_COMMAND = re.compile(r"^/(?!(?:restart|session_start|back)\b)[a-z_]{1,40}(?:\{[^\n]{0,300}\})?$")
_RISKS = ("none", "yellow", "orange", "red")
_NAMES = ("asking", "asking_kind", "stage", "owner")


class Malformed(Exception):
    """The request is not what was agreed. The message names the field, never its value."""


@dataclass(frozen=True)
class Request:
    """One message for Rasa. ``command``: the text is a button's payload."""

    sender: str
    message_id: str
    text: str
    command: bool
    metadata: dict[str, Any]


def parse(body: Any) -> Request:
    """Read a request. Raises ``Malformed``."""
    if not isinstance(body, dict):
        raise Malformed("body must be an object")
    sender, message_id = _identity(body, "sender"), _identity(body, "message_id")
    text = body.get("text")
    if not isinstance(text, str) or not text.strip():
        raise Malformed("text must be a string with something in it")
    if len(text) > LONGEST_TEXT:
        raise Malformed(f"text must have at most {LONGEST_TEXT} characters")
    trusted = body.get("trusted", False)
    if not isinstance(trusted, bool):
        raise Malformed("trusted must be a boolean")
    metadata = _metadata(body.get("metadata"), len(text))
    if trusted and _COMMAND.match(text):
        return Request(sender, message_id, text, True, {**metadata, "message_id": message_id})
    text, offsets = harmless(text)
    if not text:
        raise Malformed("text must be a string with something in it")
    moved = [_move(span, offsets) for span in metadata["entities"]]
    metadata["entities"] = [span for span in moved if span["start"] < span["end"]]
    return Request(sender, message_id, text, False, {**metadata, "message_id": message_id})


def harmless(text: str) -> tuple[str, list[int]]:
    """Text that is no command, and for each old place (and the end) the new one.

    Control and zero-width characters go, line breaks become spaces, the ends are stripped as Rasa
    would strip them, and a slash at the beginning is written full-width.
    """
    kept: list[str] = []
    offsets: list[int] = []
    for character in text:
        offsets.append(len(kept))
        if character.isspace():
            if kept:
                kept.append(" ")
        elif visible(character):
            kept.append("／" if character == "/" and not kept else character)
    offsets.append(len(kept))
    plain = "".join(kept).rstrip()
    return plain, [min(offset, len(plain)) for offset in offsets]


def _identity(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_ID:
        raise Malformed(f"{name} must be a string of 1 to {LONGEST_ID} characters")
    if not value.isprintable():
        raise Malformed(f"{name} must be printable")
    return value


def _metadata(metadata: Any, length: int) -> dict[str, Any]:
    metadata = {} if metadata is None else metadata
    if not isinstance(metadata, dict):
        raise Malformed("metadata must be an object")
    if metadata.get("risk") not in (None, *_RISKS):
        raise Malformed("metadata.risk is unknown")
    for name in _NAMES:
        if not isinstance(metadata.get(name), (str, type(None))):
            raise Malformed(f"metadata.{name} must be a string or null")
    spans = metadata.get("entities") or []
    if not isinstance(spans, list) or len(spans) > LONGEST_TEXT:
        raise Malformed("metadata.entities must be a list")
    for span in spans:
        if not isinstance(span, dict) or not isinstance(span.get("kind"), str):
            raise Malformed("metadata.entities must hold objects with a kind")
        start, end = span.get("start"), span.get("end")
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
            raise Malformed("metadata.entities must lie inside the text")
    known = {name: metadata[name] for name in ("risk", *_NAMES) if name in metadata}
    return {**known, "entities": spans}


def _move(span: dict[str, Any], offsets: list[int]) -> dict[str, Any]:
    return {**span, "start": offsets[span["start"]], "end": offsets[span["end"]]}
