"""When to say "I did not understand": better no answer than a wrong one said with confidence."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.exaggeration import exaggerates
from components.part import Part
from components.text import normalise


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ConfidenceGate(Part):
    """Turns a weak or unlikely intent into ``nlu_fallback``, which searches the guidance.

    Weak: under ``confidence``, or less than ``margin`` ahead of the next. Unlikely: an intent of
    ``short_intents`` (a greeting, 上一步 …) in a message longer than ``short_length`` characters,
    which is somebody's story; one of ``sure_intents`` under ``sure_confidence``; or a crisis in
    nothing but a figure of speech (气死我了).
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "confidence": 0.4,
            "margin": 0.15,
            "short_intents": [],
            "short_length": 24,
            "sure_intents": [],
            "sure_confidence": 0.75,
        }

    def _accepts(self, text: str, ranking: list[dict[str, Any]]) -> bool:
        best, *others = ranking
        second = others[0]["confidence"] if others else 0.0
        if best["confidence"] < self.config["confidence"]:
            return False
        if best["confidence"] - second < self.config["margin"]:
            return False
        sure = best["confidence"] >= self.config["sure_confidence"]
        if best["name"] in self.config["sure_intents"] and not sure:
            return False
        if best["name"] == "crisis" and exaggerates(text):
            return False
        if best["name"] in self.config["short_intents"]:
            return len(normalise(text)) <= self.config["short_length"]
        return True

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            ranking = message.get("intent_ranking")
            text = message.get(TEXT) or ""
            if message.get("fixed") or not ranking or self._accepts(text, ranking):
                continue
            fallback = {"name": "nlu_fallback", "confidence": ranking[0]["confidence"]}
            message.set(INTENT, fallback, add_to_output=True)
        return messages
