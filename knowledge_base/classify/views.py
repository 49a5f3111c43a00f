"""How a text is seen for sorting: its words, and its characters and pairs of characters.

Both views weigh a term by how often it stands in the text and how rare it is among the texts that
were learnt from (tf-idf), at length 1. The same code serves and learns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.text import normalise
from knowledge_base.words import characters, pairs, words

Weights = NDArray[np.float32]

SEEN: dict[str, Callable[[str], list[str]]] = {
    "words": words,
    "characters": lambda text: characters(text) + pairs(text),
}
"""Name of a view to what it sees of a normalised text."""
COMMON = 0.5
"""A term in more than this share of the texts tells nothing."""


@dataclass(frozen=True)
class View:
    name: str
    terms: dict[str, int]
    """Term to its row."""
    rarity: Weights

    @classmethod
    def learn(cls, name: str, texts: Sequence[Counter[str]], least: int) -> View:
        """The terms that stand in at least ``least`` of the texts, so that what a single person
        wrote (a name, an address) is not kept."""
        found: Counter[str] = Counter(chain.from_iterable(texts))
        most = max(COMMON * len(texts), least)
        terms = [term for term in sorted(found) if least <= found[term] <= most]
        counts = np.array([found[term] for term in terms], dtype=np.float32)
        rarity = np.log((1 + len(texts)) / (1 + counts)) + 1
        return cls(name, {term: row for row, term in enumerate(terms)}, rarity.astype(np.float32))

    def weigh(self, counts: Counter[str]) -> tuple[NDArray[np.int64], Weights]:
        """The rows of a text's terms and their weights, at length 1."""
        known = [(self.terms[term], count) for term, count in counts.items() if term in self.terms]
        rows = np.array([row for row, _ in known], dtype=np.int64)
        counted = np.array([count for _, count in known], dtype=np.float32)
        weights = ((1 + np.log(counted)) * self.rarity[rows]).astype(np.float32)
        length = np.float32(np.sqrt((weights * weights).sum()) or 1)
        return rows, (weights / length).astype(np.float32)

    def matrix(self, texts: Sequence[Counter[str]]) -> Any:
        """One text or more as rows of a sparse matrix (scipy)."""
        from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

        weighed = [self.weigh(counts) for counts in texts]
        ends = np.cumsum([0, *(len(rows) for rows, _ in weighed)])
        columns = np.concatenate([rows for rows, _ in weighed])
        values = np.concatenate([weights for _, weights in weighed])
        return csr_matrix((values, columns, ends), shape=(len(texts), len(self.terms)))


def seen(text: str) -> dict[str, Counter[str]]:
    """The terms of a text in every view."""
    clean = [normalise(line) for line in text.split("\n")]
    return {
        name: Counter(chain.from_iterable(see(line) for line in clean))
        for name, see in SEEN.items()
    }
