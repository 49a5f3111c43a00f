"""Trains the built-in embedding from the guidance alone, in a second, without a download.

Each entry with all its questions and its answer is one document; the terms by documents matrix
(tf-idf) is reduced by a truncated SVD. A term's vector says in which entries it is at home, so that
two questions meet without a word in common when their words belong to the same entries. Held-out
paraphrases chose this over an SVD of single questions and over contrastive training
(docs/answers.md).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge_base.embedder import TermVectors
from knowledge_base.words import Analyzer

DIMENSION = 96


def train(documents: Sequence[str], analyzer: Analyzer, dimension: int = DIMENSION) -> TermVectors:
    """Term vectors from the documents, the same for the same documents."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    vocabulary: dict[str, int] = {}
    rows, columns = [], []
    for row, document in enumerate(documents):
        places = [vocabulary.setdefault(term, len(vocabulary)) for term in analyzer.terms(document)]
        columns.append(np.asarray(places, dtype=np.int32))
        rows.append(np.full(len(places), row, dtype=np.int32))
    shape = (len(documents), max(1, len(vocabulary)))
    where = np.concatenate([*rows, *columns] or [np.zeros(0, np.int32)]).reshape(2, -1)
    ones = np.ones(where.shape[1], dtype=np.float32)
    matrix = csr_matrix((ones, (where[0], where[1])), shape=shape)  # the same term adds up
    matrix.data = 1 + np.log(matrix.data)
    found = np.asarray((matrix > 0).sum(axis=0)).ravel()
    rarity = (np.log((1 + len(documents)) / (1 + found)) + 1).astype(np.float32)
    weighted = matrix.multiply(rarity).tocsr()
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    weighted = weighted.multiply(1 / np.where(lengths > 0, lengths, 1)[:, None]).tocsr()
    # Few documents, many terms: the small matrix of documents by documents has the same axes.
    strengths, sides = np.linalg.eigh((weighted @ weighted.T).toarray().astype(np.float64))
    size = max(1, min(dimension, len(documents) - 1))
    kept = [i for i in np.argsort(strengths)[::-1][:size] if strengths[i] > 1e-9] or [-1]
    axes = (weighted.T @ sides[:, kept]) / np.sqrt(np.maximum(strengths[kept], 1e-9))
    vectors = _same_sign(axes) * rarity[:, None]
    return TermVectors(vocabulary, np.ascontiguousarray(vectors, dtype=np.float32), analyzer)


def _same_sign(axes: NDArray[np.float64]) -> NDArray[np.float64]:
    """An axis and its mirror image are equally good; the one whose largest number is positive is
    taken, so that the same guidance gives the same vectors on every machine."""
    largest = np.abs(axes).argmax(axis=0)
    return np.asarray(axes * np.sign(axes[largest, np.arange(axes.shape[1])]))
