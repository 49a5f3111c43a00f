import numpy as np
import pytest

from knowledge_base.decision import Thresholds, decide

LIMITS = Thresholds(answer=0.8, lead=0.3, choose=0.1, offer=0.5, scope=0.5)


@pytest.mark.parametrize(
    ("probabilities", "verdict", "shown"),
    [
        ([0.05, 0.9, 0.02], "answered", [1]),
        ([0.1, 0.9, 0.2], "answered", [1, 2, 0]),  # what else may be meant comes after the answer
        ([0.9, 0.7, 0.05], "choices", [0, 1]),  # two readings too close to pick one
        ([0.7, 0.05, 0.02], "choices", [0]),  # likely, not certain
        ([0.3, 0.2, 0.15, 0.12], "choices", [0, 1, 2]),  # at most three
        ([0.3, 0.1, 0.05], "no_match", []),  # not enough in sum
        ([0.09, 0.09, 0.09], "no_match", []),
        ([0.95], "answered", [0]),
        ([], "no_match", []),
    ],
)
def test_the_probabilities_decide(
    probabilities: list[float], verdict: str, shown: list[int]
) -> None:
    assert decide(np.array(probabilities), LIMITS) == (verdict, shown)


def test_thresholds_survive_being_stored() -> None:
    assert Thresholds.from_json(LIMITS.as_json()) == LIMITS
