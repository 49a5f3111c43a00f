"""A topic: how it is recognised, which facts are wanted, where it can be taken, and by when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from casework.domain.conversation import RiskLevel
from casework.domain.intake.topic import Choice


class Priority(StrEnum):
    """What a fact is wanted for, the most important first."""

    DECISIVE = "decisive"  # route, clock, or the whole claim depend on it
    SAFETY = "safety"
    EVIDENCE = "evidence"
    COMPLETENESS = "completeness"

    @property
    def rank(self) -> int:
        return list(Priority).index(self)


class Way(StrEnum):
    """Where a matter can be taken."""

    LITIGATION = "litigation"
    ARBITRATION = "arbitration"
    RECONSIDERATION = "reconsideration"
    POLICE = "police"
    SUPERVISION = "supervision"
    MEDIATION = "mediation"
    LEGAL_AID = "legal_aid"
    PETITION = "petition"


@dataclass(frozen=True)
class Sign:
    """Words that speak for a topic (or against it, with a negative weight)."""

    match: re.Pattern[str]
    weight: int
    also: re.Pattern[str] | None = None  # must stand somewhere in the story too


@dataclass(frozen=True)
class Condition:
    """When something applies. All that is given must hold; nothing given holds always.

    ``when``, ``also`` and ``unless`` are looked for in all that was told, ``given`` in the answers
    to other facts of the same file. A question quotes where ``when`` stands, never ``also``.
    """

    when: re.Pattern[str] | None = None
    also: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    given: Mapping[str, re.Pattern[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
    """A fact a lawyer wants to know. The words are for citizens; see ``docs/intakes.md``."""

    id: str
    label: str
    priority: Priority
    ask: str  # one question, for the conversation
    why: str
    kind: str = "text"
    full: str = ""  # the question in a written list; ``ask`` where there is none
    then: str = ""  # asked in the list once the fact was told
    told: re.Pattern[str] | None = None
    urgent: re.Pattern[str] | None = None
    condition: Condition = Condition()
    chat: bool = True
    base: str = ""  # the fact of consultation.yml or petition.yml that asks for the same
    each: int = 1  # how many matches of ``when`` get a question of their own
    covers: tuple[str, ...] = ()  # common questions that this one makes needless
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Proof:
    """A piece of evidence, and how one knows that it is there."""

    label: str
    match: re.Pattern[str]


@dataclass(frozen=True)
class Clock:
    """A period that runs: ``rule`` of ``casework/data/deadlines.yml``, counted from a fact's date."""

    rule: str
    start: str  # the id of the fact
    note: str = ""  # what is particular to the topic
    condition: Condition = Condition()


@dataclass(frozen=True)
class RouteRule:
    """One way a matter of this topic can take."""

    way: Way
    why: str
    cite: str
    keeps: str = ""  # which other clock goes on, in words
    first: bool = False  # before the ways of the other topics
    condition: Condition = Condition()


@dataclass(frozen=True)
class SafetySign:
    """Words of somebody who may be in danger, and what is said to them first."""

    match: re.Pattern[str]
    level: RiskLevel
    say: str


@dataclass(frozen=True)
class LegalTopic:
    """One file. A file of common questions has no signs: it belongs to every story."""

    id: str
    title: str
    version: str
    facts: tuple[Wanted, ...]
    signs: tuple[Sign, ...] = ()
    least: int = 3
    evidence: tuple[Proof, ...] = ()
    clocks: tuple[Clock, ...] = ()
    routes: tuple[RouteRule, ...] = ()
    safety: tuple[SafetySign, ...] = ()
    orders: tuple[tuple[str, str], ...] = ()  # the day of the first is not after that of the second

    def wanted(self, fact_id: str) -> Wanted | None:
        return next((wanted for wanted in self.facts if wanted.id == fact_id), None)
