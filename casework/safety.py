"""The words for somebody who may be in danger (``casework/texts/crisis.yml``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from casework.domain.conversation import RiskLevel
from casework.domain.ownership import DANGER
from casework.domain.risk import RiskAssessor
from casework.texts import Texts


def safety_words(texts: Texts, level: RiskLevel, signals: Iterable[str]) -> str:
    """The text for the most urgent signal that has one at this level, else the general one."""
    for signal in signals:
        if texts.has(f"crisis.words.{signal}"):
            key = f"crisis.{level}.{texts.say(f'crisis.words.{signal}')}"
            if texts.has(key):
                return texts.say(key)
    return texts.say(f"crisis.{level}.general")


def hearing_danger(risk: RiskAssessor, texts: Texts) -> Callable[[str], str | None]:
    """What the guidance asks before it answers (``knowledge_base.guard.Danger``): the words for
    somebody in danger (orange or red), or None."""

    def words(question: str) -> str | None:
        found = risk.assess(question)
        return safety_words(texts, found.level, found.signals) if found.level in DANGER else None

    return words
