"""The outline of a story: what it is about, what is open, where it can go, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.domain.extraction.entity import Entity
from casework.domain.outline.days import in_context
from casework.domain.outline.gaps import Gap, Gaps
from casework.domain.outline.timeline import Event, timeline
from casework.domain.topics.legal_topic import LegalTopic, Proof, SafetySign
from casework.domain.topics.questions import Question, questions
from casework.domain.topics.recognising import Recognised, recognise
from casework.domain.topics.story import Story
from casework.domain.triage.clocks import Running, Start, clocks
from casework.domain.triage.routes import Route, routes

# How many questions a list holds.
MOST_QUESTIONS = 30
_ABSENT = re.compile(r"(?:没有?|未|无|不|丢了?|缺)[^,。;!?]{0,4}$")


@dataclass(frozen=True)
class Told:
    """A fact of a topic that the story tells by itself, in the clause that does."""

    id: str
    label: str
    said: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """``held`` and ``missing`` are labels of evidence: mentioned as there, or not mentioned."""

    recognised: tuple[Recognised, ...]
    events: tuple[Event, ...]
    questions: tuple[Question, ...]
    gaps: tuple[Gap, ...]
    routes: tuple[Route, ...]
    clocks: tuple[Running, ...]
    held: tuple[str, ...]
    missing: tuple[str, ...]
    told: tuple[Told, ...]
    safety: tuple[SafetySign, ...]

    @property
    def tells_ways(self) -> bool:
        """Whether the ways say something of this story, and not of every one."""
        return bool(self.recognised) or not self.routes[0].general

    @property
    def topics(self) -> list[LegalTopic]:
        return [one.topic for one in self.recognised]


class Outliner:
    """Makes outlines by the topics of an installation."""

    def __init__(
        self, topics: Sequence[LegalTopic], common: Sequence[LegalTopic], gaps: Gaps
    ) -> None:
        self._topics = topics
        self._common = common
        self._gaps = gaps

    def recognise(self, story: Story) -> list[Recognised]:
        return recognise(self._topics, story)

    def safety(self, story: Story) -> list[SafetySign]:
        """The signs of danger that its topics see in a story."""
        return _safety(self.recognise(story), story)

    def topic(self, topic_id: str) -> LegalTopic | None:
        return next((topic for topic in self._topics if topic.id == topic_id), None)

    def make(
        self,
        story: Story,
        entities: Sequence[Entity],
        today: date,
        answered: Mapping[str, Start] | None = None,
        settled: Sequence[str] = (),
        asked: Sequence[str] = (),
    ) -> Outline:
        """The outline of ``story``. ``entities`` are those of its whole text.

        ``answered`` are days given in answer to a question (see ``triage.clocks``); ``settled`` are
        the questions (``topic.fact``) that were answered and are open no more, ``asked`` the words
        of gaps that were asked about.
        """
        recognised = self.recognise(story)
        entities = in_context(story.folded, entities)
        files = [one.topic for one in recognised] + list(self._common)
        running = clocks(files, story, entities, answered or {})
        wanted = questions(recognised, self._common, story, MOST_QUESTIONS + len(settled))
        open_ = [question for question in wanted if question.id not in settled]
        gaps = self._gaps.find(files, story, entities, running, today)
        proofs = [proof for one in recognised[:1] for proof in one.topic.evidence]
        return Outline(
            recognised=tuple(recognised),
            events=tuple(timeline(story, entities)),
            questions=tuple(open_[:MOST_QUESTIONS]),
            gaps=tuple(gap for gap in gaps if gap.text not in asked),
            routes=tuple(routes(recognised, self._common, story)),
            clocks=tuple(running),
            held=tuple(proof.label for proof in proofs if _is_held(proof, story)),
            missing=tuple(proof.label for proof in proofs if not _is_held(proof, story)),
            told=tuple(told for one in recognised for told in _told(one.topic, story)),
            safety=tuple(_safety(recognised, story)),
        )


def _safety(recognised: Sequence[Recognised], story: Story) -> list[SafetySign]:
    return [sign for one in recognised for sign in one.topic.safety if story.has(sign.match)]


def _told(topic: LegalTopic, story: Story) -> Iterator[Told]:
    for wanted in topic.facts:
        found = story.first(wanted.told) if wanted.told else None
        if found:
            sources = story.sources(found.start)
            yield Told(f"{topic.id}.{wanted.id}", wanted.label, found.said, sources)


def _is_held(proof: Proof, story: Story) -> bool:
    """Whether a piece of evidence was mentioned as being there."""
    return any(
        not _ABSENT.search(story.folded[max(0, found.start - 6) : found.start])
        for found in story.each(proof.match)
    )
