"""Boosted trees: learned with scikit-learn, kept as plain arrays, read with numpy alone, so that a
model folder from elsewhere is data and never a program."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]
_LEAST = 50
# Each draws other features at every split; their mean depends less on the luck of the draw.
_MODELS = 3


class Trees:
    """A node is (feature, threshold, left, right, value); a leaf leads to itself."""

    def __init__(self, feature: NDArray[np.int64], threshold: Numbers, left: NDArray[np.int64],
                 right: NDArray[np.int64], value: Numbers, roots: NDArray[np.int64]) -> None:  # fmt: skip
        self.feature, self.threshold, self.value = feature, threshold, value
        self.left, self.right, self.roots = left, right, roots

    @classmethod
    def learn(cls, rows: Numbers, answers: NDArray[np.bool_]) -> Trees:
        from sklearn.ensemble import HistGradientBoostingClassifier

        parts: list[list[NDArray[np.float64]]] = [[], [], [], [], []]
        roots, base = [], 0
        for seed in range(_MODELS):
            model = HistGradientBoostingClassifier(
                max_iter=150, learning_rate=0.05, max_leaf_nodes=15, l2_regularization=5.0,
                max_features=0.6, min_samples_leaf=min(_LEAST, max(1, len(rows) // 20)),
                early_stopping=False, random_state=seed,
            )  # fmt: skip
            model.fit(rows, answers)
            for (tree,) in model._predictors:
                nodes = tree.nodes
                own = base + np.arange(len(nodes))
                leaf = nodes["is_leaf"].astype(bool)
                columns = (
                    np.where(leaf, 0, nodes["feature_idx"]),
                    np.where(leaf, 0.0, nodes["num_threshold"]),
                    np.where(leaf, own, base + nodes["left"]),
                    np.where(leaf, own, base + nodes["right"]),
                    nodes["value"] / _MODELS,
                )
                for part, column in zip(parts, columns, strict=True):
                    part.append(column)
                roots.append(base)
                base += len(nodes)
        feature, threshold, left, right, value = map(np.concatenate, parts)
        return cls(
            feature.astype(np.int64), threshold.astype(np.float32), left.astype(np.int64),
            right.astype(np.int64), value.astype(np.float32), np.asarray(roots, dtype=np.int64),
        )  # fmt: skip

    def scores(self, rows: Numbers) -> Numbers:
        """The sum of the trees, the mean of the models, for each row (log-odds, up to a constant)."""
        flat, width = np.ascontiguousarray(rows).ravel(), rows.shape[1]
        own = (np.arange(len(rows)) * width)[:, None]
        at = np.repeat(self.roots[None, :], len(rows), axis=0)
        while True:
            go_left = flat.take(own + self.feature.take(at)) <= self.threshold.take(at)
            following = np.where(go_left, self.left.take(at), self.right.take(at))
            if np.array_equal(following, at):
                return np.asarray(self.value.take(at).sum(axis=1), dtype=np.float32)
            at = following

    def as_arrays(self) -> dict[str, NDArray[np.generic]]:
        return dict(vars(self))
