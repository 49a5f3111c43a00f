"""What the sum knows about a question and every article of the library, and the sum itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.statutes.lessons import Lesson
from knowledge_base.statutes.prepared import Prepared
from knowledge_base.statutes.votes import Votes
from knowledge_base.words import Analyzer, characters, pairs, words

Numbers = NDArray[np.float32]
# Rows of the matrix of features.
(WORDS, PAIRS, COVER, CHARACTERS, VOTE, NEAREST, READ, SHARED, SENSE, LAW, PRIOR, ALIKE, BESIDE,
 AROUND, NEARBY) = range(15)  # fmt: skip
COUNT = 15
# Round numbers, near those that a regression on either half of the answered questions at hand gives
# (docs/adr/0009). They serve with and without a bureau's own answers.
SUM = np.zeros(COUNT, dtype=np.float32)
SUM[[WORDS, PAIRS, COVER, CHARACTERS, VOTE, NEAREST, READ, SHARED]] = (
    0.5, 1, 1.6, 1.6, 1, 2.5, 0.4, 1
)  # fmt: skip
SUM[[SENSE, LAW, PRIOR, ALIKE, NEARBY]] = 1.2, 0.4, 0.1, 0.5, 1


@dataclass
class Prior:
    """How often each law is cited, each group of lessons counted once."""

    laws: Numbers

    @classmethod
    def learn(cls, lessons: Sequence[Lesson], prepared: Prepared) -> Prior:
        laws = np.zeros(len(prepared.library.versions), dtype=np.float32)
        sizes = Counter(lesson.group for lesson in lessons)
        for lesson in lessons:
            for place in lesson.places:
                laws[prepared.law_of[place]] += 1 / sizes[lesson.group]
        return cls(np.round(laws, 3))

    def without(self, lessons: Sequence[Lesson], prepared: Prepared) -> Prior:
        """The prior as it would be without a group."""
        return Prior(np.round(self.laws - Prior.learn(lessons, prepared).laws, 3))


class Features:
    """Computes the features of every article at once."""

    def __init__(self, prepared: Prepared, analyzer: Analyzer) -> None:
        self.prepared, self.analyzer = prepared, analyzer

    def matrix(
        self, question: str, votes: Votes, cited: NDArray[np.int64], prior: Prior
    ) -> Numbers:
        """Features by rows, articles by columns."""
        prepared, law_of = self.prepared, self.prepared.law_of
        asked = set(pairs(question))
        found = np.zeros((COUNT, len(prepared.library)), dtype=np.float32)
        found[WORDS] = _of_the_best(prepared.by_word.scores(self._meant(question)))
        found[PAIRS] = _of_the_best(prepared.by_pair.scores(asked))
        found[COVER] = prepared.by_pair.cover(asked)
        found[CHARACTERS] = _of_the_best(prepared.by_character.scores(set(characters(question))))
        found[VOTE, cited], found[NEAREST, cited] = votes.all.articles, votes.all.nearest
        found[READ, cited], found[SHARED, cited] = votes.read, votes.shared
        found[SENSE] = prepared.senses @ votes.sense
        found[LAW] = votes.all.laws[law_of]
        found[PRIOR] = np.log(np.maximum(prior.laws, 0) + 0.1)[law_of]
        found[ALIKE] = _of_the_best(votes.alike)
        found[BESIDE:] = votes.beside
        return found

    def _meant(self, question: str) -> dict[str, float]:
        """The words, and those of the legal senses of lay ones at half weight."""
        asked = dict.fromkeys(words(question), 1.0)
        senses = (word for sense in self.analyzer.senses(question) for word in words(sense))
        return dict.fromkeys(senses, 0.5) | asked


def _of_the_best(scores: Numbers) -> Numbers:
    return scores / max(float(scores.max()), 1e-6)
