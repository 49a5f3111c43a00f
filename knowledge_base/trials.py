"""Asks the guidance questions whose right answer is known, none of which its index has seen.

Four kinds, each under cross-validation:

* ``held_out``: a paraphrase is taken out of its entry; that entry is the right answer;
* ``unknown``: a whole entry is taken out and its questions are asked; no entry is right. These are
  legal questions that the guidance does not cover, near to what it does cover;
* ``not_covered``: legal questions an editor wrote down as not covered; no entry is right;
* ``out_of_scope``: jokes, the weather, code; no entry is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from knowledge_base.classifier import Training
from knowledge_base.corpus import Target
from knowledge_base.embedder import Embedder
from knowledge_base.ranking import Logistic, candidates, describe
from knowledge_base.retrieval import Retrieval
from knowledge_base.scope import Scope
from knowledge_base.sources import NOT_COVERED
from knowledge_base.text import normalise
from knowledge_base.words import Analyzer

FOLDS = 4
_HELD_OUT_EACH = 3
"""How many of the paraphrases of an entry that a fold holds out are asked: the first, the last and
what lies between, for short questions stand first and whole stories last."""
_UNKNOWN_EACH = 3
"""How many questions of an entry that was taken out are asked."""

Kind = Literal["held_out", "unknown", "not_covered", "out_of_scope"]
MakeEmbedder = Callable[[Sequence[Target]], Embedder]
Progress = Callable[[str, int, int], None]


@dataclass
class Trial:
    kind: Kind
    fold: int
    topic: str
    question: str
    right: str
    """Id of the right entry, empty where none is."""
    ids: list[str]
    """Ids of the entries the search put forward."""
    rows: NDArray[np.float64]
    """What the ranking sees of each of them."""
    scope: NDArray[np.float64]

    @property
    def is_right(self) -> NDArray[np.bool_]:
        return np.array([bool(self.right) and found == self.right for found in self.ids])


def run(
    targets: Sequence[Target],
    out_of_scope: Mapping[str, Sequence[str]],
    analyzer: Analyzer,
    make_embedder: MakeEmbedder,
    progress: Progress | None = None,
    training: Training | None = None,
) -> list[Trial]:
    """Every trial of every fold, the same for the same sources. ``training`` is that of ``targets``,
    where there is one."""
    trials: list[Trial] = []
    training = training or Training(targets, analyzer)
    for fold in range(FOLDS):
        if progress:
            progress("trials", fold, FOLDS)
        scope = Scope.build(_others(out_of_scope, fold), analyzer)
        held_out = {
            target.id: _every(target.questions[1:], fold, shift)
            for shift, target in enumerate(targets)
        }
        reduced = [target.without(held_out[target.id]) for target in targets]
        retrieval = Retrieval.build(reduced, analyzer, make_embedder(reduced), training)
        ask = _Asking(fold, reduced, retrieval, scope)
        for target in targets:
            asked = _spread(held_out[target.id], _HELD_OUT_EACH)
            trials += ask("held_out", asked, target.topic, target.id)
        for kind, questions in out_of_scope.items():
            asked = [normalise(question) for question in _every(questions, fold)]
            trials += ask("not_covered" if kind == NOT_COVERED else "out_of_scope", asked, kind, "")
        kept = [target for number, target in enumerate(targets) if number % FOLDS != fold]
        if not kept:
            continue
        retrieval = Retrieval.build(kept, analyzer, make_embedder(kept), training)
        ask = _Asking(fold, kept, retrieval, scope)
        for target in targets[fold::FOLDS]:
            trials += ask("unknown", target.questions[:_UNKNOWN_EACH], target.topic, "")
    if progress:
        progress("trials", FOLDS, FOLDS)
    return trials


@dataclass
class _Asking:
    fold: int
    targets: Sequence[Target]
    retrieval: Retrieval
    scope: Scope

    def __call__(
        self,
        kind: Kind,
        questions: Sequence[str],
        topic: str,
        right: str,
    ) -> Iterator[Trial]:
        for question in questions:
            found = self.retrieval.search(question)
            features = found.features
            context = self.scope.context(question, found, self.retrieval)
            best = candidates(features)
            yield Trial(
                kind,
                self.fold,
                topic,
                question,
                right,
                [self.targets[i].id for i in best],
                describe(features, context)[best],
                self.scope.describe(context, features),
            )


def fit_ranking(trials: Sequence[Trial]) -> Logistic:
    """The ranking learnt from trials."""
    rows = np.concatenate([trial.rows for trial in trials])
    right = np.concatenate([trial.is_right for trial in trials])
    return Logistic.fit(rows, right)


def fit_scope(trials: Sequence[Trial]) -> Logistic:
    """The judgement of scope learnt from trials."""
    rows = np.stack([trial.scope for trial in trials])
    return Logistic.fit(rows, np.array([trial.kind == "out_of_scope" for trial in trials]))


def _every(questions: Sequence[str], fold: int, shift: int = 0) -> list[str]:
    """Every fourth question; each stands in exactly one fold."""
    return [q for number, q in enumerate(questions) if (number + shift) % FOLDS == fold]


def _spread(questions: Sequence[str], most: int) -> list[str]:
    """At most so many of the questions, from the first to the last."""
    places = np.unique(np.linspace(0, len(questions) - 1, min(most, len(questions))).astype(int))
    return [questions[place] for place in places]


def _others(questions: Mapping[str, Sequence[str]], fold: int) -> dict[str, list[str]]:
    return {
        kind: [q for number, q in enumerate(texts) if number % FOLDS != fold]
        for kind, texts in questions.items()
    }
