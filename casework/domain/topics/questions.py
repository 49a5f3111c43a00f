"""What a lawyer would ask about a story: the facts of its topics and the common ones, weighed.

Whether a fact was told is known by its pattern. One that was told is asked about more closely
(``then``): who holds the paper, what exactly it says, which day it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from casework.domain.topics.legal_topic import Condition, LegalTopic, Priority, Wanted
from casework.domain.topics.recognising import Recognised
from casework.domain.topics.story import Found, Story

# How much each thing makes a question worth asking. The figures were set by hand, by reading what
# lists they give; only their order matters.
_WORTH = {
    Priority.DECISIVE: 6.0,
    Priority.SAFETY: 6.0,
    Priority.EVIDENCE: 4.0,
    Priority.COMPLETENESS: 2.0,
}
_URGENT, _GROUNDED, _TOLD, _COMMON, _TOLD_ENOUGH = 4.0, 1.5, 1.0, -1.0, -3.0
_BESIDE = -3.0  # in proportion to how much weaker a topic is than the first
# The share of all questions that topics put: of one hardly recognised, and of sure ones.
_FEW, _MANY, _LEAST_SHARE = 0.3, 0.65, 5
# A topic that is hardly recognised asks only about what the story mentions.
_UNSURE = -3.0
# What is mentioned again and again is what the story turns on; beyond so often it says no more.
_MENTION, _OFTEN, _PLACES = 0.15, 5, 15
_DAY = re.compile(r"\d{1,2}月\d{1,2}[日号]")
# Two questions that share this much of their characters' pairs are one.
_ALIKE = 0.55


@dataclass(frozen=True)
class Question:
    """A question for the list. ``told`` says that the fact was told and is asked about closer."""

    topic: str
    wanted: Wanted
    text: str
    worth: float
    start: int  # where in the story it hangs on; -1 for nowhere
    told: bool = False
    urgent: bool = False

    @property
    def id(self) -> str:
        return f"{self.topic}.{self.wanted.id}"


def questions(
    recognised: Sequence[Recognised], common: Sequence[LegalTopic], story: Story, most: int
) -> list[Question]:
    """At most ``most`` questions, the most important first.

    Every topic of the story has its share of them, so that none is crowded out by the others or by
    what is asked in every matter.
    """
    mine: list[list[Question]] = []
    for one in recognised:
        less = _BESIDE * (1 - one.points / recognised[0].points)
        own = _of(one.topic, story, less, _UNSURE * (1 - one.sureness))
        mine.append(sorted(own, key=_by_worth))
    chosen = [
        question
        for own, share in zip(mine, _shares(recognised, most), strict=True)
        for question in own[:share]
    ]
    covered = {common_id for question in chosen for common_id in question.wanted.covers}
    rest = [q for file in common for q in _of(file, story, _COMMON) if q.wanted.id not in covered]
    rest.sort(key=_by_worth)
    over = sorted((q for own in mine for q in own if q not in chosen), key=_by_worth)
    kept = _unlike([*sorted(chosen, key=_by_worth), *rest, *over])[:most]
    return sorted(kept, key=_by_worth)


def _shares(recognised: Sequence[Recognised], most: int) -> list[int]:
    """How many questions each topic may put, by its points; a single unsure one fewer."""
    if not recognised:
        return []
    whole = most * (_FEW + (_MANY - _FEW) * recognised[0].sureness)
    points = sum(one.points for one in recognised)
    return [max(_LEAST_SHARE, round(whole * one.points / points)) for one in recognised]


def _by_worth(question: Question) -> float:
    return -question.worth


def applies(condition: Condition, story: Story, told: Mapping[str, str]) -> bool:
    """Whether a condition holds. ``told`` is what was said about the facts of the same file."""
    if condition.when and not story.has(condition.when):
        return False
    if condition.also and not story.has(condition.also):
        return False
    if condition.unless and story.has(condition.unless):
        return False
    return all(
        fact_id in told and bool(pattern.search(told[fact_id]))
        for fact_id, pattern in condition.given.items()
    )


def told_facts(topic: LegalTopic, story: Story) -> dict[str, str]:
    """The facts that a story tells by itself, each with the clause that does."""
    return {
        wanted.id: found.said
        for wanted in topic.facts
        if wanted.told
        for found in [story.first(wanted.told)]
        if found
    }


def _of(topic: LegalTopic, story: Story, lower: float, unsure: float = 0.0) -> Iterator[Question]:
    """``unsure`` is taken from questions that hang on nothing in the story."""
    told = told_facts(topic, story)
    for wanted in topic.facts:
        if not applies(wanted.condition, story, told):
            continue
        urgent = bool(wanted.urgent and story.has(wanted.urgent))
        worth = _WORTH[wanted.priority] + lower + (_URGENT if urgent else 0)
        found = story.first(wanted.told) if wanted.told else None
        if found is not None and _is_known(wanted, story):
            continue
        if found is not None:
            yield _told(topic, wanted, found, worth, urgent)
            continue
        if wanted.condition.when is None:
            text = wanted.full or wanted.ask
            yield Question(topic.id, wanted, text, worth + unsure, -1, urgent=urgent)
            continue
        everywhere = list(islice(story.each(wanted.condition.when), _PLACES))
        places = _different(everywhere)[: wanted.each]
        text = _fill(wanted.full or wanted.ask, *places)
        start = places[0].start if places else -1
        worth += _GROUNDED + _MENTION * (min(len(everywhere), _OFTEN) - 1)
        yield Question(topic.id, wanted, text, worth, start, urgent=urgent)


def _is_known(wanted: Wanted, story: Story) -> bool:
    """Whether a day that only a clock is counted from was told to the day: it is not asked again."""
    if wanted.kind != "date" or wanted.chat or wanted.told is None:
        return False
    return any(_DAY.search(found.said) for found in story.each(wanted.told))


def _different(places: Sequence[Found]) -> list[Found]:
    """The places in their order, but each word once before any comes again."""
    by_word = {place.word: place for place in reversed(places)}
    first = sorted(by_word.values(), key=lambda place: place.start)
    return first + [place for place in places if place not in first]


def _told(topic: LegalTopic, wanted: Wanted, found: Found, worth: float, urgent: bool) -> Question:
    if wanted.then:
        text = _fill(wanted.then, found)
        return Question(topic.id, wanted, text, worth + _TOLD, found.start, True, urgent)
    text = _fill(wanted.full or wanted.ask, found)
    return Question(topic.id, wanted, text, worth + _TOLD_ENOUGH, found.start, True, urgent)


def _fill(text: str, *found: Found) -> str:
    """A question with its quotations; of several places each is quoted: “…”、“…”."""
    said = "”、“".join(dict.fromkeys(one.said for one in found))
    word = "、".join(dict.fromkeys(one.word for one in found))
    return text.format(said=said, word=word)


def _unlike(found: Sequence[Question]) -> list[Question]:
    """The questions without those that ask again what one before them asks."""
    kept: list[Question] = []
    pairs: list[set[str]] = []
    for question in found:
        mine = _pairs(question.text)
        if all(len(mine & other) < _ALIKE * min(len(mine), len(other)) for other in pairs):
            kept.append(question)
            pairs.append(mine)
    return kept


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
