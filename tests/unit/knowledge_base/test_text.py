import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.text import is_chinese, normalise, sentences


def test_full_width_control_and_invisible_characters_are_cleaned() -> None:
    assert normalise("　欠 ＡＢＣ　１２３\u200b元\x00\n怎么办？\ud800 ") == "欠 abc 123元 怎么办?"


@given(st.text())
def test_normalising_never_fails_and_never_changes_again(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert once.isprintable()


@pytest.mark.parametrize("text", ["公司欠我工资", "我的iPhone坏了商家不修", "N+1怎么算赔偿"])
def test_chinese_with_a_few_foreign_letters_is_chinese(text: str) -> None:
    assert is_chinese(text)


@pytest.mark.parametrize(
    "text",
    [
        "hello world",
        "お元気ですか私は",
        "안녕하세요",
        "Привет",
        "12345",
        "",
        "what is 工资 in english please",
    ],
)
def test_other_languages_and_bare_numbers_are_not(text: str) -> None:
    assert not is_chinese(text)


def test_a_text_falls_into_its_sentences() -> None:
    assert sentences("他打我。我怕！怎么办？") == ["他打我", "我怕", "怎么办"]
