"""The words for somebody who may be in danger (``casework/texts/crisis.yml``)."""

from __future__ import annotations

from collections.abc import Iterable

from casework.domain.conversation import RiskLevel
from casework.texts import Texts


def safety_words(texts: Texts, level: RiskLevel, signals: Iterable[str]) -> str:
    """The text for the most urgent signal that has one at this level, else the general one."""
    for signal in signals:
        if texts.has(f"crisis.words.{signal}"):
            key = f"crisis.{level}.{texts.say(f'crisis.words.{signal}')}"
            if texts.has(key):
                return texts.say(key)
    return texts.say(f"crisis.{level}.general")
