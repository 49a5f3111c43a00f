"""What is settled before any search."""

import pytest

from knowledge_base.guard import MOST_CHARACTERS, stop_reason
from knowledge_base.text import normalise


def reason(text: str) -> str | None:
    return stop_reason(normalise(text))


@pytest.mark.parametrize("text", ["", "   ", "？！……", "\x00\u200b", "😀😀"])
def test_nothing_to_read_is_said_so(text: str) -> None:
    assert reason(text) == "empty"


def test_a_text_beyond_the_limit_is_not_searched() -> None:
    assert reason("欠" * MOST_CHARACTERS) is None
    assert reason("欠" * (MOST_CHARACTERS + 1)) == "too_long"


@pytest.mark.parametrize("text", ["hello", "こんにちは元気ですか", "12345 67890"])
def test_other_languages_are_told_apart(text: str) -> None:
    assert reason(text) == "other_language"
