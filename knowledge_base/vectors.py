"""Dense search (FAISS). The only module that imports faiss."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge_base.embedder import Vectors
from knowledge_base.errors import IndexMismatch

# One thread: FAISS with several can hang in a process that was forked.
faiss.omp_set_num_threads(1)


class VectorIndex:
    """Cosine of a question with every row. Flat: exact, and fast enough up to 100,000 rows."""

    def __init__(self, index: faiss.IndexFlat) -> None:
        self._index = index

    @classmethod
    def build(cls, rows: Vectors) -> VectorIndex:
        index = faiss.IndexFlatIP(rows.shape[1])
        index.add(np.ascontiguousarray(rows, dtype=np.float32))
        return cls(index)

    def scores(self, vector: Vectors) -> NDArray[np.float32]:
        """The cosine of one vector with each row, in the order of the rows."""
        query = np.ascontiguousarray(vector, dtype=np.float32)
        scores = np.zeros(len(self), dtype=np.float32)
        # Every score is wanted, in order: a search would sort them all first, twenty times slower.
        faiss.fvec_inner_products_ny(  # type: ignore[attr-defined]
            faiss.swig_ptr(scores),
            faiss.swig_ptr(query),
            self._index.get_xb(),
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
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise IndexMismatch(f"the vectors in {path} cannot be read") from error
        if not isinstance(index, faiss.IndexFlat):
            raise IndexMismatch(f"the vectors in {path} are not a flat index")
        return cls(index)
