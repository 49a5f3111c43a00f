"""The learned ranking of a library: learned from lessons, kept in a folder, asked for articles.

Two steps. A fixed sum of scores picks the candidates; boosted trees put them in order. (Weights of
the sum that are learned from the candidates it picked turn it upside down.) The trees are trained on votes and priors from which each lesson's own group was taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.statutes.features import FIRST, Features, Prior
from knowledge_base.statutes.lessons import Lesson
from knowledge_base.statutes.prepared import Prepared, Progress, silent
from knowledge_base.statutes.similar import Similar, Votes
from knowledge_base.statutes.trees import Trees
from knowledge_base.words import Analyzer

Numbers = NDArray[np.float32]
CANDIDATES = 250
_HARD, _EASY = 30, 40
_STEP = 500


@dataclass
class _Case:
    """A lesson with some of its candidates, each with the weight it learns with."""

    rows: Numbers
    relevant: NDArray[np.bool_]
    weights: Numbers


class Ranker:
    def __init__(self, prepared: Prepared, analyzer: Analyzer, similar: Similar, prior: Prior,
                 trees: Trees | None) -> None:  # fmt: skip
        self.features = Features(prepared, analyzer)
        self.similar, self.prior, self.trees = similar, prior, trees

    @classmethod
    def learn(
        cls, prepared: Prepared, analyzer: Analyzer, lessons: Sequence[Lesson],
        progress: Progress = silent,
    ) -> Ranker:  # fmt: skip
        """Learns from all lessons. Raises ``ValueError`` when there are none."""
        if not lessons:
            raise ValueError("there is nothing to learn from")
        progress("votes", 0, 1)
        similar, held_out = Similar.learn(
            analyzer, lessons, prepared.law_of.tolist(), len(prepared.library.versions),
            prepared.senses,
        )  # fmt: skip
        progress("votes", 1, 1)
        prior = Prior.learn(lessons, prepared)
        if not any(lesson.own for lesson in lessons):
            # Trees that learn from the guidance order worse than the sum does (docs/adr/0009).
            return cls(prepared, analyzer, similar, prior, None)
        features = Features(prepared, analyzer)
        cases = list(_cases(features, similar, held_out, prior, lessons, progress))
        progress("ranking", 0, 1)
        trees = _trees(cases)
        progress("ranking", 1, 1)
        return cls(prepared, analyzer, similar, prior, trees)

    def search(self, question: str, top: int) -> list[int]:
        """Places of the best articles, best first."""
        found = self.features.matrix(
            question, self.similar.ask(question), self.similar.cited, self.prior
        )
        score = FIRST @ found
        places = best(score, max(CANDIDATES, top))
        if self.trees is None:
            return [int(place) for place in places[:top]]
        head, tail = places[:CANDIDATES], places[CANDIDATES:]
        rows = self.features.of_candidates(found[:, head], head, score[head])
        order = np.argsort(-self.trees.scores(rows), kind="stable")
        return [*head[order].tolist(), *tail.tolist()][:top]


def best(score: Numbers, count: int) -> NDArray[np.int64]:
    """Places of the highest scores, best first; of equal ones the earlier place first."""
    if count >= len(score):
        return np.argsort(-score, kind="stable")
    places = np.sort(np.argpartition(-score, count)[:count])
    return np.asarray(places[np.argsort(-score[places], kind="stable")])


def _cases(
    features: Features, similar: Similar, held_out: Iterable[Votes], prior: Prior,
    lessons: Sequence[Lesson], progress: Progress,
) -> Iterator[_Case]:  # fmt: skip
    groups: dict[str, list[Lesson]] = {}
    for lesson in lessons:
        groups.setdefault(lesson.group, []).append(lesson)
    chance = np.random.default_rng(0)
    for number, (lesson, votes) in enumerate(zip(lessons, held_out, strict=True)):
        if number % _STEP == 0:
            progress("lessons", number, len(lessons))
        if not lesson.own:
            # An entry cites every article of its answer, few of which answer one paraphrase.
            continue
        group = groups[lesson.group]
        own = prior.without(group, features.prepared)
        found = features.matrix(lesson.question, votes, similar.cited, own)
        score = FIRST @ found
        places = best(score, CANDIDATES)
        rows = features.of_candidates(found[:, places], places, score[places])
        relevant = np.isin(places, np.asarray(lesson.places))
        # All of the first candidates, some of the rest; those stand for the others as well.
        weights = np.zeros(len(places), dtype=np.float32)
        weights[:_HARD] = 1
        easy = np.flatnonzero(~relevant[_HARD:]) + _HARD
        drawn = chance.choice(easy, min(_EASY, len(easy)), replace=False)
        weights[drawn] = len(easy) / max(1, len(drawn))
        weights[relevant] = 1
        kept = weights > 0
        yield _Case(rows[kept], relevant[kept], weights[kept])
    progress("lessons", len(lessons), len(lessons))


def _trees(cases: Sequence[_Case]) -> Trees | None:
    """The order of the candidates, or None where the lessons hold nothing to tell them apart by."""
    answers = np.concatenate([case.relevant for case in cases])
    if answers.all() or not answers.any():
        return None
    weights = np.concatenate([case.weights for case in cases])
    return Trees.learn(np.vstack([case.rows for case in cases]), answers, weights)
