"""Learning the weights of the second reader from examples: the only place that needs scikit-learn.

Examples are lines of text, a folder a kind (``casework/data/risk_examples``), all written for this
product. Learning takes two seconds and gives the same weights each time.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from casework.domain.risk_concepts import Concepts, plain
from casework.domain.risk_reading import Terms, View, characters, meanings

NONE = "none"
#: How much the meanings count beside the characters.
_SHARES = (1.0, 0.5)
#: Inverse strength of the regularisation of the logistic regression.
_C = 3.0
#: Longer texts made of several lines, so that length alone means nothing.
_JOINED = {"ordinary": 2200, "dangerous": 700, "mixed": 300}
#: Answers in a form are the most frequent messages of all: each weighs as much as so many others.
_CHAT, _CHAT_WEIGHT = "chat", 8.0
#: A kind with few examples counts as if it were this share of all, up to so many times its size.
_LEAST_SHARE = 0.15
_HEAVIEST = 12.0
_SEED = 7

#: kind -> file -> lines
Examples = Mapping[str, Mapping[str, Sequence[str]]]


def learn(examples: Examples, concepts: Concepts) -> dict[str, Any]:
    """Weights as plain data: what ``views_of`` reads. Raises ``ImportError`` without scikit-learn."""
    import numpy
    from scipy.sparse import csr_matrix, diags  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression

    texts, labels = _with_longer_ones(examples)
    own = sum(len(lines) for files in examples.values() for lines in files.values())
    looks = [_looks(text, concepts) for text in texts]
    views = [_view([look[i] for look in looks[:own]], share) for i, share in enumerate(_SHARES)]
    columns = [{term: n for n, term in enumerate(view.terms)} for view in views]
    width = [0, len(columns[0])]
    data: list[float] = []
    rows: list[int] = []
    cells: list[int] = []
    for row, look in enumerate(looks):
        for view, column, first, terms in zip(views, columns, width, look, strict=True):
            for term, value in view.vector(terms).items():
                rows.append(row)
                cells.append(first + column[term])
                data.append(value)
    matrix = csr_matrix((data, (rows, cells)), shape=(len(texts), sum(len(c) for c in columns)))
    answers = set(examples[NONE].get(_CHAT, ()))
    counts = numpy.array([_CHAT_WEIGHT if text in answers else 1.0 for text in texts])
    weights, bias = [], []
    for kind in concepts.kinds:
        wanted = numpy.array([label == kind.name for label in labels])
        heavier = min(_HEAVIEST, _LEAST_SHARE * len(labels) / max(1, int(wanted.sum())))
        model = LogisticRegression(
            C=_C,
            solver="liblinear",
            dual=True,
            max_iter=1000,
            random_state=_SEED,
            class_weight={True: max(1.0, heavier)},
        )
        telling = _telling(matrix > 0, wanted)
        model.fit(matrix @ diags(telling), wanted, sample_weight=counts)
        weights.append([round(float(w), 4) for w in model.coef_[0] * telling])
        bias.append(round(float(model.intercept_[0]), 4))
    return {
        "bias": bias,
        "views": [
            {
                "share": view.share,
                "unknown": view.unknown,
                "terms": {
                    term: [view.terms[term][0], *(kind[first + n] for kind in weights)]
                    for term, n in column.items()
                },
            }
            for view, column, first in zip(views, columns, width, strict=True)
        ],
    }


def _telling(present: Any, wanted: Any) -> Any:
    """How much each term alone tells the kind from the rest: the root of its log-count ratio.

    Scaling by it before the regression makes words of the matter count and words of grammar not
    (after Wang and Manning, Baselines and Bigrams, ACL 2012).
    """
    import numpy

    inside = numpy.asarray(present[wanted].sum(axis=0)).ravel() + 1.0
    outside = numpy.asarray(present[~wanted].sum(axis=0)).ravel() + 1.0
    ratio = numpy.log((inside / inside.sum()) / (outside / outside.sum()))
    return numpy.sqrt(numpy.abs(ratio))


def views_of(learnt: Mapping[str, Any]) -> tuple[tuple[View, View], tuple[float, ...]]:
    """The learnt weights as the reader takes them. Raises ``KeyError``/``TypeError``/``ValueError``."""
    first, second = (
        View(
            {term: tuple(numbers) for term, numbers in view["terms"].items()},
            view["unknown"],
            view["share"],
        )
        for view in learnt["views"]
    )
    return (first, second), tuple(learnt["bias"])


def _looks(text: str, concepts: Concepts) -> tuple[Terms, Terms]:
    seen = plain(text)
    return characters(seen), meanings(concepts.said(seen))


def _view(looks: Sequence[Terms], share: float) -> View:
    """The terms met at least twice, each with its rarity (smoothed idf)."""
    seen: Counter[str] = Counter()
    for terms in looks:
        seen.update(terms.keys())

    def rarity(times: int) -> float:
        return round(math.log((1 + len(looks)) / (1 + times)) + 1, 4)

    kept = {term: (rarity(times),) for term, times in sorted(seen.items()) if times > 1}
    return View(kept, rarity(1), share)


def _with_longer_ones(examples: Examples) -> tuple[list[str], list[str]]:
    """All lines, then longer texts: lines of one file joined, and an ordinary with a dangerous one."""
    texts: list[str] = []
    labels: list[str] = []
    for kind, files in examples.items():
        for lines in files.values():
            texts += lines
            labels += [kind] * len(lines)
    chance = random.Random(_SEED)  # noqa: S311 - no secret depends on it
    ordinary = [lines for name, lines in sorted(examples[NONE].items()) if name != _CHAT]
    dangerous = [
        (kind, lines)
        for kind, files in sorted(examples.items())
        if kind != NONE
        for _, lines in sorted(files.items())
    ]

    def joined(lines: Sequence[str], least: int, most: int) -> str:
        some = [chance.choice(lines) for _ in range(chance.randint(least, most))]
        return chance.choice("， 。,").join(some)

    for _ in range(_JOINED["ordinary"]):
        texts.append(joined(chance.choice(ordinary), 2, 5))
        labels.append(NONE)
    for _ in range(_JOINED["dangerous"]):
        kind, lines = chance.choice(dangerous)
        texts.append(joined(lines, 2, 3))
        labels.append(kind)
    for _ in range(_JOINED["mixed"]):
        kind, lines = chance.choice(dangerous)
        texts.append(chance.choice(chance.choice(ordinary)) + "。" + chance.choice(lines))
        labels.append(kind)
    return texts, labels
