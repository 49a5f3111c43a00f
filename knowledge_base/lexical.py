"""Lexical search: BM25 over the terms of a text. The only module that imports bm25s."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.errors import IndexMismatch

# bm25s draws progress bars unless told before its import.
os.environ.setdefault("DISABLE_TQDM", "1")
import bm25s

# Chosen on held-out paraphrases: a term that an entry repeats says more than the usual 1.2 lets it.
K1 = 2.0
B = 0.5
_NOTHING = "#"


class LexicalIndex:
    """How well the terms of a question are found in each text, 0 to 1: the BM25 score over the
    score of a text that repeated every term of the question endlessly. A term of the question
    that stands in no text counts against all of them."""

    def __init__(self, index: bm25s.BM25) -> None:
        self._index = index
        count = len(self)
        found = np.diff(index.scores["indptr"])
        weights = np.log(1 + (count - found + 0.5) / (found + 0.5))
        self._weights = {
            # bm25s keeps one more, empty term, which no text holds.
            term: float(weights[row])
            for term, row in index.vocab_dict.items()
            if row < len(weights)
        }
        self._unseen = float(np.log(1 + (count + 0.5) / 0.5))

    @classmethod
    def build(cls, texts: Sequence[Sequence[str]]) -> LexicalIndex:
        """The index of texts given as terms."""
        index = bm25s.BM25(k1=K1, b=B)
        index.index([list(terms) or [_NOTHING] for terms in texts], show_progress=False)
        return cls(index)

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """The score of each text for a question given as terms, in the order of the texts."""
        asked = dict.fromkeys(terms)
        known = [term for term in asked if term in self._weights]
        if not known:
            return np.zeros(len(self), dtype=np.float32)
        best = (K1 + 1) * sum(self._weights.get(term, self._unseen) for term in asked)
        return np.asarray(self._index.get_scores(known) / best, dtype=np.float32)

    def known_share(self, terms: Sequence[str]) -> float:
        """The share of a question, by rarity of its terms, that stands in any text at all."""
        asked = dict.fromkeys(terms)
        every = sum(self._weights.get(term, self._unseen) for term in asked)
        return sum(self._weights.get(term, 0.0) for term in asked) / every if every else 0.0

    def __len__(self) -> int:
        return int(self._index.scores["num_docs"])

    def save(self, folder: Path) -> None:
        self._index.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        try:
            return cls(bm25s.BM25.load(str(folder), show_progress=False))
        except Exception as error:  # any file of the folder may be cut short or be another's
            raise IndexMismatch(f"the word index in {folder} cannot be read: {error}") from error
