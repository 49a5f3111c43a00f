"""What a machine is shown of a matter: the confirmed fields and the words, with marks for people.

Kept as small as it may be: the messages that the summary rests on and no others, under numbers in
place of their ids, without telephone numbers, documents, addresses to the door.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casework.domain.bureau import CHINA
from casework.domain.extraction import extract
from casework.domain.extraction.entity import NAME, PHONE
from casework.domain.text import fold
from casework.domain.wording.hiding import MARK, Hiding

# Characters of messages that are shown; later ones are left out, whole.
LONGEST_WORDS = 8_000
# Fields that hold one person's particulars: what kind of thing stands in them, and is hidden everywhere.
_PERSONAL = {"name": NAME, "phone": PHONE}
_NOT_SHOWN = frozenset({"phone"})
_TOLD = ("told", "derived")


@dataclass(frozen=True)
class Message:
    """One message: ``id`` for the machine, ``source`` for us; ``text`` as written and ``hidden``."""

    id: str
    source: str
    text: str
    hidden: str
    day: date


@dataclass(frozen=True)
class Field:
    label: str
    hidden: str
    value: Any


@dataclass(frozen=True)
class Material:
    """Everything that may be said again. ``day`` is the day of the matter (relative dates in fields
    and answers count from it); ``way`` is what rules made of it, with its article."""

    title: str
    fields: tuple[Field, ...]
    messages: tuple[Message, ...]
    way: str
    day: date
    hiding: Hiding

    def shown(self) -> dict[str, Any]:
        """What the machine gets."""
        return {
            "title": self.title,
            "fields": [{"label": one.label, "text": one.hidden} for one in self.fields],
            "messages": [
                {"id": one.id, "day": one.day.isoformat(), "text": one.hidden}
                for one in self.messages
            ],
            "way": self.way,
        }

    def said(self) -> str:
        """All that was said, folded, with a line end where a mark was."""
        lines = [self.title, self.way]
        lines += [f"{one.label}\n{one.hidden}" for one in self.fields]
        lines += [one.hidden for one in self.messages]
        return without_marks("\n".join(lines))

    def texts(self) -> list[tuple[str, date]]:
        """What was said without marks, each text with the day that its relative dates count from."""
        read = [(one.hidden, one.day) for one in self.messages]
        read += [(one.hidden, self.day) for one in self.fields] + [(self.way, self.day)]
        return [(without_marks(text), day) for text, day in read]


def gather(
    summary: Mapping[str, Any],
    created_at: datetime,
    ordinary: Collection[str],
    places: tuple[str, ...] = (),
) -> Material:
    """The material of a matter that was confirmed at ``created_at``.

    ``ordinary`` are words that are no names; ``places`` are names of places that need no suffix.
    """
    day = _day(created_at)
    told = [one for one in summary["fields"] if one["state"] in _TOLD and one["text"]]
    quotes = _within(summary.get("quotes", ()))
    hiding = Hiding()
    for one in told:
        if one["id"] in _PERSONAL:
            hiding.is_personal(one["text"], _PERSONAL[one["id"]])
    texts = [(quote["text"], _day(datetime.fromisoformat(quote["at"]))) for quote in quotes]
    for text, at in [*texts, *((one["text"], day) for one in told)]:
        entities = extract(text, at, places)
        hiding.learn(entities)
        hiding.suspect(text, entities, ordinary)
    return Material(
        title=hiding.hide(summary.get("title", "")),
        fields=tuple(
            Field(one["label"], hiding.hide(one["text"]), one["value"])
            for one in told
            if one["id"] not in _NOT_SHOWN
        ),
        messages=tuple(
            Message(f"m{number}", quote["source"], text, hiding.hide(text), at)
            for number, (quote, (text, at)) in enumerate(zip(quotes, texts, strict=True), start=1)
        ),
        way=hiding.hide(_way(summary)),
        day=day,
        hiding=hiding,
    )


def without_marks(text: str) -> str:
    """``text`` folded, with a line end in place of every mark: 姓名 in a mark is nobody's word."""
    return fold(MARK.sub("\n", text))


def _way(summary: Mapping[str, Any]) -> str:
    if "route" not in summary:
        return ""
    main = summary["route"]["main"]
    return f"{main['label']}：{main['why']}（{main['cite']}）"


def _within(quotes: Any) -> list[Any]:
    kept, length = [], 0
    for quote in quotes:
        length += len(quote["text"])
        if length > LONGEST_WORDS:
            break
        kept.append(quote)
    return kept


def _day(at: datetime) -> date:
    return at.astimezone(CHINA).date()
