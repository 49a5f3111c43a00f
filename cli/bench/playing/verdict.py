"""Whether a citizen who is a program was served right, and what was wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from casework.domain.text import fold
from cli.bench.playing.player import Life

_LOOSE = re.compile(r"[\s,，。.!！?？、;；:：“”\"'‘’()（）~～…-]+")
# Facts that must stand in the field of their name, not only somewhere.
PLACED = ("name", "phone", "against", "when", "where", "wanted", "evidence", "earlier", "people")


def wrong(life: Life) -> list[str]:
    """What went wrong, in words for whoever mends it; empty where all is right."""
    person = life.person
    found = [f"no answer to {said!r}" for said, turn in life.talk if not turn.replies]
    if not person.danger and any(turn.owner != "bot" for _, turn in life.talk[:-1]):
        found.append("a person was called without need")
    if life.too_early:
        found.append("handed over before it was confirmed")
    if not person.kind:
        return [*found, *(["something was handed over"] if life.matters else [])]
    if not life.ended or len(life.matters) != 1:
        return [*found, f"{len(life.matters)} matters after {len(life.talk)} messages"]
    matter = life.matters[0]
    if matter["kind"] != person.kind:
        found.append(f"a {matter['kind']} instead of a {person.kind}")
    if [one["state"] for one in matter["delivered"]] != ["delivered"]:
        found.append("not delivered exactly once")
    if bool(matter["summary"]["sealed"]) is not person.sealed:
        found.append("sealed" if not person.sealed else "not sealed")
    return found + _lost(life, matter["summary"])


def misplaced(life: Life) -> list[str]:
    """Stated facts that are in the summary, but not in the field that bears their name."""
    if not life.matters:
        return []
    texts = {field["id"]: loose(_said(field)) for field in life.matters[0]["summary"]["fields"]}
    return [
        f"{about}: {kept}"
        for about in sorted(life.stated)
        if about in PLACED and texts.get(about) is not None
        for kept in life.person.facts[about].kept
        if not _in(kept, texts[about])
    ]


def _lost(life: Life, summary: Mapping[str, Any]) -> list[str]:
    person = life.person
    fields = loose("\n".join(_said(field) for field in summary["fields"]))
    wanted = [kept for about in life.stated for kept in person.facts[about].kept]
    wanted += person.told
    lost = [f"lost: {kept}" for kept in dict.fromkeys(wanted) if not _in(kept, fields)]
    kept_on = [f"still there: {gone}" for gone in person.absent if _in(gone, fields)]
    # What was said instead of an answer and told nothing: a question, a wait, a change of mind.
    aside = [
        loose(said)
        for lines in person.before.values()
        for said in lines
        if not any(_in(told, loose(said)) for told in person.told)
    ]
    twice = [
        f"{field['id']} says something twice"
        for field in summary["fields"]
        if len(pieces := field["text"].split("\n")) != len(set(pieces))
    ]
    taken = [
        f"{field['id']} took {field['text']!r} for an answer"
        for field in summary["fields"]
        if field["id"] != "narrative" and loose(field["text"]) in aside
    ]
    return lost + kept_on + twice + taken


def _said(field: Mapping[str, Any]) -> str:
    return f"{field['text']} {field['value']}"


def _in(wanted: str, text: str) -> bool:
    return any(loose(one) in text for one in wanted.split("|"))


def loose(text: str) -> str:
    """Text as two writers of the same words have it in common: no width, blanks, punctuation."""
    return _LOOSE.sub("", fold(text)).lower()
