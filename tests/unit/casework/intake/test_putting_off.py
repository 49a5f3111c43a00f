"""The citizen puts the rest off: what counts as that, and what is part of the story."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from casework import intakes
from casework.domain.intake.words import Move

WORDS = intakes.load().words
LINES = yaml.safe_load((Path(__file__).parent / "putting_off.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", LINES["pauses"])
def test_what_is_put_off_is_a_pause_whatever_the_dialogue_takes_it_for(text: str) -> None:
    for intent in ("inform", "cancel", "goodbye"):
        assert WORDS.move(text, intent) is Move.PAUSE


@pytest.mark.parametrize("text", LINES["answers"])
def test_words_of_the_story_put_nothing_off(text: str) -> None:
    assert WORDS.move(text, "inform") is not Move.PAUSE


@pytest.mark.parametrize("text", LINES["cancels"])
def test_whoever_gives_up_is_asked_whether_to_keep_it(text: str) -> None:
    assert WORDS.move(text, "cancel") is Move.CANCEL
