"""Tells a question out of scope (a joke, the weather, code) from a legal one, and knows legal
questions that the guidance does not cover.

How alike a question is to either also tells the ranking how far to trust what it found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.lexical import LexicalIndex
from knowledge_base.ranking import Logistic
from knowledge_base.retrieval import Features, Found, Retrieval
from knowledge_base.sources import NOT_COVERED
from knowledge_base.text import normalise
from knowledge_base.words import Analyzer


@dataclass
class Scope:
    """The questions out of scope and, once learnt, how to weigh a likeness to them."""

    analyzer: Analyzer
    kinds: list[str]
    """The kind of each question, in the order of the index."""
    index: LexicalIndex
    logistic: Logistic | None = None

    @classmethod
    def build(cls, questions: Mapping[str, Sequence[str]], analyzer: Analyzer) -> Scope:
        listed = [(kind, normalise(text)) for kind, texts in questions.items() for text in texts]
        index = LexicalIndex.build([analyzer.terms(text) for _, text in listed])
        return cls(analyzer, [kind for kind, _ in listed], index)

    def context(self, question: str, found: Found, retrieval: Retrieval) -> NDArray[np.float64]:
        """What is known about the question as a whole: its likeness to one out of scope and to a
        legal one not covered, the share of it that the guidance knows, its length."""
        scores = self.index.scores(found.terms)
        covered = np.array([kind != NOT_COVERED for kind in self.kinds], dtype=bool)
        return np.array(
            [
                scores[covered].max(initial=0.0),
                scores[~covered].max(initial=0.0),
                retrieval.known_share(found.terms),
                np.log1p(len(question)),
            ]
        )

    @staticmethod
    def describe(context: NDArray[np.float64], features: Features) -> NDArray[np.float64]:
        """What the judgement of scope sees: the context and the best scores of any entry."""
        best = features.max(axis=0) if len(features) else np.zeros(features.shape[1])
        return np.concatenate([context, best.astype(np.float64)])

    def probability(self, description: NDArray[np.float64]) -> float:
        """How likely the question is out of scope."""
        return float(self.logistic.probabilities(description[None, :])[0]) if self.logistic else 0.0

    def kind(self, question: str) -> str:
        """The kind of the most alike question out of scope, or ``default`` where none is alike."""
        scores = self.index.scores(self.analyzer.terms(question))
        scores[[number for number, kind in enumerate(self.kinds) if kind == NOT_COVERED]] = 0.0
        if not len(scores) or scores.max() < 0.15:  # less is a few common characters
            return "default"
        return self.kinds[int(scores.argmax())]

    def save(self, folder: Path) -> None:
        self.index.save(folder / "words-out-of-scope")

    @classmethod
    def load(
        cls, folder: Path, kinds: list[str], logistic: Logistic | None, analyzer: Analyzer
    ) -> Scope:
        return cls(analyzer, kinds, LexicalIndex.load(folder / "words-out-of-scope"), logistic)
