"""The few questions of a matter's own topic that are put in the conversation.

The rest stay open questions in the summary, for the lawyer. What is chosen is written down in the
draft (``notes["probes"]``), so that it stays the same whatever is told later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from casework.domain.draft import Draft, Stage
from casework.domain.extraction.entity import Entity
from casework.domain.intake import ledger
from casework.domain.intake.agenda import Agenda
from casework.domain.intake.topic import FactSpec, Told, Topic
from casework.domain.outline.gaps import Gap
from casework.domain.outline.outline import Outline, Outliner
from casework.domain.topics.legal_topic import LegalTopic, Priority, Wanted
from casework.domain.topics.questions import applies, told_facts
from casework.domain.topics.story import Piece, Story
from casework.domain.triage.clocks import Start

# How many questions a conversation has in all, where it can be helped, and how many are the topic's.
ENOUGH, MOST = 6, 2
# What the topic's questions stand behind.
_AFTER = ("where", "when", "against", "narrative")
# Gaps that are worth a question in the conversation.
_ASKED_ABOUT = ("near", "order", "versions", "product", "totals")
GAP = "gap"
# Facts that say nothing about the matter itself.
_PERSONAL = ("name", "phone", "public", "purpose")


class Probing:
    """Chooses and puts the questions of topics, and one about what does not fit together."""

    def __init__(self, outliner: Outliner, gap_label: str, gap_why: str) -> None:
        self._outliner = outliner
        self._gap_label = gap_label
        self._gap_why = gap_why

    def form(self, draft: Draft, base: Topic) -> Topic:
        """The questions of ``base`` with those chosen for this draft among them."""
        specs = [spec for probe in draft.notes.get("probes", ()) for spec in self._specs(probe)]
        if not specs:
            return base
        at = max((n for n, spec in enumerate(base.facts) if spec.id in _AFTER), default=-1) + 1
        return replace(base, facts=(*base.facts[:at], *specs, *base.facts[at:]))

    def choose(self, draft: Draft, base: Topic, entities: Sequence[Entity], today: date) -> bool:
        """Write down which questions of the topic are put; whether there are new ones.

        ``entities`` are those of ``story(draft).text``.
        """
        if draft.stage not in (Stage.COLLECTING, Stage.REVIEW) or draft.notes.get("sealed"):
            return False
        if draft.notes.get("probes") or draft.notes.get("thin") or draft.notes.get("routed"):
            return False
        room = self._room(draft, base)
        told = story(draft)
        if room <= 0 or not told.text:
            return False
        outline = self._outliner.make(told, entities, today, answered(draft, entities))
        chosen: list[dict[str, Any]] = [_as_probe(gap) for gap in self._gaps(outline)][:1]
        chosen += [
            {"id": f"{topic.id}.{wanted.id}"}
            for topic in outline.topics[:1]
            for wanted in self._candidates(topic, told, draft, base)
        ]
        if not chosen:
            return False
        draft.notes["probes"] = chosen[:room]
        return True

    def _room(self, draft: Draft, base: Topic) -> int:
        return min(MOST, ENOUGH - Agenda(base).questions(draft))

    def _gaps(self, outline: Outline) -> list[Gap]:
        return [gap for gap in outline.gaps if gap.kind in _ASKED_ABOUT]

    def _candidates(
        self, topic: LegalTopic, told: Story, draft: Draft, base: Topic
    ) -> list[Wanted]:
        """Facts of a topic that decide something and were not told, the most important first."""
        known = told_facts(topic, told)
        fitting = [
            wanted
            for wanted in topic.facts
            if wanted.chat
            and wanted.priority in (Priority.DECISIVE, Priority.SAFETY)
            and wanted.id not in known
            and not _is_base(wanted, base, draft)
            and applies(wanted.condition, told, known)
        ]
        return sorted(
            fitting,
            key=lambda wanted: not (wanted.urgent is not None and told.has(wanted.urgent)),
        )

    def _specs(self, probe: dict[str, Any]) -> list[FactSpec]:
        if probe["id"] == GAP:
            return [
                FactSpec(
                    id=GAP,
                    label=self._gap_label,
                    kind="text",
                    ask=probe["ask"],
                    why=self._gap_why,
                    yes_no=True,
                    words=(self._gap_label,),
                )
            ]
        topic_id, _, fact_id = str(probe["id"]).partition(".")
        topic = self._outliner.topic(topic_id)
        wanted = topic.wanted(fact_id) if topic else None
        return [_spec(str(probe["id"]), wanted)] if wanted else []


def story(draft: Draft) -> Story:
    """All that a draft tells of the matter, each fact a piece with its messages."""
    pieces = [
        Piece(fact.text, fact.sources)
        for fact in draft.facts.values()
        if fact.text and fact.id not in _PERSONAL
    ]
    pieces.sort(key=lambda piece: piece.text != ledger.text_of(draft, "narrative"))
    return Story(*pieces)


def answered(draft: Draft, entities: Sequence[Entity]) -> dict[str, Start]:
    """The days given in answer to a question, by the fact they answer."""
    found = {}
    by_words = {e.text: str(e.value) for e in entities if e.kind == "date"}
    for fact in draft.facts.values():
        if fact.id == "when" or "." in fact.id:
            value = fact.value if fact.id == "when" and isinstance(fact.value, str) else None
            day = next((v for words, v in by_words.items() if words in fact.text), None)
            if day or (value and re.match(r"\d{4}", value)):
                found[fact.id] = Start(str(day or value), fact.text, fact.sources)
    return found


def settled(draft: Draft) -> list[str]:
    """The topic's questions that were answered."""
    return [fact.id for fact in draft.facts.values() if "." in fact.id and fact.text]


def _as_probe(gap: Gap) -> dict[str, Any]:
    return {"id": GAP, "ask": gap.text}


def _is_base(wanted: Wanted, base: Topic, draft: Draft) -> bool:
    """Whether the form asks for the same, or was told it."""
    spec = base.spec(wanted.base)
    return spec is not None and (spec.asked or spec.id in draft.facts)


def _spec(fact_id: str, wanted: Wanted) -> FactSpec:
    """A fact of a topic as the form asks for it. Whatever is said is an answer: nothing is put
    twice, and what counts in it is found by the outline."""
    choice = wanted.kind in ("choice", "yesno")
    return FactSpec(
        id=fact_id,
        label=wanted.label,
        kind="choice" if choice else "text",
        ask=wanted.ask,
        why=wanted.why,
        free=True,
        yes_no=True,
        within=ENOUGH,
        words=(wanted.label,),
        choices=wanted.choices,
        told=Told(clauses=wanted.told, least=4) if wanted.told else None,
    )
