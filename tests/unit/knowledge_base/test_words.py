import pytest

from knowledge_base.words import Analyzer, characters, pairs, words

LEXICON = {
    "工资": "工资",
    "血汗钱": "工资",
    "公司": "用人单位",
    "老板": "用人单位",
    "保险公司": "保险",
    "不发工资": "欠薪",
}


@pytest.fixture
def analyzer() -> Analyzer:
    return Analyzer(LEXICON)


def test_words_leave_out_what_carries_no_matter() -> None:
    found = words("请问公司拖欠工资怎么办")
    assert {"公司", "拖欠", "工资"} <= set(found)
    assert not {"请问", "怎么办"} & set(found)


def test_every_number_is_one_and_the_same_term() -> None:
    assert words("欠我30000元").count("#") == 1
    assert set(words("欠5000")) & {"#"} == set(words("欠8000")) & {"#"} == {"#"}


def test_pairs_do_not_cross_marks_and_digits() -> None:
    assert pairs("欠薪3月，讨薪") == ["·欠薪", "·讨薪"]


def test_characters_survive_a_typing_mistake() -> None:
    assert set(characters("拖欠公资")) & set(characters("拖欠工资")) == {"^拖", "^欠", "^资"}


def test_lay_words_of_one_sense_share_a_term(analyzer: Analyzer) -> None:
    assert set(analyzer.terms("要回血汗钱")) & set(analyzer.terms("拿不到工资")) >= {"=工资"}


def test_a_longer_expression_hides_the_shorter_one_inside_it(analyzer: Analyzer) -> None:
    assert analyzer.senses("保险公司不理赔") == ["保险"]
    assert set(analyzer.senses("公司买的保险公司产品")) == {"保险", "用人单位"}


def test_two_ways_of_saying_the_same_become_the_same(analyzer: Analyzer) -> None:
    assert analyzer.plain("老板不发工资") == analyzer.plain("公司不发工资") == "用人单位欠薪"


def test_terms_are_kept_only_while_an_index_is_built(analyzer: Analyzer) -> None:
    with analyzer.remembering():
        analyzer.terms("我叫张三")
        assert analyzer._memory
    assert analyzer._memory is None
    analyzer.terms("我叫张三")
    assert analyzer._memory is None


def test_an_empty_text_has_no_terms(analyzer: Analyzer) -> None:
    assert analyzer.terms("") == []
