"""Whole short messages whose meaning is fixed: 好, 没有错, 不知道, 转人工 …

A classifier over characters cannot tell 没有 from 没有错; a list can. It has the last word over the
classifier, which still gives the ranking.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.part import Part
from components.text import load, normalise

_LONGEST = 16
_PARTICLES = "啊呀吧哦噢喔嘛呗哈啦哟喽呢?"
_POLITE = re.compile(r"(谢谢|多谢|谢了)[你您]?[啊了啦]?$")  # 不办了 谢谢


class Lexicon:
    """``look_up`` finds the intent of a whole message, or None."""

    def __init__(self, groups: Mapping[str, Sequence[str]]) -> None:
        self._intents: dict[str, str] = {}
        for intent, phrases in groups.items():
            for phrase in phrases:
                # YAML 1.1 reads a bare yes, no, y and n as booleans in some loaders.
                known = self._intents.setdefault(normalise(str(phrase)), intent)
                if known != intent:
                    raise ValueError(f"{phrase} stands under {known} and {intent}")

    def look_up(self, text: str) -> str | None:
        if len(text) > 4 * _LONGEST:
            return None
        plain = normalise(text)
        if len(plain) > _LONGEST:
            return None
        for words in (plain, plain.rstrip(_PARTICLES), _POLITE.sub("", plain)):
            if words in self._intents:
                return self._intents[words]
        return None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ShortReplies(Part):
    """Sets ``intent`` with confidence 1.0 and ``fixed`` for a message that the lexicon knows."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._lexicon = Lexicon(load("lexicon.yml"))

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            intent = self._lexicon.look_up(message.get(TEXT) or "")
            if intent:
                message.set(INTENT, {"name": intent, "confidence": 1.0}, add_to_output=True)
                message.set("fixed", True)
        return messages
