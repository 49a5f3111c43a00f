"""The list of ordinary words: none that could be a name, and none that judges."""

from __future__ import annotations

import pytest
import yaml

from casework.adapters.wording_file import load_vocabulary
from casework.domain.extraction import numerals
from casework.domain.extraction.bare_names import GIVEN
from casework.domain.extraction.surnames import SINGLE
from casework.settings_fields import ROOT

DATA = ROOT / "casework" / "data"
LISTED = {
    word
    for line in (DATA / "ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
}
BY_HAND = yaml.safe_load((DATA / "wording.yml").read_text(encoding="utf-8"))


def test_no_word_of_the_list_is_a_surname_and_a_given_name() -> None:
    assert len(LISTED) > 5000
    assert [w for w in LISTED if w[0] in SINGLE and all(c in GIVEN for c in w[1:])] == []


def test_no_word_of_the_list_counts() -> None:
    assert [
        word for word in LISTED if any(c in "一二三四五六七八九十百千万亿两" for c in word)
    ] == []


def test_words_that_judge_are_in_no_list() -> None:
    vocabulary = load_vocabulary()
    judging = set(BY_HAND["judging"].split())
    assert {"诈骗", "应当", "违法"} <= judging
    assert judging & set(vocabulary.words) == set()
    assert vocabulary.stranger("对方应该支付工资", "") == "应该"
    assert vocabulary.stranger("对方应该支付工资", "他应该给我") == ""


@pytest.mark.parametrize("law", ["民法典", "刑法", "劳动法", "劳动合同法", "信访工作条例", "宪法"])
def test_no_law_is_an_ordinary_word(law: str) -> None:
    assert load_vocabulary().stranger(f"依据{law}", "") != ""


@pytest.mark.parametrize("place", ["北京", "浙江省", "柳河镇", "上海", "东莞", "中国", "长沙"])
def test_no_place_is_an_ordinary_word(place: str) -> None:
    assert load_vocabulary().stranger(f"事情在{place}发生", "") != ""


def test_a_unit_stands_only_after_a_number() -> None:
    vocabulary = load_vocabulary()
    assert vocabulary.stranger("有3张照片", "") == ""
    assert vocabulary.stranger("有三张照片", "") == ""
    assert vocabulary.stranger("有张照片", "") != ""
    assert numerals.parse("三") == 3


def test_letters_count_as_words_of_their_own() -> None:
    vocabulary = load_vocabulary()
    assert vocabulary.stranger("在ABC公司", "他在abc公司上班") == ""
    assert vocabulary.stranger("在AB公司", "他在abc公司上班") == "AB"
