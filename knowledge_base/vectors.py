"""Dense search (FAISS). The only module that imports faiss.

Up to ``EXACT_ROWS`` every row is compared, which is exact. Above that the rows are put into cells
(inverted file) and only the nearest cells are looked into, as few as keep the promised recall,
which is measured at build time; if none does, every row is compared after all. A graph of
neighbours (HNSW) was no better here and took forty times as long to build (docs/answers.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge_base.embedder import Vectors
from knowledge_base.errors import IndexMismatch

# One thread: FAISS with several can hang in a process that was forked.
faiss.omp_set_num_threads(1)

EXACT_ROWS = 100_000
"""Rows that are compared one by one in about five milliseconds."""
RECALL = 0.98
"""The least share of the rows truly nearest that an approximate index must find."""
_NEAREST = 100
"""How many of the nearest rows recall is measured on."""
_FOUND = 2_000
"""How many rows an approximate index gives a score of their own."""
_SAMPLE = 200
_SHARES = (32, 16, 8, 4)
"""One cell in so many is looked into, until recall is enough."""


class VectorIndex:
    """Cosine of a question with every row."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(
        cls, rows: Vectors, *, exact_up_to: int = EXACT_ROWS, recall: float = RECALL
    ) -> VectorIndex:
        """An index over ``rows`` (unit length). Above ``exact_up_to`` rows an approximate one, where
        one finds at least ``recall`` of the nearest rows."""
        rows = np.ascontiguousarray(rows, dtype=np.float32)
        exact = faiss.IndexFlatIP(rows.shape[1])
        exact.add(rows)
        if len(rows) <= exact_up_to:
            return cls(exact)
        questions = _questions(rows)
        truth = exact.search(questions, min(_NEAREST, len(rows)))[1]
        for approximate in _cells(rows):
            if _recall(approximate, questions, truth) >= recall:
                return cls(approximate)
        return cls(exact)

    @property
    def exact(self) -> bool:
        """Whether every row is compared."""
        return isinstance(self._index, faiss.IndexFlat)

    def scores(self, vector: Vectors) -> NDArray[np.float32]:
        """The cosine of one vector with each row, in the order of the rows. Of an approximate index
        the rows it did not find have the least cosine that it found: theirs is about that or less."""
        query = np.ascontiguousarray(vector, dtype=np.float32)
        if not self.exact:
            cosines, found = self._index.search(query.reshape(1, -1), min(_FOUND, len(self)))
            known = found[0] >= 0
            scores = np.full(len(self), cosines[0][known].min(initial=1.0), dtype=np.float32)
            scores[found[0][known]] = cosines[0][known]
            return scores
        scores = np.zeros(len(self), dtype=np.float32)
        # Every score is wanted, in order: a search would sort them all first, twenty times slower.
        faiss.fvec_inner_products_ny(  # type: ignore[attr-defined]
            faiss.swig_ptr(scores),
            faiss.swig_ptr(query),
            self._index.get_xb(),  # type: ignore[attr-defined]
            self.dimension,
            len(self),
        )
        return scores

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def save(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Raises ``IndexMismatch`` for a file that is no index of ours."""
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise IndexMismatch(f"the vectors in {path} cannot be read") from error
        if not isinstance(index, faiss.IndexFlat | faiss.IndexIVF):
            raise IndexMismatch(f"the vectors in {path} are of a kind this version does not know")
        return cls(index)


def _questions(rows: Vectors) -> Vectors:
    """Points between two rows: like a question, near what is written and never quite on it."""
    draw = np.random.default_rng(0)
    one, other = rows[draw.integers(len(rows), size=(2, _SAMPLE))]
    between = 0.7 * one + 0.3 * other
    lengths = np.linalg.norm(between, axis=1, keepdims=True)
    return np.ascontiguousarray(between / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def _cells(rows: Vectors) -> Iterator[faiss.Index]:
    """Cells around centres, ever more of them looked into."""
    cells = round(math.sqrt(len(rows)))
    index = faiss.index_factory(rows.shape[1], f"IVF{cells},Flat", faiss.METRIC_INNER_PRODUCT)
    index.train(rows)
    index.add(rows)
    for share in _SHARES:
        index.nprobe = max(1, cells // share)  # type: ignore[attr-defined]
        yield index


def _recall(index: faiss.Index, questions: Vectors, truth: NDArray[np.int64]) -> float:
    found = index.search(questions, truth.shape[1])[1]
    hits = [len(np.intersect1d(a, b)) for a, b in zip(found, truth, strict=True)]
    return float(np.sum(hits) / truth.size)
