"""A risk assessor that knows four words."""

from __future__ import annotations

from dataclasses import dataclass

from casework.domain.conversation import RiskLevel

WORDS = {
    "不想活": RiskLevel.RED,
    "害怕": RiskLevel.ORANGE,
    "好几户": RiskLevel.YELLOW,
}


@dataclass(frozen=True)
class Found:
    level: RiskLevel
    signals: tuple[str, ...]


class FakeAssessor:
    def assess(self, text: str) -> Found:
        for word, level in WORDS.items():
            if word in text:
                return Found(level, (word,))
        return Found(RiskLevel.NONE, ())
