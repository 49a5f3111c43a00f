"""Sorts a text under one of the labels it has learnt, with a probability that can be believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.classify.views import View, Weights, seen

MOST_ALTERNATIVES = 3


@dataclass(frozen=True)
class Sorted:
    label: str
    score: float
    """How likely the label is right, 0 to 1."""
    alternatives: tuple[tuple[str, float], ...]
    """The next likely labels, best first."""

    def as_json(self, name: str = "label") -> dict[str, Any]:
        return {
            name: self.label,
            "score": round(self.score, 4),
            "alternatives": [
                {name: label, "score": round(score, 4)} for label, score in self.alternatives
            ],
        }


@dataclass(frozen=True)
class Classifier:
    """A linear classifier: every view gives every label a margin, and their weighed sum a
    probability."""

    labels: tuple[str, ...]
    views: tuple[View, ...]
    weights: tuple[Weights, ...]
    """Of each view: terms by labels."""
    bias: Weights
    """Views by labels."""
    shares: Weights
    """What the margins of each view are multiplied by before they are added up."""

    def sort(self, text: str) -> Sorted:
        """The label of a text. Raises ``ValueError`` when there is no word in it."""
        margins = self.margins(text)
        if margins is None:
            raise ValueError("there is nothing to read in it")
        likely = probabilities(margins[None, :])[0]
        order = np.argsort(-likely, kind="stable")
        ranked = [(self.labels[i], float(likely[i])) for i in order[: MOST_ALTERNATIVES + 1]]
        return Sorted(*ranked[0], tuple(ranked[1:]))

    def margins(self, text: str) -> NDArray[np.float64] | None:
        """The margin of every label; None when the text has no words at all."""
        terms = seen(text)
        if not any(terms.values()):
            return None
        total = np.zeros(len(self.labels))
        for view, weights, bias, share in zip(
            self.views, self.weights, self.bias, self.shares, strict=True
        ):
            rows, values = view.weigh(terms[view.name])
            total += share * (values @ weights[rows] + bias)
        return total


def probabilities(margins: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows of margins as rows of probabilities (softmax)."""
    raised = np.exp(margins - margins.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
