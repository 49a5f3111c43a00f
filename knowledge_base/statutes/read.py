"""The reviewed answers read as texts: an answer written for citizens has their words and the law's,
so it is found by words that no question used before."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge_base.statutes.lessons import Lesson
from knowledge_base.statutes.postings import Postings
from knowledge_base.statutes.similar import answer_numbers
from knowledge_base.words import Analyzer

Numbers = NDArray[np.float32]


class Reading:
    """BM25 over the guidance, a text for each entry: all its questions and its answer."""

    def __init__(self, analyzer: Analyzer, postings: Postings, numbers: NDArray[np.int64],
                 answers: int) -> None:  # fmt: skip
        self.analyzer, self.postings = analyzer, postings
        self.numbers, self.answers = numbers, answers
        """The number of the answer that each text is of; how many answers there are in all."""

    @classmethod
    def learn(cls, analyzer: Analyzer, lessons: Sequence[Lesson]) -> Reading:
        numbers = answer_numbers(lessons)
        texts: dict[int, list[str]] = {}
        for number, lesson in zip(numbers, lessons, strict=True):
            # A bureau's own question is no text about the law: its votes say all it knows.
            if not lesson.own:
                texts.setdefault(number, [lesson.answer]).append(lesson.question)
        postings = Postings.build(analyzer.terms("\n".join(text)) for text in texts.values())
        return cls(analyzer, postings, np.asarray(list(texts), dtype=np.int64), max(numbers) + 1)

    def scores(self, question: str) -> Numbers:
        """For each answer, its score as a share of the best one's."""
        found = np.zeros(self.answers, dtype=np.float32)
        if len(self.numbers):
            scores = self.postings.scores(set(self.analyzer.terms(question)))
            found[self.numbers] = scores / max(float(scores.max()), 1e-6)
        return found
