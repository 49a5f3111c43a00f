"""Outlines of stories by the topics that ship."""

from __future__ import annotations

from datetime import date

from casework import intakes
from casework.domain.extraction import extract
from casework.domain.outline.outline import Outline
from casework.domain.topics.story import Piece, Story

TODAY = date(2026, 11, 23)
OUTLINER = intakes.load().outliner


def outline(text: str, today: date = TODAY) -> Outline:
    story = Story(Piece(text, ("m1",)))
    return OUTLINER.make(story, extract(story.text, today), today)
