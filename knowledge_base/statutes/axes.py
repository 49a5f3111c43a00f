"""The senses of the articles: a truncated SVD of their words, so that articles on one matter lie near
each other. What a question's vector should be is learned (``similar.py``)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from knowledge_base.statutes.postings import Postings

DIMENSION = 160
_LEAST_TEXTS = 3


def vectors_of(postings: Postings, dimension: int = DIMENSION) -> NDArray[np.float32]:
    """A unit vector for each text, the same for the same texts."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    found = np.diff(postings.starts)
    kept = found >= (_LEAST_TEXTS if postings.count > 1000 else 1)
    matrix = csr_matrix(
        (postings.weights, postings.texts, postings.starts),
        shape=(len(postings.terms), postings.count),
    )[kept].T.tocsr()
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    matrix = matrix.multiply(1 / np.maximum(lengths, 1e-9)[:, None]).tocsr().astype(np.float32)
    size = min(dimension + 10, *matrix.shape)
    chance = np.random.default_rng(0)
    sketch = chance.standard_normal((matrix.shape[1], size)).astype(np.float32)
    for _ in range(3):
        sketch, _ = np.linalg.qr(matrix.T @ (matrix @ sketch))
    projected = matrix @ sketch
    _, sides = np.linalg.eigh((projected.T @ projected).astype(np.float64))
    vectors = projected @ sides[:, ::-1][:, : min(dimension, size)].astype(np.float32)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)
