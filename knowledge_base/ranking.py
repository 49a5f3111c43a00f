"""Weighs the scores of an entry into one number: how likely it answers the question.

A logistic regression over the scores and over how far each lies below or ahead of the others. It is
learnt at build time from held-out paraphrases (their own entry is right), from questions whose
entry was taken away and from questions out of scope (no entry is right): see ``calibration.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.retrieval import NAMES, Features

CANDIDATES = 20
"""How many entries of a question take part in learning; the rest are plainly wrong."""
CONTEXT = 4
"""How many numbers describe the question as a whole (``scope.py``)."""
WIDTH = 3 * len(NAMES) + CONTEXT


@dataclass
class Logistic:
    """A logistic regression as plain numbers, so that serving needs no scikit-learn."""

    weights: NDArray[np.float64]
    bias: float

    def probabilities(self, rows: NDArray[Any]) -> NDArray[np.float64]:
        return np.asarray(1 / (1 + np.exp(-(rows @ self.weights + self.bias))))

    def as_json(self) -> dict[str, Any]:
        return {"weights": [round(float(w), 6) for w in self.weights], "bias": round(self.bias, 6)}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Logistic:
        return cls(np.array(raw["weights"], dtype=np.float64), float(raw["bias"]))

    @classmethod
    def fit(cls, rows: NDArray[Any], right: NDArray[Any], strength: float = 0.3) -> Logistic:
        """Learns from rows and whether each is right; ``strength`` is scikit-learn's ``C``."""
        from sklearn.linear_model import LogisticRegression

        mean, spread = rows.mean(axis=0), rows.std(axis=0)
        spread = np.where(spread > 0, spread, 1)
        model = LogisticRegression(C=strength, max_iter=1000)
        model.fit((rows - mean) / spread, right)
        weights = model.coef_[0] / spread
        return cls(weights, float(model.intercept_[0] - mean @ weights))


def describe(features: Features, context: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the ranking sees of every target: its scores, how far each lies below the best, how far
    ahead it is of the best of the others (which only the best one is), and the ``context`` of the
    question, the same for all (``scope.py``)."""
    if not len(features):
        return np.zeros((0, WIDTH))
    best = features.max(axis=0)
    second = np.partition(features, -2, axis=0)[-2] if len(features) > 1 else np.zeros_like(best)
    ahead = np.where(features >= best, features - second, features - best)
    shared = np.broadcast_to(context, (len(features), len(context)))
    return np.hstack([features, features - best, ahead, shared]).astype(np.float64)


def candidates(features: Features) -> NDArray[np.int64]:
    """The targets worth learning from: the best by the whole entry, word and sense together."""
    whole = features[:, NAMES.index("words_whole")] + features[:, NAMES.index("sense_whole")]
    return np.argsort(-whole, kind="stable")[:CANDIDATES]
