"""What an intake asks for: the facts of a topic, read from ``casework/intakes/*.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casework.domain.matter import MatterKind

KINDS = ("text", "name", "phone", "place", "date", "amount", "choice", "yesno", "number")


@dataclass(frozen=True)
class Choice:
    """One of the answers offered; ``match`` knows it in other words."""

    label: str
    value: str
    match: re.Pattern[str] | None


@dataclass(frozen=True)
class Told:
    """How to know that a fact was told without being asked for."""

    entities: tuple[str, ...] = ()
    detail: str = ""  # only entities with this detail: ``self`` for the citizen's own name
    vague: bool = False  # a body without a name (村委会) is enough
    roles: re.Pattern[str] | None = None  # a named person counts after one of these words
    clauses: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    least: int = 2  # characters


@dataclass(frozen=True)
class Rule:
    """One step of working out a value that nobody is asked for."""

    value: str
    sealed: bool = False
    inside: tuple[str, ...] = ()
    match: re.Pattern[str] | None = None


@dataclass(frozen=True)
class FactSpec:
    """One fact. The words are for citizens; see the head of consultation.yml for the fields."""

    id: str
    label: str
    kind: str
    ask: str
    why: str
    required: bool = False
    yields: bool = False
    refusable: bool = False
    asked: bool = True
    free: bool = False
    least: int = 2
    most: int | None = None
    more: str = ""
    example: str = ""
    refused: str = ""
    also: str = ""  # a fact that ``both`` asks for too, where it is missing as well
    both: str = ""
    yes_no: bool = False  # a bare yes or no is an answer
    enough: int = 0  # told in passing in fewer characters, it is asked for all the same
    within: int = 0  # asked for only where all stays within so many questions; 0: in any case
    over: str = ""
    only_if: re.Pattern[str] | None = None
    none: re.Pattern[str] | None = None
    words: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    derive: tuple[Rule, ...] = ()
    told: Told | None = None

    def choice(self, value: Any) -> Choice | None:
        return next((choice for choice in self.choices if choice.value == value), None)


@dataclass(frozen=True)
class Topic:
    kind: MatterKind
    version: str
    title: str
    facts: tuple[FactSpec, ...]
    request: re.Pattern[str]  # how people ask for this intake, without telling anything yet
    opens: re.Pattern[str] | None = None  # a longer message that begins the intake
    sealed_when: tuple[re.Pattern[str], ...] = ()
    sealed_facts: tuple[str, ...] = ()

    def spec(self, fact_id: str | None) -> FactSpec | None:
        return next((spec for spec in self.facts if spec.id == fact_id), None)

    def named(self, said: str) -> FactSpec | None:
        """The fact that a citizen calls by ``said``: its label or one of its words."""
        said = said.strip(" “”\"'「」:：,，。")
        for spelling in (said, said.removesuffix("的"), f"{said}的"):
            for spec in self.facts:
                if spelling and (spelling == spec.label or spelling in spec.words):
                    return spec
        return None

    def accuses(self, text: str) -> bool:
        """Whether ``text`` (folded) accuses an official or a public body of misconduct."""
        return any(pattern.search(text) for pattern in self.sealed_when)


class TopicError(ValueError):
    """A topic file cannot be right; the message names the fact and what is wrong."""


def read(loaded: Mapping[str, Any]) -> Topic:
    """A topic from the content of its file. Raises ``TopicError``."""
    facts = tuple(_fact(entry) for entry in loaded["facts"])
    sealed = loaded.get("sealed", {})
    topic = Topic(
        kind=MatterKind(loaded["kind"]),
        version=str(loaded["version"]),
        title=loaded["title"],
        facts=facts,
        request=re.compile(loaded["request"]),
        opens=_pattern(loaded.get("opens")),
        sealed_when=tuple(re.compile(pattern) for pattern in sealed.get("when", ())),
        sealed_facts=tuple(sealed.get("facts", ())),
    )
    ids = [spec.id for spec in facts]
    if len(set(ids)) != len(ids):
        raise TopicError(f"{topic.kind}: a fact stands twice")
    for fact_id in (
        *topic.sealed_facts,
        *(i for spec in facts for r in spec.derive for i in r.inside),
        *(spec.also for spec in facts if spec.also),
    ):
        if fact_id not in ids:
            raise TopicError(f"{topic.kind}: there is no fact called {fact_id!r}")
    return topic


def _fact(entry: Mapping[str, Any]) -> FactSpec:
    values = dict(entry)
    name = values.get("id", "?")
    if values.get("kind") not in KINDS:
        raise TopicError(f"{name}: kind must be one of {', '.join(KINDS)}")
    for key in ("only_if", "none"):
        values[key] = _pattern(values.get(key))
    values["words"] = tuple(values.get("words", ()))
    values["choices"] = tuple(
        Choice(c["label"], str(c["value"]), _pattern(c.get("match")))
        for c in values.get("choices", ())
    )
    values["derive"] = tuple(_rule(rule) for rule in values.get("derive", ()))
    if "told" in values:
        values["told"] = _told(values["told"])
    try:
        return FactSpec(**values)
    except TypeError as wrong:
        raise TopicError(f"{name}: {wrong}") from wrong


def _told(entry: Mapping[str, Any]) -> Told:
    return Told(
        entities=tuple(_list(entry.get("entities"))),
        detail=entry.get("detail", ""),
        vague=bool(entry.get("vague", False)),
        roles=_pattern(entry.get("roles")),
        clauses=_pattern(entry.get("clauses")),
        unless=_pattern(entry.get("not")),
        least=int(entry.get("least", 2)),
    )


def _rule(entry: Mapping[str, Any]) -> Rule:
    return Rule(
        value=str(entry["value"]),
        sealed=bool(entry.get("sealed", False)),
        inside=tuple(entry.get("in", ())),
        match=_pattern(entry.get("match")),
    )


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text) if text else None


def _list(value: Iterable[str] | None) -> Iterable[str]:
    return value or ()
