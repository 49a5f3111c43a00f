"""What the ranking knows about a question and an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.statutes.lessons import Lesson
from knowledge_base.statutes.prepared import Prepared
from knowledge_base.statutes.similar import Votes
from knowledge_base.words import Analyzer, pairs, words

Numbers = NDArray[np.float32]
# Rows of the matrix of features.
WORDS, PAIRS, SENSED, CITED, NEAREST, SENSE, LAW, LAW_PRIOR, PRIOR, TITLE, NEARBY = range(11)
COUNT = 11
_FEEDBACK = 5
# The sum that picks candidates: round numbers, chosen on one half of the answered questions at hand
# and confirmed on the other (docs/adr/0009).
FIRST = np.zeros(COUNT, dtype=np.float32)
FIRST[[WORDS, PAIRS, CITED, NEAREST, SENSE, LAW, LAW_PRIOR, NEARBY]] = (
    0.6, 1, 2, 1, 0.5, 0.7, 0.03, 1
)  # fmt: skip


@dataclass
class Prior:
    """How often each law and each article is cited, each group of lessons counted once."""

    laws: Numbers
    articles: Numbers

    @classmethod
    def learn(cls, lessons: Sequence[Lesson], prepared: Prepared) -> Prior:
        laws = np.zeros(len(prepared.library.versions), dtype=np.float32)
        articles = np.zeros(len(prepared.library), dtype=np.float32)
        sizes = Counter(lesson.group for lesson in lessons)
        for lesson in lessons:
            for place in lesson.places:
                laws[prepared.law_of[place]] += 1 / sizes[lesson.group]
                articles[place] += 1 / sizes[lesson.group]
        return cls(np.round(laws, 3), np.round(articles, 3))

    def without(self, lessons: Sequence[Lesson], prepared: Prepared) -> Prior:
        """The prior as it would be without a group."""
        own = Prior.learn(lessons, prepared)
        return Prior(np.round(self.laws - own.laws, 3), np.round(self.articles - own.articles, 3))


class Features:
    """Computes the features of every article at once."""

    def __init__(self, prepared: Prepared, analyzer: Analyzer) -> None:
        self.prepared, self.analyzer = prepared, analyzer

    def lexical(self, question: str) -> tuple[Numbers, Numbers, Numbers]:
        """BM25 by words, by pairs, and by words with the legal senses of lay words."""
        asked = dict.fromkeys(words(question), 1.0)
        by_word = self.prepared.by_word.scores(asked)
        meant = {w for sense in self.analyzer.senses(question) for w in words(sense[1:])}
        more = meant - set(asked)
        sensed = by_word + self.prepared.by_word.scores(dict.fromkeys(more, 0.5))
        return by_word, self.prepared.by_pair.scores(set(pairs(question))), sensed

    def matrix(
        self, question: str, votes: Votes, cited: NDArray[np.int64], prior: Prior
    ) -> Numbers:
        """Features by rows, articles by columns."""
        prepared, law_of = self.prepared, self.prepared.law_of
        found = np.zeros((COUNT, len(prepared.library)), dtype=np.float32)
        for row, scores in zip((WORDS, PAIRS, SENSED), self.lexical(question), strict=True):
            found[row] = scores / max(float(scores.max()), 1e-6)
        found[CITED, cited], found[NEAREST, cited] = votes.articles, votes.nearest
        found[SENSE] = prepared.senses @ votes.sense
        found[LAW] = votes.laws[law_of]
        found[LAW_PRIOR] = np.log(np.maximum(prior.laws, 0) + 0.1)[law_of]
        found[PRIOR] = np.log(np.maximum(prior.articles, 0) + 0.1)
        titles = prepared.titles.scores(set(pairs(question))) / prepared.title_weights
        found[TITLE] = titles[law_of]
        shared = found[CITED]
        for distance in (1, 2):
            same = law_of[distance:] == law_of[:-distance]
            found[NEARBY, distance:] += np.where(same, shared[:-distance], 0) / distance
            found[NEARBY, :-distance] += np.where(same, shared[distance:], 0) / distance
        return found

    def of_candidates(self, own: Numbers, places: NDArray[np.int64], score: Numbers) -> Numbers:
        """Features by columns, for articles in the order of ``score``, best first; with their ranks
        among each other. The priors are left out: a count less by one gives the answer away."""
        ranks = [_inverse_rank(own[row]) for row in (WORDS, PAIRS, CITED, SENSE)]
        law_of = self.prepared.law_of[places].tolist()
        earlier: Counter[int] = Counter()
        before = np.zeros(len(places), dtype=np.float32)
        for number, law in enumerate(law_of):
            before[number] = earlier[law]
            earlier[law] += 1
        top = Counter(law_of[:20])
        crowd = np.asarray([top[law] for law in law_of], dtype=np.float32)
        senses = self.prepared.senses[places]
        columns = [
            np.delete(own, [LAW_PRIOR, PRIOR], axis=0),
            senses @ senses[:_FEEDBACK].mean(axis=0),
            *ranks,
            self.prepared.facts[:, places],
            score,
            score - score[0],
            1 / (1 + np.arange(len(places))),
            before,
            crowd,
        ]
        return np.asarray(np.vstack(columns).T, dtype=np.float32)


def _inverse_rank(scores: Numbers) -> Numbers:
    order = np.empty(len(scores), dtype=np.float32)
    order[np.argsort(-scores, kind="stable")] = np.arange(len(scores), dtype=np.float32)
    return np.asarray(1 / (1 + order), dtype=np.float32)
