"""A citizen's own matters as they are named to them: in a list, and on a button."""

from __future__ import annotations

from casework.domain.matter import Matter
from casework.domain.messages import Button
from casework.texts import Texts

_LONGEST = 12


def title_of(matter: Matter) -> str:
    """What a matter is about in a few words; nothing of one that is sealed."""
    if matter.sealed:
        return ""
    topics = matter.summary.get("topics") or []
    if topics:
        return str(topics[0]["title"])
    fields = matter.summary.get("fields") or []
    told = next((field["text"] for field in fields if field["id"] == "narrative"), "")
    line = " ".join(str(told).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def button_of(texts: Texts, matter: Matter, payload: str) -> Button:
    """The button for a matter: its kind, what it is about, its number."""
    kind = texts.say(f"progress.kind.{matter.kind}")
    title = title_of(matter)
    about = texts.say("progress.about", title=title) if title else ""
    return Button(
        texts.say("progress.named", kind=kind, about=about, number=matter.number), payload
    )
