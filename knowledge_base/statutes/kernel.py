"""Kernel ridge regression over questions: the arithmetic, without a word of what is learned."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]
_ROWS = 1000


def coefficients(questions: Any, ridge: Numbers, targets: Numbers) -> Numbers:
    """What each question (a row of a sparse matrix of unit rows) counts for each target.

    By Cholesky in place: the matrix of all cosines is held once and is never inverted.
    """
    from scipy.linalg import lapack  # type: ignore[import-untyped]

    count = questions.shape[0]
    # Fortran order, so that LAPACK works in it without a copy; it reads the lower half alone.
    kernel = np.zeros((count, count), dtype=np.float32, order="F")
    for start in range(0, count, _ROWS):
        part = slice(start, start + _ROWS)
        kernel[start:, part] = (questions[start:] @ questions[part].T).toarray()
    kernel[np.diag_indices(count)] += ridge
    factor, failed = lapack.spotrf(kernel, lower=1, overwrite_a=1, clean=0)
    if failed:
        raise ValueError("the questions are too much alike to be told apart")
    found, _ = lapack.spotrs(factor, np.asfortranarray(targets), lower=1, overwrite_b=1)
    return np.ascontiguousarray(found, dtype=np.float32)
