"""BM25 over many short texts, as arrays that open in an instant.

The guidance is searched with bm25s (``lexical.py``). A library is larger and is searched by single
terms and by weighted ones (terms learned from cited articles), so its weights are kept by term here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.75
Scores = NDArray[np.float32]


class Postings:
    """The weight of each term in each text that has it."""

    def __init__(
        self, terms: dict[str, int], starts: NDArray[np.int64], texts: NDArray[np.int32],
        weights: Scores, count: int,
    ) -> None:  # fmt: skip
        self.terms, self.starts, self.texts, self.weights = terms, starts, texts, weights
        self.count = count

    @classmethod
    def build(cls, texts: Iterable[Sequence[str]]) -> Postings:
        """The postings of texts given as terms."""
        terms: dict[str, int] = {}
        columns, rows, counts, lengths = [], [], [], []
        for row, text in enumerate(texts):
            lengths.append(len(text))
            for term, times in Counter(text).items():
                columns.append(terms.setdefault(term, len(terms)))
                rows.append(row)
                counts.append(times)
        column = np.asarray(columns, dtype=np.int64)
        order = np.argsort(column, kind="stable")
        found = np.bincount(column, minlength=len(terms))
        starts = np.concatenate([[0], np.cumsum(found)]).astype(np.int64)
        place = np.asarray(rows, dtype=np.int32)[order]
        repeated = np.asarray(counts, dtype=np.float32)[order]
        length = np.asarray(lengths, dtype=np.float32)
        rarity = np.log(1 + (len(length) - found + 0.5) / (found + 0.5)).astype(np.float32)
        damping = K1 * (1 - B + B * length / max(1.0, float(length.sum()) / max(1, len(length))))
        weights = rarity[column[order]] * repeated * (K1 + 1) / (repeated + damping[place])
        return cls(terms, starts, place, weights.astype(np.float32), len(length))

    def scores(self, asked: Mapping[str, float] | Iterable[str]) -> Scores:
        """The score of every text for terms, each with a weight where a mapping is given."""
        weighted = asked if isinstance(asked, Mapping) else dict.fromkeys(asked, 1.0)
        places, weights = [], []
        for term, weight in weighted.items():
            if (number := self.terms.get(term)) is not None:
                part = slice(self.starts[number], self.starts[number + 1])
                places.append(self.texts[part])
                weights.append(self.weights[part] * np.float32(weight))
        if not places:
            return np.zeros(self.count, dtype=np.float32)
        total = np.bincount(
            np.concatenate(places), weights=np.concatenate(weights), minlength=self.count
        )
        return total.astype(np.float32)

    def cover(self, asked: Iterable[str]) -> Scores:
        """How much of the terms each text has, by their rarity, however often: 0 to 1."""
        places, weights, whole = [], [], 1e-6
        for term in set(asked):
            number = self.terms.get(term)
            found = 0 if number is None else int(self.starts[number + 1] - self.starts[number])
            rarity = np.float32(np.log(self.count / max(1, found)))
            whole += float(rarity)
            if number is not None:
                places.append(self.texts[self.starts[number] : self.starts[number + 1]])
                weights.append(np.full(found, rarity))
        if not places:
            return np.zeros(self.count, dtype=np.float32)
        total = np.bincount(np.concatenate(places), np.concatenate(weights), self.count)
        return (total / whole).astype(np.float32)

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "terms.txt").write_text("\n".join(self.terms), encoding="utf-8")
        for name in ("starts", "texts", "weights"):
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path, count: int) -> Postings:
        text = (folder / "terms.txt").read_text(encoding="utf-8")
        terms = {term: number for number, term in enumerate(text.split("\n"))} if text else {}
        starts, texts, weights = (
            np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))
            for name in ("starts", "texts", "weights")
        )
        return cls(terms, starts, texts, weights, count)
