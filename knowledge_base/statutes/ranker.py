"""The learned ranking of a library: learned from lessons, kept in a folder, asked for articles.

Two steps. A fixed sum of scores picks the candidates; boosted trees put them in order. (Weights of
the sum that are learned from the candidates it picked turn it upside down.) The trees are trained on
votes and priors from which each lesson's own group was taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.statutes.candidates import features_of
from knowledge_base.statutes.features import SUM, Features, Prior
from knowledge_base.statutes.lessons import Lesson
from knowledge_base.statutes.prepared import Prepared, Progress, silent
from knowledge_base.statutes.read import Reading
from knowledge_base.statutes.similar import Heard, Similar
from knowledge_base.statutes.trees import Trees
from knowledge_base.statutes.votes import Register, Votes
from knowledge_base.words import Analyzer

Numbers = NDArray[np.float32]
CANDIDATES = 300
_STEP = 500


@dataclass
class _Seen:
    """A question held against every article: votes, features and sum."""

    votes: Votes
    found: Numbers
    score: Numbers


class Ranker:
    def __init__(
        self, prepared: Prepared, analyzer: Analyzer, similar: Similar, reading: Reading,
        register: Register, prior: Prior, trees: Trees | None,
    ) -> None:  # fmt: skip
        self.features = Features(prepared, analyzer)
        self.similar, self.reading, self.register = similar, reading, register
        self.prior, self.trees = prior, trees

    @classmethod
    def learn(
        cls, prepared: Prepared, analyzer: Analyzer, lessons: Sequence[Lesson],
        progress: Progress = silent,
    ) -> Ranker:  # fmt: skip
        """Learns from all lessons. Raises ``ValueError`` when there are none."""
        if not lessons:
            raise ValueError("there is nothing to learn from")
        progress("votes", 0, 2)
        similar, held_out = Similar.learn(analyzer, lessons)
        progress("votes", 1, 2)
        register = Register.learn(prepared, lessons)
        progress("votes", 2, 2)
        reading = Reading.learn(analyzer, lessons)
        prior = Prior.learn(lessons, prepared)
        self = cls(prepared, analyzer, similar, reading, register, prior, None)
        # Trees that learn from the guidance order worse than the sum does (docs/adr/0009): an entry
        # cites every article of its answer, few of which answer one paraphrase.
        if any(lesson.own for lesson in lessons):
            cases = list(self._cases(held_out, lessons, progress))
            progress("ranking", 0, 1)
            self.trees = _trees(cases)
            progress("ranking", 1, 1)
        return self

    def search(self, question: str, top: int) -> list[int]:
        """Places of the best articles, best first."""
        seen = self._look(question, self.similar.ask(question), self.prior)
        places = best(seen.score, max(CANDIDATES, top))
        if self.trees is None:
            return [int(place) for place in places[:top]]
        head, tail = places[:CANDIDATES], places[CANDIDATES:]
        order = np.argsort(-self.trees.scores(self._rows(question, seen, head)), kind="stable")
        return [*head[order].tolist(), *tail.tolist()][:top]

    def _look(self, question: str, heard: Heard, prior: Prior) -> _Seen:
        votes = self.register.votes(heard, self.reading.scores(question))
        found = self.features.matrix(question, votes, self.register.cited, prior)
        return _Seen(votes, found, SUM @ found)

    def _rows(self, question: str, seen: _Seen, places: NDArray[np.int64]) -> Numbers:
        """What the trees are told about candidates."""
        return features_of(
            self.features.prepared, self.register.cited, question, seen.votes, places,
            seen.found[:, places], seen.score[places],
        )  # fmt: skip

    def _cases(
        self, held_out: Iterable[Heard], lessons: Sequence[Lesson], progress: Progress
    ) -> Iterator[tuple[Numbers, NDArray[np.bool_]]]:
        """The candidates of each own lesson, and which of them are relevant."""
        groups: dict[str, list[Lesson]] = {}
        own = [lesson for lesson in lessons if lesson.own]
        for lesson in own:
            groups.setdefault(lesson.group, []).append(lesson)
        prepared = self.features.prepared
        for number, (lesson, heard) in enumerate(zip(own, held_out, strict=True)):
            if number % _STEP == 0:
                progress("lessons", number, len(own))
            prior = self.prior.without(groups[lesson.group], prepared)
            seen = self._look(lesson.question, heard, prior)
            places = best(seen.score, CANDIDATES)
            rows = self._rows(lesson.question, seen, places)
            yield rows, np.isin(places, np.asarray(lesson.places))
        progress("lessons", len(own), len(own))


def best(score: Numbers, count: int) -> NDArray[np.int64]:
    """Places of the highest scores, best first; of equal ones the earlier place first."""
    if count >= len(score):
        return np.argsort(-score, kind="stable")
    places = np.sort(np.argpartition(-score, count)[:count])
    return np.asarray(places[np.argsort(-score[places], kind="stable")])


def _trees(cases: Sequence[tuple[Numbers, NDArray[np.bool_]]]) -> Trees | None:
    """The order of the candidates, or None where the lessons hold nothing to tell them apart by."""
    answers = np.concatenate([relevant for _, relevant in cases])
    if answers.all() or not answers.any():
        return None
    return Trees.learn(np.vstack([rows for rows, _ in cases]), answers)
