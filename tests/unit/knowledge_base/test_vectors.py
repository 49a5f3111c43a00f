"""Cosines of a question with every row: exactly while there are few, by cells when there are many."""

from pathlib import Path

import faiss
import numpy as np
import pytest

from knowledge_base.embedder import Vectors
from knowledge_base.errors import IndexMismatch
from knowledge_base.vectors import VectorIndex


def rows(count: int, width: int = 16, *, scattered: bool = False) -> Vectors:
    """Unit vectors in 50 bunches, as questions of one matter are; or scattered evenly."""
    draw = np.random.default_rng(7)
    made = draw.standard_normal((count, width))
    if not scattered:
        made = draw.standard_normal((50, width))[draw.integers(50, size=count)] + 0.2 * made
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


def test_few_rows_are_compared_one_by_one() -> None:
    all_rows = rows(500)
    index = VectorIndex.build(all_rows)
    assert index.exact
    assert np.allclose(index.scores(all_rows[3]), all_rows @ all_rows[3], atol=1e-5)


def test_many_rows_are_looked_up_in_cells_and_the_nearest_are_found() -> None:
    all_rows = rows(6000)
    index = VectorIndex.build(all_rows, exact_up_to=1000)
    assert not index.exact
    share = []
    for question in all_rows[::500]:
        truth = all_rows @ question
        scores = index.scores(question)
        best = np.argsort(-truth)[:100]
        share.append(np.isclose(scores[best], truth[best], atol=1e-5).mean())
        assert scores.shape == (6000,)
        # A row that was not found never passes one that was.
        assert scores.min() == pytest.approx(np.partition(scores, 0)[0])
        assert np.argmax(scores) == np.argmax(truth)
    assert np.mean(share) >= 0.95


def test_a_promise_that_cells_cannot_keep_leaves_the_rows_compared_one_by_one() -> None:
    all_rows = rows(3000, 64, scattered=True)
    assert VectorIndex.build(all_rows, exact_up_to=1000, recall=0.999).exact


def test_cells_survive_the_disk(tmp_path: Path) -> None:
    all_rows = rows(6000)
    index = VectorIndex.build(all_rows, exact_up_to=1000)
    index.save(tmp_path / "v")
    again = VectorIndex.load(tmp_path / "v")
    assert (len(again), again.dimension, again.exact) == (6000, 16, False)
    assert np.array_equal(again.scores(all_rows[5]), index.scores(all_rows[5]))


def test_another_kind_of_index_is_refused(tmp_path: Path) -> None:
    other = faiss.IndexHNSWFlat(16, 8)
    other.add(rows(100))
    faiss.write_index(other, str(tmp_path / "v"))
    with pytest.raises(IndexMismatch, match="kind"):
        VectorIndex.load(tmp_path / "v")
