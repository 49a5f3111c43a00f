import numpy as np
import pytest

from knowledge_base.corpus import Target
from knowledge_base.decision import Thresholds, decide, same_question
from knowledge_base.words import Analyzer

LIMITS = Thresholds(answer=0.8, lead=0.3, choose=0.1, offer=0.5, scope=0.5)


@pytest.mark.parametrize(
    ("probabilities", "verdict", "shown"),
    [
        ([0.1, 0.9, 0.2], "answered", [1]),
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


def target(name: str, *questions: str) -> Target:
    return Target(name, "labour", questions, "")


ANALYZER = Analyzer({"公司": "单位", "老板": "单位"})
TARGETS = [target("a", "老板不发工资", "工资被拖欠"), target("b", "楼上漏水", "老板不退押金")]


def test_a_question_that_is_written_in_the_guidance_is_recognised() -> None:
    found = same_question("请问公司不发工资怎么办", TARGETS, [(0, 0), (1, 1)], ANALYZER)
    assert found == (0, 1.0)


def test_one_that_only_shares_words_is_not() -> None:
    assert same_question("公司不给上社保", TARGETS, [(0, 0), (1, 1)], ANALYZER) is None


def test_a_question_that_two_entries_hold_is_left_to_the_citizen() -> None:
    both = [target("a", "老板不发工资"), target("b", "公司不发工资")]
    assert same_question("单位不发工资", both, [(0, 0), (1, 0)], ANALYZER) is None


def test_nothing_near_is_nothing() -> None:
    assert same_question("单位不发工资", TARGETS, [], ANALYZER) is None
