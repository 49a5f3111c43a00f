"""Finds the entries a question may mean: dense and lexical scores of every entry, side by side.

Four texts of an entry are searched, each in its own way: the whole entry, its answer, its
canonical question, and each of its questions by itself; a classifier trained on all questions says
which entry and which topic the words are typical of. How the scores are weighed against each
other is learnt (``ranking.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.classifier import Classifier, Training
from knowledge_base.corpus import Target
from knowledge_base.embedder import Embedder, TermVectors, Vectors
from knowledge_base.errors import IndexMismatch
from knowledge_base.lexical import LexicalIndex
from knowledge_base.vectors import VectorIndex
from knowledge_base.words import Analyzer

Features = NDArray[np.float32]
NAMES = (
    "words_whole",
    "words_answer",
    "words_question",
    "words_nearest",
    "sense_whole",
    "sense_answer",
    "sense_nearest",
    "class_entry",
    "class_topic",
)
_LEXICAL = ("whole", "answer", "question", "nearest")


_NEAREST = 8


@dataclass(frozen=True)
class Found:
    features: Features
    """The scores of every target (rows) in the order of ``NAMES`` (columns), 0 to 1."""
    nearest: list[tuple[int, int]]
    """(target, question of the target), the nearest by words first."""
    terms: list[str]
    """The question as terms."""


@dataclass
class Retrieval:
    """The indexes over the targets and what is needed to ask them."""

    analyzer: Analyzer
    embedder: Embedder
    lexical: dict[str, LexicalIndex]
    vectors: VectorIndex
    classifier: Classifier
    starts: NDArray[np.int64]
    """Position of each target's first question among all questions, and their number at the end."""

    @classmethod
    def build(
        cls,
        targets: Sequence[Target],
        analyzer: Analyzer,
        embedder: Embedder,
        training: Training | None = None,
    ) -> Retrieval:
        """The indexes over targets. ``training`` may hold more questions than these targets do."""
        questions = [question for target in targets for question in target.questions]
        texts = {
            "whole": [target.whole for target in targets],
            "answer": [target.answer for target in targets],
            "question": [target.questions[0] for target in targets],
            "nearest": questions,
        }
        lexical = {
            part: LexicalIndex.build([analyzer.terms(text) for text in texts[part]])
            for part in _LEXICAL
        }
        rows = embedder.encode([*texts["whole"], *texts["answer"], *questions])
        starts = np.cumsum([0, *(len(target.questions) for target in targets)])
        classifier = (training or Training(targets, analyzer)).fit(targets)
        return cls(analyzer, embedder, lexical, VectorIndex.build(rows), classifier, starts)

    @property
    def count(self) -> int:
        """How many targets there are."""
        return len(self.starts) - 1

    def search(self, question: str) -> Found:
        """The scores of every target, and the written questions that are nearest by their words."""
        terms = self.analyzer.terms(question)
        scores = [self.lexical[part].scores(terms) for part in _LEXICAL[:3]]
        rows = self.lexical["nearest"].scores(terms)
        scores.append(self._best_question(rows))
        near = self.vectors.scores(self._vector(question, terms))
        count = self.count
        scores += [near[:count], near[count : 2 * count], self._best_question(near[2 * count :])]
        scores += self.classifier.scores(terms)
        few = np.argsort(-rows, kind="stable")[:_NEAREST]
        owners = np.searchsorted(self.starts, few, side="right") - 1
        nearest = [(int(t), int(r - self.starts[t])) for r, t in zip(few, owners, strict=True)]
        return Found(np.stack(scores, axis=1), nearest, terms)

    def known_share(self, terms: Sequence[str]) -> float:
        """The share of a question's terms, by rarity, that the guidance knows at all."""
        return self.lexical["whole"].known_share(terms)

    def _vector(self, question: str, terms: Sequence[str]) -> Vectors:
        if isinstance(self.embedder, TermVectors):
            return self.embedder.encode_terms([terms])
        return self.embedder.encode([question])

    def _best_question(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.maximum.reduceat(scores, self.starts[:-1])

    def save(self, folder: Path) -> None:
        for part, index in self.lexical.items():
            index.save(folder / f"words-{part}")
        self.vectors.save(folder / "vectors.faiss")
        self.classifier.save(folder)

    @classmethod
    def load(
        cls, folder: Path, targets: Sequence[Target], analyzer: Analyzer, embedder: Embedder
    ) -> Retrieval:
        """Reads what ``save`` wrote. Raises ``IndexMismatch`` when the parts do not fit together."""
        lexical = {part: LexicalIndex.load(folder / f"words-{part}") for part in _LEXICAL}
        vectors = VectorIndex.load(folder / "vectors.faiss")
        if vectors.dimension != embedder.dimension:
            raise IndexMismatch(
                f"the index has vectors of {vectors.dimension} numbers, "
                f"the embedding model {embedder.name!r} makes {embedder.dimension}"
            )
        starts = np.cumsum([0, *(len(target.questions) for target in targets)])
        if len(vectors) != 2 * len(targets) + starts[-1]:
            raise IndexMismatch(f"the index has {len(vectors)} vectors, not those of its entries")
        classifier = Classifier.load(folder)
        if len(classifier.topics) != len(targets):
            raise IndexMismatch("the classifier of the index is not that of its entries")
        return cls(analyzer, embedder, lexical, vectors, classifier, starts)
