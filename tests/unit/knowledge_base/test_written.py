from knowledge_base.corpus import Target
from knowledge_base.words import Analyzer
from knowledge_base.written import WrittenQuestions


def target(name: str, *questions: str) -> Target:
    return Target(name, "labour", questions, "")


ANALYZER = Analyzer({"公司": "单位", "老板": "单位"})
TARGETS = [target("a", "老板不发工资", "工资被拖欠"), target("b", "楼上漏水", "老板不退押金")]


def test_a_question_that_is_written_in_the_guidance_is_recognised() -> None:
    found = WrittenQuestions(TARGETS, ANALYZER).same("请问公司不发工资怎么办", [(0, 0), (1, 1)])
    assert found == (0, 1.0)


def test_one_that_only_shares_words_is_not() -> None:
    assert WrittenQuestions(TARGETS, ANALYZER).same("公司不给上社保", [(0, 0), (1, 1)]) is None


def test_a_question_that_two_entries_hold_is_left_to_the_citizen() -> None:
    both = [target("a", "老板不发工资"), target("b", "公司不发工资")]
    assert WrittenQuestions(both, ANALYZER).same("单位不发工资", [(0, 0), (1, 0)]) is None


def test_the_same_sense_does_not_beat_the_very_words() -> None:
    analyzer = Analyzer({"时效": "诉讼时效", "诉讼时效": "诉讼时效"})
    both = [target("a", "理赔时效过了吗"), target("b", "诉讼时效过了还能告吗")]
    assert WrittenQuestions(both, analyzer).same("诉讼时效过了怎么办", [(0, 0), (1, 0)]) is None


def test_nothing_near_is_nothing() -> None:
    assert WrittenQuestions(TARGETS, ANALYZER).same("单位不发工资", []) is None
