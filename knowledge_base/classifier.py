"""Classifies a question by the questions that are written: into entries, and into topics.

A kernel ridge classifier (regularised least squares) over tf-idf vectors of terms, on a few
landmark questions of every entry (the Nyström method, Williams and Seeger 2001), so that its cost
grows with the landmarks and not with the square of the questions. Where BM25 asks how much of a
question is found in an entry, this asks which words set the entry apart from its neighbours.

``Training`` holds what does not change when questions are held out, so that each fold of a trial
costs two small matrix products instead of a training of its own.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.corpus import Target
from knowledge_base.errors import IndexMismatch
from knowledge_base.words import Analyzer

LANDMARKS = 3
"""How many questions of an entry serve as landmarks, spread evenly over those it has."""
STRENGTH = 0.3
"""Ridge: chosen on real questions with their right entries marked by hand (docs/answers.md)."""
_JITTER = 1e-3
_NEIGHBOURS = 400
"""How many of the nearest landmarks speak for a question; the others only cost time."""
_PART = 2_000
_WORDS, _TABLES = "classifier.json", "classifier.npz"

Scores = NDArray[np.float32]
Sparse = Any  # scipy.sparse has no types


@dataclass
class Terms:
    """Terms to columns of a sparse matrix, weighed by how rare they are among questions."""

    columns: dict[str, int]
    rarity: NDArray[np.float32]

    @classmethod
    def fit(cls, texts: Sequence[Collection[str]]) -> Terms:
        found = Counter(term for terms in texts for term in set(terms))
        columns = {term: column for column, term in enumerate(found)}
        counts = np.fromiter(found.values(), dtype=np.float64, count=len(found))
        rarity = np.log((1 + len(texts)) / (1 + counts)) + 1
        return cls(columns, rarity.astype(np.float32))

    def weigh(self, terms: Iterable[str]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The columns of a text and their weights, of length 1 together; nothing where no term is
        known."""
        counted = Counter(self.columns[term] for term in terms if term in self.columns)
        where = np.fromiter(counted, dtype=np.int32, count=len(counted))
        often = np.fromiter(counted.values(), dtype=np.float32, count=len(counted))
        weights = (1 + np.log(often)) * self.rarity[where]
        length = float(np.linalg.norm(weights))
        return where, (weights / length if length else weights).astype(np.float32)

    def rows(self, texts: Iterable[Collection[str]]) -> Sparse:
        """One row of length 1 a text; a text without a known term is empty."""
        from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

        data: list[NDArray[np.float32]] = []
        indices: list[NDArray[np.int32]] = []
        ends = [0]
        for terms in texts:
            where, weights = self.weigh(terms)
            data.append(weights)
            indices.append(where)
            ends.append(ends[-1] + len(where))
        values = np.concatenate(data) if data else np.zeros(0, np.float32)
        columns = np.concatenate(indices) if indices else np.zeros(0, np.int32)
        return csr_matrix((values, columns, ends), shape=(len(ends) - 1, len(self.columns)))


@dataclass
class Classifier:
    terms: Terms
    holders: Sparse
    """Terms by landmarks: how much of each term every landmark holds."""
    weights: NDArray[np.float32]
    """Landmarks by entries, then by topics."""
    topics: NDArray[np.int64]
    """The topic of each entry, as a column of the second part of ``weights``."""

    def scores(self, terms: Collection[str]) -> tuple[Scores, Scores]:
        """For every entry: how much the question is one of its own, and of its topic; about 0 to 1."""
        near = np.zeros(len(self.weights), dtype=np.float32)
        starts, holders, shares = self.holders.indptr, self.holders.indices, self.holders.data
        for column, weight in zip(*self.terms.weigh(terms), strict=True):
            held = slice(starts[column], starts[column + 1])
            near[holders[held]] += weight * shares[held]
        if len(near) > _NEIGHBOURS:
            nearest = np.argpartition(near, -_NEIGHBOURS)[-_NEIGHBOURS:]
            every = near[nearest] @ self.weights[nearest]
        else:
            every = near @ self.weights
        entries = len(self.topics)
        return every[:entries], every[entries:][self.topics]

    def save(self, folder: Path) -> None:
        (folder / _WORDS).write_text(
            json.dumps(list(self.terms.columns), ensure_ascii=False), encoding="utf-8"
        )
        np.savez(
            folder / _TABLES,
            rarity=self.terms.rarity,
            data=self.holders.data,
            indices=self.holders.indices,
            indptr=self.holders.indptr,
            weights=self.weights,
            topics=self.topics,
        )

    @classmethod
    def load(cls, folder: Path) -> Classifier:
        """Reads what ``save`` wrote. Raises ``IndexMismatch``."""
        from scipy.sparse import csr_matrix

        try:
            words = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
            with np.load(folder / _TABLES, allow_pickle=False) as table:
                parts = table["data"], table["indices"], table["indptr"]
                shape = (len(words), len(table["weights"]))
                return cls(
                    Terms({word: n for n, word in enumerate(words)}, table["rarity"]),
                    csr_matrix(parts, shape=shape),
                    table["weights"],
                    table["topics"],
                )
        except (OSError, ValueError, KeyError) as error:
            raise IndexMismatch(f"the classifier in {folder} cannot be read: {error}") from error


class Training:
    """The questions of all targets as vectors, ready to train with or without some of them."""

    def __init__(self, targets: Sequence[Target], analyzer: Analyzer) -> None:
        from scipy.sparse import csr_matrix

        questions = [question for target in targets for question in target.questions]
        texts = [analyzer.terms(question) for question in questions]
        self._owner = np.repeat(np.arange(len(targets)), [len(t.questions) for t in targets])
        self._rows = {
            (self_id, question): row
            for row, (self_id, question) in enumerate(
                (target.id, question) for target in targets for question in target.questions
            )
        }
        names = sorted({target.topic for target in targets})
        self._topics = np.array([names.index(target.topic) for target in targets], dtype=np.int64)
        self._places = {target.id: place for place, target in enumerate(targets)}
        self._terms = Terms.fit(texts)
        self._vectors = vectors = self._terms.rows(texts)
        chosen = np.concatenate([_spread(self._owner, place) for place in range(len(targets))])
        self._holders = vectors[chosen].T.tocsr()
        self._among = self._near(chosen).astype(np.float64)
        every = np.arange(len(questions))
        # Each question belongs to two: its entry and its topic.
        labels = np.stack([self._owner, len(targets) + self._topics[self._owner]], axis=1).ravel()
        self._labels = csr_matrix(
            (np.ones(len(labels), np.float32), labels, 2 * np.arange(len(questions) + 1)),
            shape=(len(questions), len(targets) + len(names)),
        )
        self._gram, self._pull = self._sums(every)

    def fit(self, targets: Sequence[Target]) -> Classifier:
        """The classifier of these targets: all of them, or what is left when some, or some of their
        questions, are held out."""
        kept = np.zeros(len(self._owner), dtype=bool)
        kept[
            [self._rows[target.id, question] for target in targets for question in target.questions]
        ] = True
        places = [self._places[target.id] for target in targets]
        gone = np.flatnonzero(~kept)
        gram, pull = self._sums(gone)
        gram = (self._gram - gram).astype(np.float64)
        pull = (self._pull - pull).astype(np.float64)
        gram += STRENGTH * self._among
        gram[np.diag_indices_from(gram)] += _JITTER
        weights = np.linalg.solve(gram, pull).astype(np.float32)
        entries, topics = len(self._places), weights.shape[1]
        columns = [*places, *range(entries, topics)]
        chosen = np.ascontiguousarray(weights[:, columns])
        return Classifier(self._terms, self._holders, chosen, self._topics[places])

    def _near(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """How near these questions are to every landmark."""
        return np.asarray((self._vectors[rows] @ self._holders).toarray())

    def _sums(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Landmarks by landmarks, and landmarks by labels, summed over these questions: a part at a
        time, for all at once would be the largest thing in memory."""
        landmarks = self._holders.shape[1]
        gram = np.zeros((landmarks, landmarks), np.float32)
        pull = np.zeros((landmarks, self._labels.shape[1]), np.float32)
        for start in range(0, len(rows), _PART):
            part = rows[start : start + _PART]
            near = self._near(part)
            gram += near.T @ near
            pull += (self._labels[part].T @ near).T
        return gram, pull


def _spread(owner: NDArray[np.int64], place: int) -> NDArray[np.int64]:
    """Up to ``LANDMARKS`` rows of a target, evenly over all it has."""
    own = np.flatnonzero(owner == place)
    places = np.unique(np.linspace(0, len(own) - 1, LANDMARKS).astype(int))
    return np.asarray(own[places], dtype=np.int64)
