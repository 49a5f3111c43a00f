"""Learns the ranking, the judgement of scope and the thresholds from trials (``trials.py``).

Every probability that a threshold is chosen by comes from a ranking that has not seen the trial.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge_base.decision import MOST_CHOICES, Thresholds, Verdict, decide
from knowledge_base.ranking import Logistic
from knowledge_base.trials import Trial, fit_ranking, fit_scope

ANSWER_PRECISION = 0.68
"""At least this share of what is answered must be the very entry meant, among paraphrases nobody
wrote down, questions whose entry is missing and questions out of scope. A neighbouring entry counts
as wrong here, though it often helps: on real questions marked by hand nine answers in ten helped at
this precision (docs/answers.md). An answer names the question it answers unless it is certain."""
CHOICE_PRECISION = 0.5
"""At least this share of what is offered as choices must hold the very entry meant."""
SCOPE_MISTAKES = 0.005
"""At most this share of legal questions may be told that they are out of scope."""
CHOOSE = 0.05
"""The least probability of a single choice."""
_LEADS = (0.1, 0.2, 0.3)
"""How far an answer may have to lie ahead; two readings that are about as likely are choices."""


@dataclass
class Judged:
    """A trial with the probabilities that a ranking of the other folds gave it."""

    trial: Trial
    probabilities: NDArray[np.float64]
    scope: float

    @property
    def place(self) -> int:
        """Place of the right entry, 1 the best; 0 where there is none among the candidates."""
        order = np.argsort(-self.probabilities, kind="stable")
        found = [self.trial.ids[i] for i in order]
        return found.index(self.trial.right) + 1 if self.trial.right in found else 0


@dataclass
class Outcome:
    verdict: Verdict | str
    right: bool
    """Whether the right entry is shown: as the answer or among the choices."""


@dataclass
class Calibration:
    ranking: Logistic
    scope: Logistic | None
    thresholds: Thresholds


def judge(trials: Sequence[Trial]) -> list[Judged]:
    """Every trial, judged by what the other folds teach."""
    judged = []
    for fold in sorted({trial.fold for trial in trials}):
        others = [trial for trial in trials if trial.fold != fold]
        ranking, scope = fit_ranking(others), _scope_or_none(others)
        for trial in trials:
            if trial.fold == fold:
                outside = scope.probabilities(trial.scope[None, :])[0] if scope else 0.0
                judged.append(Judged(trial, ranking.probabilities(trial.rows), float(outside)))
    return judged


def calibrate(trials: Sequence[Trial], judged: Sequence[Judged]) -> Calibration:
    """What the index needs to decide."""
    return Calibration(fit_ranking(trials), _scope_or_none(trials), choose_thresholds(judged))


def outcome(item: Judged, thresholds: Thresholds) -> Outcome:
    """What would have been done with the trial."""
    if item.scope >= thresholds.scope:
        return Outcome("out_of_scope", False)
    verdict, shown = decide(item.probabilities, thresholds)
    ids = [item.trial.ids[i] for i in shown]
    return Outcome(verdict, bool(item.trial.right) and item.trial.right in ids)


def choose_thresholds(judged: Sequence[Judged]) -> Thresholds:
    """The most generous thresholds that keep the promises at the head of this file."""
    thresholds = Thresholds(answer=1.01, lead=0.0, choose=CHOOSE, offer=3.01, scope=_scope(judged))
    thresholds = _best_answer(judged, thresholds)
    return replace(thresholds, offer=_best_offer(judged, thresholds))


def _best_answer(judged: Sequence[Judged], thresholds: Thresholds) -> Thresholds:
    top = np.zeros((len(judged), 2))
    right = np.zeros(len(judged), dtype=bool)
    for number, item in enumerate(judged):
        best = np.sort(item.probabilities)[::-1][:2]
        top[number, : len(best)] = best
        right[number] = item.place == 1
    most, chosen = 0, thresholds
    for lead in _LEADS:
        ahead = top[:, 0] - top[:, 1] >= lead
        for answer in np.arange(0.3, 1.0, 0.01):
            answered = ahead & (top[:, 0] >= answer)
            good = int(right[answered].sum())
            if good > most and good >= ANSWER_PRECISION * int(answered.sum()):
                most, chosen = good, replace(thresholds, answer=float(answer), lead=lead)
    return chosen


def _best_offer(judged: Sequence[Judged], thresholds: Thresholds) -> float:
    sums, right = [], []
    for item in judged:
        if (
            decide(item.probabilities, thresholds)[0] == "answered"
            or item.scope >= thresholds.scope
        ):
            continue
        best = np.sort(item.probabilities)[::-1][:MOST_CHOICES]
        sums.append(float(best.sum()))
        right.append(0 < item.place <= MOST_CHOICES)
    if not sums:
        return thresholds.offer
    totals, good = np.array(sums), np.array(right)
    for offer in np.arange(0.1, 3.0, 0.01):
        offered = totals >= offer
        if offered.any() and good[offered].mean() >= CHOICE_PRECISION:
            return float(offer)
    return thresholds.offer


def _scope(judged: Sequence[Judged]) -> float:
    legal = [item.scope for item in judged if item.trial.kind != "out_of_scope"]
    outside = any(item.trial.kind == "out_of_scope" for item in judged)
    if not legal or not outside:
        return 1.01
    return max(0.15, float(np.quantile(legal, 1 - SCOPE_MISTAKES)))


def _scope_or_none(trials: Sequence[Trial]) -> Logistic | None:
    kinds = {trial.kind == "out_of_scope" for trial in trials}
    return fit_scope(trials) if len(kinds) == 2 else None
