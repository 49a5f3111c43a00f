"""Decides whether a message in a form is an answer, a command to the form, or an interruption.

Stock Rasa asks the classifier, which has no idea what was asked: a short answer (拆迁) becomes
nlu_fallback and the slot is asked again for ever, a story that ends in 怎么办 becomes a question and
is never taken as the answer. This component knows the active form from the tracker and what is
being asked from the message's metadata.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from components import interruptions
from components.form_rules import Asked, FormRules
from components.part import Part
from components.text import normalise

_SUFFIX = "_form"

# The other half of this component: an intent chosen here is obeyed there, in training and serving.
interruptions.install()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class FormContext(Part):
    """Rewrites the intent while a form is active. Comes after the gate, before the guard."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._rules = FormRules()

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        """Rasa hands in the tracker because the parameter has this name."""
        form = tracker.active_loop_name if tracker else None
        for message in messages:
            text = message.get(TEXT) or ""
            if text.startswith("/"):
                continue
            asked = self._asked(message, text, form or "", tracker and tracker.latest_message)
            intent = self._rules.decide(asked) if form else self._rules.requested(asked)
            if intent != asked.intent:
                message.set(INTENT, {"name": intent, "confidence": 1.0}, add_to_output=True)
        return messages

    def _asked(self, message: Message, text: str, form: str, before: UserUttered | None) -> Asked:
        metadata = message.get("metadata") or {}
        intent = message.get(INTENT) or {}
        before_intent = before.intent.get("name") if before else None
        before_asking = (before.metadata or {}).get("asking") if before else None
        return Asked(
            plain=normalise(text),
            intent=intent.get("name") or "nlu_fallback",
            confidence=float(intent.get("confidence") or 0.0),
            fixed=bool(message.get("fixed")),
            kinds=frozenset(e["entity"] for e in message.get(ENTITIES) or []),
            asking_kind=metadata.get("asking_kind"),
            stage=metadata.get("stage"),
            form=form[: -len(_SUFFIX)] if form.endswith(_SUFFIX) else form,
            owner=metadata.get("owner"),
            asked_back=before_intent == "legal_question"
            and before_asking == metadata.get("asking") is not None,
        )
