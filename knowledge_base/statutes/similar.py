"""Similar questions vote: what a question points to, learned by kernel ridge regression over the
questions whose articles are known.

One matrix answers three things (which law, which article, which sense of ``axes.py``), and its
inverse also gives, without training anew, what each question would have been told had its own group
not been there. That is how the ranking is trained without seeing its own answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.statutes.lessons import Lesson
from knowledge_base.words import Analyzer

Numbers = NDArray[np.float32]
RIDGE = 0.5
OWN_WEIGHT = 1.0
GUIDANCE_WEIGHT = 0.5


@dataclass
class Votes:
    """What the known questions say about one question."""

    laws: Numbers
    """For each law of the library."""
    articles: Numbers
    """For each cited article: ridge regression."""
    nearest: Numbers
    """For each cited article: the likest question that cites it, 0 to 1."""
    sense: Numbers
    """The unit vector its articles should have."""


class Similar:
    def __init__(self, analyzer: Analyzer, arrays: dict[str, Any],
                 terms: dict[str, int]) -> None:  # fmt: skip
        self.analyzer, self.arrays, self.terms = analyzer, arrays, terms
        self.cited = arrays["cited"]
        """Places of the cited articles, ascending."""
        self._pairs = arrays["pairs"]
        self._count = int(arrays["count"][0])

    @classmethod
    def learn(
        cls, analyzer: Analyzer, lessons: Sequence[Lesson], law_of: Sequence[int], laws: int,
        axes: Numbers,
    ) -> tuple[Similar, Iterator[Votes]]:  # fmt: skip
        """The votes to serve with, and for each lesson its votes without its own group."""
        from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

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
        matrix = matrix.multiply(1 / np.maximum(lengths, 1e-9)[:, None]).tocsr().astype(np.float32)
        kernel = (matrix @ matrix.T).toarray()
        weights = np.asarray([OWN_WEIGHT if x.own else GUIDANCE_WEIGHT for x in lessons])
        inverse = np.linalg.inv(kernel + np.diag(RIDGE / weights).astype(np.float32))
        cited = np.asarray(sorted({p for lesson in lessons for p in lesson.places}))
        number = {place: n for n, place in enumerate(cited.tolist())}
        cited_laws = np.asarray(sorted({law_of[place] for place in cited.tolist()}))
        law_number = {law: n for n, law in enumerate(cited_laws.tolist())}
        by_law = np.zeros((len(lessons), len(cited_laws)), dtype=np.float32)
        by_article = np.zeros((len(lessons), len(cited)), dtype=np.float32)
        by_sense = np.zeros((len(lessons), axes.shape[1]), dtype=np.float32)
        pairs = []
        for row, lesson in enumerate(lessons):
            share = 1 / len(lesson.places)
            for place in lesson.places:
                by_law[row, law_number[law_of[place]]] += share
                by_article[row, number[place]] = share
                by_sense[row] += axes[place] * share
                pairs.append((row, number[place]))
        targets = np.hstack([by_law, by_article, by_sense])
        weighted = inverse @ targets
        transposed = matrix.T.tocsr()
        arrays = {
            "rarity": rarity, "starts": transposed.indptr, "rows": transposed.indices,
            "values": transposed.data, "weighted": weighted, "cited": cited,
            "pairs": np.asarray(sorted(pairs, key=lambda p: p[1])),
            "sizes": np.asarray([len(cited_laws), len(cited), laws]), "cited_laws": cited_laws,
            "count": np.asarray([len(lessons)]),
        }  # fmt: skip
        self = cls(analyzer, arrays, terms)

        def held_out() -> Iterator[Votes]:
            groups: dict[str, list[int]] = {}
            for row, lesson in enumerate(lessons):
                groups.setdefault(lesson.group, []).append(row)
            without = np.empty_like(targets)
            for members in groups.values():
                block = inverse[np.ix_(members, members)]
                without[members] = targets[members] - np.linalg.solve(block, weighted[members])
            for row, lesson in enumerate(lessons):
                likeness = kernel[row].copy()
                likeness[groups[lesson.group]] = 0
                yield self._votes(without[row], likeness)

        return self, held_out()

    def ask(self, question: str) -> Votes:
        likeness = self.likeness(question)
        return self._votes(likeness @ self.arrays["weighted"], likeness)

    def likeness(self, question: str) -> Numbers:
        """Cosine with each known question."""
        counts = Counter(self.analyzer.terms(question))
        a, total, length = self.arrays, np.zeros(self._count, dtype=np.float32), 1e-9
        # A term nobody used before is as rare as one that a single known question has.
        rarest = float(np.log((1 + self._count) / 2) + 1)
        for term, times in counts.items():
            number = self.terms.get(term)
            weight = (1 + np.log(times)) * (rarest if number is None else a["rarity"][number])
            length += float(weight * weight)
            if number is not None:
                part = slice(a["starts"][number], a["starts"][number + 1])
                total[a["rows"][part]] += a["values"][part] * np.float32(weight)
        return total / np.float32(np.sqrt(length))

    def _votes(self, found: Numbers, likeness: Numbers) -> Votes:
        cited_laws, articles, every_law = self.arrays["sizes"].tolist()
        # What is left of a group that was taken out is not quite zero; trees would see it.
        votes = np.round(found[: cited_laws + articles], 3)
        laws = np.zeros(every_law, dtype=np.float32)
        laws[self.arrays["cited_laws"]] = votes[:cited_laws]
        sense = found[cited_laws + articles :]
        norm = float(np.linalg.norm(sense))
        nearest = np.zeros(articles, dtype=np.float32)
        np.maximum.at(nearest, self._pairs[:, 1], likeness[self._pairs[:, 0]])
        return Votes(laws, votes[cited_laws:], nearest, sense / max(norm, 1e-9))
