"""What is settled before any search, with the crisis patterns that ship."""

import re

import pytest

from knowledge_base.guard import MOST_CHARACTERS, stop_reason
from knowledge_base.sources import DEFAULT, read
from knowledge_base.text import normalise


@pytest.fixture(scope="module")
def crisis() -> list[re.Pattern[str]]:
    return [pattern.expression for pattern in read(DEFAULT).crisis]


def reason(text: str, crisis: list[re.Pattern[str]]) -> str | None:
    return stop_reason(normalise(text), crisis)


@pytest.mark.parametrize(
    "text",
    [
        "我不想活了",
        "活着没意思，想一死了之",
        "再不给钱我就去跳楼",
        "他拿着刀在我家门口",
        "他正在打我，快来人",
        "我要杀了他全家",
        "刚喝了农药",
        "我想自杀",
        "我杀人了怎么办",
        "逼急了我跟他们同归于尽",
        "欠我工资" + "不还" * 2000 + "我不想活了",
    ],
)
def test_danger_comes_first_however_long_the_text(text: str, crisis: list[re.Pattern[str]]) -> None:
    assert reason(text, crisis) == "crisis"


@pytest.mark.parametrize(
    "text",
    [
        "老公打我怎么办",
        "父亲自杀身亡，债务要还吗",
        "老人留下遗书有效吗",
        "被打死了人要赔多少钱",
        "我想死亡证明去哪里开",
        "邻居说要告我",
        "公司拖欠工资怎么办",
        "孩子不想上学",
        "他威胁要起诉我",
    ],
)
def test_a_question_about_the_past_or_about_law_is_no_crisis(
    text: str, crisis: list[re.Pattern[str]]
) -> None:
    assert reason(text, crisis) is None


@pytest.mark.parametrize("text", ["", "   ", "？！……", "\x00\u200b", "😀😀"])
def test_nothing_to_read_is_said_so(text: str, crisis: list[re.Pattern[str]]) -> None:
    assert reason(text, crisis) == "empty"


def test_a_text_beyond_the_limit_is_not_searched(crisis: list[re.Pattern[str]]) -> None:
    assert reason("欠" * MOST_CHARACTERS, crisis) is None
    assert reason("欠" * (MOST_CHARACTERS + 1), crisis) == "too_long"


@pytest.mark.parametrize("text", ["hello", "こんにちは元気ですか", "12345 67890"])
def test_other_languages_are_told_apart(text: str, crisis: list[re.Pattern[str]]) -> None:
    assert reason(text, crisis) == "other_language"
