"""Links from each cited article to others: those beside it in its law, those that read like it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from knowledge_base.statutes.prepared import Prepared

Numbers = NDArray[np.float32]
# Where the links of each cited article start, the places they lead to, what they pass on.
Links = tuple[NDArray[np.int64], NDArray[np.int32], Numbers]
# How far a vote reaches within its law: distances in articles over which it falls to a third.
REACHES = (1, 4, 12)
_ALIKE = 40
_ROWS = 100


def beside(prepared: Prepared, cited: NDArray[np.int64]) -> Links:
    """The articles around each cited one, with a share for each of ``REACHES``."""
    law_of, count = prepared.law_of, len(prepared.library)
    starts, ends, far = [], [], []
    for distance in range(1, 3 * max(REACHES) + 1):
        for step in (distance, -distance):
            to = cited + step
            kept = (to >= 0) & (to < count)
            kept[kept] = law_of[to[kept]] == law_of[cited[kept]]
            starts.append(np.flatnonzero(kept))
            ends.append(to[kept])
            far.append(np.full(int(kept.sum()), distance))
    away = np.concatenate(far)
    shares = [np.where(away <= 3 * reach, np.exp(-away / reach), 0) for reach in REACHES]
    return _links(np.concatenate(starts), np.concatenate(ends), np.vstack(shares), len(cited))


def alike(prepared: Prepared, cited: NDArray[np.int64]) -> Links:
    """The articles that share most character pairs with each cited one, with their cosine."""
    from scipy.sparse import csr_matrix, diags  # type: ignore[import-untyped]

    postings = prepared.by_pair
    matrix = csr_matrix(
        (postings.weights, postings.texts, postings.starts),
        shape=(len(postings.terms), postings.count),
    )
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=0)).ravel())
    matrix = (matrix @ diags(1 / np.maximum(lengths, 1e-9))).astype(np.float32).tocsc()
    rows = matrix.T.tocsr()[cited]
    starts, ends, shares = [], [], []
    for first in range(0, len(cited), _ROWS):
        likeness = (rows[first : first + _ROWS] @ matrix).toarray()
        size = min(_ALIKE, likeness.shape[1] - 1)
        for number, found in enumerate(likeness, first):
            found[cited[number]] = 0
            best = np.argpartition(-found, size)[:size]
            best = np.sort(best[found[best] > 0])
            starts.append(np.full(len(best), number))
            ends.append(best)
            shares.append(found[best])
    share = np.concatenate(shares)[None]
    return _links(np.concatenate(starts), np.concatenate(ends), share, len(cited))


def _links(
    starts: NDArray[np.int64], ends: NDArray[np.int64], shares: NDArray[np.floating], count: int
) -> Links:
    order = np.argsort(starts, kind="stable")
    first = np.searchsorted(starts[order], np.arange(count + 1))
    return first, ends[order].astype(np.int32), shares[:, order].astype(np.float32)
