import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.numerals import from_chinese, to_chinese


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (85, "八十五"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1079, "一千零七十九"),
        (1260, "一千二百六十"),
        (2000, "二千"),
        (2005, "二千零五"),
    ],
)
def test_an_article_number_is_written_as_the_laws_write_it(number: int, text: str) -> None:
    assert to_chinese(number) == text
    assert from_chinese(text) == number


@given(st.integers(min_value=1, max_value=9999))
def test_every_number_survives_being_written_and_read(number: int) -> None:
    assert from_chinese(to_chinese(number)) == number


def test_a_year_written_digit_by_digit_is_read() -> None:
    assert from_chinese("二〇二六") == 2026


@pytest.mark.parametrize("number", [0, -1, 10000])
def test_what_is_no_article_number_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="not the number of an article"):
        to_chinese(number)


@pytest.mark.parametrize("text", ["", "85", "第八条", "八a"])
def test_what_is_no_chinese_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a Chinese numeral"):
        from_chinese(text)
