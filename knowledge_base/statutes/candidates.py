"""What the trees know about a question and its candidates, the first articles by the sum."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from knowledge_base.statutes.features import PRIOR
from knowledge_base.statutes.prepared import Prepared
from knowledge_base.statutes.votes import Ballot, Votes
from knowledge_base.words import pairs

Numbers = NDArray[np.float32]


def features_of(
    prepared: Prepared, cited: NDArray[np.int64], question: str, votes: Votes,
    places: NDArray[np.int64], found: Numbers, score: Numbers,
) -> Numbers:  # fmt: skip
    """Features by columns, for articles in the order of ``score``, best first.

    ``found`` holds the features of the sum. Its prior is left out: a count less by one, where a
    lesson's own answer was taken out, gives that answer away.
    """
    titles = prepared.titles.scores(set(pairs(question))) / prepared.title_weights
    law_of = prepared.law_of[places]
    compared = np.vstack([np.delete(found, PRIOR, axis=0), titles[law_of]])
    ranks = np.argsort(np.argsort(-compared, axis=1, kind="stable"), axis=1)
    columns = np.vstack(
        [
            compared,
            score,
            score - score[0],
            np.log1p(ranks),
            _told_by(votes.own, cited, places, law_of),
            _told_by(votes.guidance, cited, places, law_of),
            prepared.facts[:, places],
            np.full(len(places), len(question)),
        ]
    )
    return np.asarray(columns.T, dtype=np.float32)


def _told_by(
    ballot: Ballot, cited: NDArray[np.int64], places: NDArray[np.int64], law_of: NDArray[np.int64]
) -> Numbers:
    """What one kind of answers says of each candidate, so that the trees can trust a bureau's own
    answers more than the guidance or less."""
    at = np.minimum(np.searchsorted(cited, places), len(cited) - 1)
    known = cited[at] == places
    return np.vstack(
        [
            np.where(known, ballot.articles[at], 0),
            np.where(known, ballot.nearest[at], 0),
            ballot.laws[law_of],
            np.full(len(places), ballot.likest),
        ]
    )
