"""From answers to articles: the answers a question points to vote for the articles they cite, and
through them for the laws, for the articles beside them and for those that read alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.statutes import links
from knowledge_base.statutes.lessons import Lesson
from knowledge_base.statutes.prepared import Prepared
from knowledge_base.statutes.similar import Heard, answer_numbers

Numbers = NDArray[np.float32]
# An answer whose score is nine tenths of the best one's counts for less than half of it.
_SHARPNESS = 8


@dataclass
class Ballot:
    """The votes of some answers, for each cited article."""

    articles: Numbers
    """By ridge regression."""
    nearest: Numbers
    """The likeness of the likest question whose answer cites it."""
    laws: Numbers
    """The votes of the law it belongs to; for each law of the library."""
    likest: float
    """Of the likest question at all."""


@dataclass
class Votes:
    """What the known answers say about one question."""

    all: Ballot
    own: Ballot
    guidance: Ballot
    sense: Numbers
    """The unit vector its articles should have."""
    beside: Numbers
    """For each article of the library, the votes around it: a row for each of ``links.REACHES``."""
    alike: Numbers
    """For each article of the library, the votes for those that read like it."""
    read: Numbers
    """For each cited article, the score of the best answer that cites it (``read.py``)."""
    shared: Numbers
    """For each cited article, its share of all answers, each counted by its score."""


class Register:
    """Which answer cites which article."""

    def __init__(self, prepared: Prepared, arrays: dict[str, Any]) -> None:
        self._law_of, self._laws = prepared.law_of, len(prepared.library.versions)
        self._count, self.arrays = len(prepared.library), arrays
        self.cited = arrays["cited"]
        """Places of the cited articles, ascending."""
        own = arrays["own"][arrays["answers"]]
        self._split = (np.flatnonzero(own), np.flatnonzero(~own))

    @classmethod
    def learn(cls, prepared: Prepared, lessons: Sequence[Lesson]) -> Register:
        answers: dict[int, Lesson] = {}
        for number, lesson in zip(answer_numbers(lessons), lessons, strict=True):
            answers.setdefault(number, lesson)
        cited = np.asarray(sorted({p for a in answers.values() for p in a.places}))
        pairs = np.asarray([(n, p) for n, a in sorted(answers.items()) for p in a.places])
        share = np.asarray([1 / len(answers[n].places) for n in pairs[:, 0]], dtype=np.float32)
        senses = np.zeros((len(answers), prepared.senses.shape[1]), dtype=np.float32)
        np.add.at(senses, pairs[:, 0], prepared.senses[pairs[:, 1]] * share[:, None])
        beside, alike = links.beside(prepared, cited), links.alike(prepared, cited)
        arrays = {
            "cited": cited, "answers": pairs[:, 0], "share": share, "senses": senses,
            "articles": np.searchsorted(cited, pairs[:, 1]),
            "own": np.asarray([answers[n].own for n in sorted(answers)]),
            "beside_starts": beside[0], "beside_to": beside[1], "beside_shares": beside[2],
            "alike_starts": alike[0], "alike_to": alike[1], "alike_shares": alike[2],
        }  # fmt: skip
        return cls(prepared, arrays)

    def votes(self, heard: Heard, read: Numbers) -> Votes:
        """``read`` holds the score of each answer as a text."""
        own, guidance = (self._ballot(heard, voters) for voters in self._split)
        articles = own.articles + guidance.articles
        both = Ballot(
            articles, np.maximum(own.nearest, guidance.nearest), own.laws + guidance.laws,
            max(own.likest, guidance.likest),
        )  # fmt: skip
        sense = heard.scores @ self.arrays["senses"]
        return Votes(
            both, own, guidance, sense / max(float(np.linalg.norm(sense)), 1e-9),
            self._spread(articles, "beside"), self._spread(articles, "alike")[0],
            *self._read(read),
        )  # fmt: skip

    def _read(self, read: Numbers) -> tuple[Numbers, Numbers]:
        answers, articles = self.arrays["answers"], self.arrays["articles"]
        best = np.zeros(len(self.cited), dtype=np.float32)
        np.maximum.at(best, articles, read[answers])
        weights = np.where(read > 0, np.exp(_SHARPNESS * (read - 1)), 0)
        given = (weights / max(float(weights.sum()), 1e-6))[answers]
        return best, np.bincount(articles, given, len(self.cited)).astype(np.float32)

    def _ballot(self, heard: Heard, voters: NDArray[np.int64]) -> Ballot:
        a = self.arrays
        answers, articles = a["answers"][voters], a["articles"][voters]
        given, count = heard.scores[answers] * a["share"][voters], len(self.cited)
        laws = np.bincount(self._law_of[self.cited[articles]], given, self._laws)
        nearest = np.zeros(count, dtype=np.float32)
        np.maximum.at(nearest, articles, heard.likeness[answers])
        # What is left of an answer that was taken out is not quite zero; trees would see it.
        return Ballot(
            np.round(np.bincount(articles, given, count), 3).astype(np.float32), nearest,
            np.round(laws, 3).astype(np.float32), float(nearest.max(initial=0)),
        )  # fmt: skip

    def _spread(self, articles: Numbers, name: str) -> Numbers:
        """The votes of the articles passed on to others."""
        starts, to = self.arrays[f"{name}_starts"], self.arrays[f"{name}_to"]
        voted = np.flatnonzero(articles > 0)
        sizes = starts[voted + 1] - starts[voted]
        at = np.arange(int(sizes.sum())) + np.repeat(
            starts[voted] - np.cumsum(sizes) + sizes, sizes
        )
        mass, places = np.repeat(articles[voted], sizes), to[at]
        return np.vstack([
            np.bincount(places, mass * shares[at], self._count).astype(np.float32)
            for shares in self.arrays[f"{name}_shares"]
        ])  # fmt: skip
