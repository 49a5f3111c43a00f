"""Similar questions vote: what a question points to, learned by kernel ridge regression over the
questions whose articles are known.

What is learned is which *answer* a question asks for: an answer is a guidance entry or one answered
question of a bureau. Laws, articles and senses follow from the answer. The same coefficients also
tell, without training anew, what each of the bureau's questions would have been told had it not been
there; that is how the ranking is trained without seeing its own answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.statutes import kernel
from knowledge_base.statutes.lessons import Lesson
from knowledge_base.words import Analyzer

Numbers = NDArray[np.float32]
RIDGE = 0.7
OWN_WEIGHT = 1.0
GUIDANCE_WEIGHT = 0.5
_TERMS = 5000


@dataclass
class Heard:
    """How strongly a question points to each known answer."""

    scores: Numbers
    """By ridge regression."""
    likeness: Numbers
    """Of the likest of its questions, 0 to 1."""


class Similar:
    def __init__(self, analyzer: Analyzer, arrays: dict[str, Any],
                 terms: dict[str, int]) -> None:  # fmt: skip
        self.analyzer, self.arrays, self.terms = analyzer, arrays, terms
        self._count = len(arrays["answer_of"])
        # Lessons stand in the order of their answers.
        self._first = np.searchsorted(arrays["answer_of"], np.arange(len(arrays["own"])))

    @classmethod
    def learn(
        cls, analyzer: Analyzer, lessons: Sequence[Lesson]
    ) -> tuple[Similar, Iterator[Heard]]:
        """What to serve with, and for each of the own lessons what is heard without its group."""
        from scipy.sparse import csr_matrix, diags  # type: ignore[import-untyped]

        numbers = answer_numbers(lessons)
        lessons = [lesson for _, lesson in sorted(zip(numbers, lessons, strict=True), key=_number)]
        answer_of = np.asarray(sorted(numbers))
        own = np.zeros(answer_of[-1] + 1, dtype=bool)
        own[answer_of] = [lesson.own for lesson in lessons]
        counts = [Counter(analyzer.terms(lesson.question)) for lesson in lessons]
        terms = {t: n for n, t in enumerate(dict.fromkeys(t for c in counts for t in c))}
        found = np.zeros(len(terms), dtype=np.float32)
        for count in counts:
            found[[terms[t] for t in count]] += 1
        rarity = (np.log((1 + len(lessons)) / (1 + found)) + 1).astype(np.float32)
        rows = np.repeat(np.arange(len(counts)), [len(c) for c in counts])
        columns = np.asarray([terms[t] for c in counts for t in c], dtype=np.int32)
        values = np.asarray([1 + np.log(n) for c in counts for n in c.values()], dtype=np.float32)
        matrix = csr_matrix((values * rarity[columns], (rows, columns)), (len(counts), len(terms)))
        lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        matrix = (diags(1 / np.maximum(lengths, 1e-9)) @ matrix).tocsr().astype(np.float32)
        targets = np.zeros((len(lessons), len(own)), dtype=np.float32)
        targets[np.arange(len(lessons)), answer_of] = 1
        weights = np.where(own[answer_of], OWN_WEIGHT, GUIDANCE_WEIGHT)
        counted = kernel.coefficients(matrix, (RIDGE / weights).astype(np.float32), targets)
        transposed = matrix.T.tocsr()
        # By term: a question has a hundred terms, and looks at a hundred rows.
        by_term = np.empty((len(terms), len(own)), dtype=np.float16)
        for start in range(0, len(terms), _TERMS):
            part = slice(start, start + _TERMS)
            by_term[part] = transposed[part] @ counted
        arrays = {
            "rarity": rarity, "starts": transposed.indptr, "rows": transposed.indices,
            "values": transposed.data, "by_term": by_term, "answer_of": answer_of, "own": own,
        }  # fmt: skip
        self = cls(analyzer, arrays, terms)

        def held_out() -> Iterator[Heard]:
            groups: dict[str, list[int]] = {}
            for row, lesson in enumerate(lessons):
                groups.setdefault(lesson.group, []).append(row)
            for row in np.flatnonzero(own[answer_of]).tolist():
                group = groups[lessons[row].group]
                members = answer_of[group]
                # Each of a bureau's questions is its own answer, so this is a block of the inverse.
                block = counted[group][:, members]
                scores = -np.linalg.solve(block, counted[group])[group.index(row)]
                likeness = np.asarray((matrix[row] @ transposed).todense()).ravel()
                best = self._by_answer(likeness)
                scores[members], best[members] = 0, 0
                yield Heard(scores, best)

        return self, held_out()

    def ask(self, question: str) -> Heard:
        counts = Counter(self.analyzer.terms(question))
        a, length = self.arrays, 1e-9
        # A term nobody used before is as rare as one that a single known question has.
        rarest = float(np.log((1 + self._count) / 2) + 1)
        known, weights = [], []
        for term, times in counts.items():
            number = self.terms.get(term)
            weight = (1 + np.log(times)) * (rarest if number is None else a["rarity"][number])
            length += float(weight * weight)
            if number is not None:
                known.append(number)
                weights.append(weight)
        weight_of = np.asarray(weights, dtype=np.float32) / np.float32(np.sqrt(length))
        likeness = np.zeros(self._count, dtype=np.float32)
        for number, weight in zip(known, weight_of, strict=True):
            part = slice(a["starts"][number], a["starts"][number + 1])
            likeness[a["rows"][part]] += a["values"][part] * weight
        scores = weight_of @ a["by_term"][known].astype(np.float32)
        return Heard(np.asarray(scores, dtype=np.float32), self._by_answer(likeness))

    def _by_answer(self, likeness: Numbers) -> Numbers:
        return np.maximum.reduceat(likeness, self._first)


def answer_numbers(lessons: Sequence[Lesson]) -> list[int]:
    """The number of the answer of each lesson: all questions of an entry share one, and each of the
    bureau's own questions has its own."""
    numbers: dict[tuple[str, int], int] = {}
    return [
        numbers.setdefault((lesson.group, row if lesson.own else -1), len(numbers))
        for row, lesson in enumerate(lessons)
    ]


def _number(pair: tuple[int, Lesson]) -> int:
    return pair[0]
