"""What the guidance asks before it answers: the same judgement of danger as the conversation's."""

from collections.abc import Callable

import pytest

from casework.bootstrap import danger_words
from casework.settings import load


@pytest.fixture(scope="module")
def words() -> Callable[[str], str | None]:
    return danger_words(load())


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("公司拖欠工资，我不想活了", "12356"),
        ("他拿着刀在我家门口，我该怎么办", "110"),
        ("刚喝了农药怎么办", "120"),
        ("欠我工资" + "不还" * 2000 + "我不想活了", "12356"),
    ],
)
def test_somebody_in_danger_gets_the_words_of_the_conversation(
    words: Callable[[str], str | None], said: str, number: str
) -> None:
    assert number in (words(said) or "")


@pytest.mark.parametrize(
    "said",
    [
        "父亲自杀身亡，债务要还吗",
        "老人留下遗书有效吗",
        "被打死了人要赔多少钱",
        "我想死亡证明去哪里开",
        "他威胁要起诉我",
    ],
)
def test_a_question_about_law_gets_none(words: Callable[[str], str | None], said: str) -> None:
    assert words(said) is None
