"""Safety comes first: what casework judged dangerous is a crisis, whatever the words look like."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.part import Part

DANGEROUS = ("red", "orange")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CrisisGuard(Part):
    """Forces the intent ``crisis`` when ``metadata.risk`` is red or orange. The last component.

    Each crisis message carries its level as the entity ``risk``, which fills the slot of that name:
    red stops a form, orange lets it go on (data/rules/crisis.yml). A crisis that only the
    classifier saw counts as orange.
    """

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if (message.get(TEXT) or "").startswith("/"):
                continue
            risk = (message.get("metadata") or {}).get("risk")
            if risk in DANGEROUS:
                message.set(INTENT, {"name": "crisis", "confidence": 1.0}, add_to_output=True)
            elif (message.get(INTENT) or {}).get("name") == "crisis":
                risk = "orange"
            else:
                continue
            level = {"entity": "risk", "value": risk, "start": 0, "end": 0}
            entities = [*(message.get(ENTITIES) or []), {**level, "extractor": "CrisisGuard"}]
            message.set(ENTITIES, entities, add_to_output=True)
        return messages
