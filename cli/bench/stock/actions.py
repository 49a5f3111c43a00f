"""The baseline's form validator, as the manual of rasa-sdk writes it (runs in the bot environment)."""

from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict


class ValidatePetitionForm(FormValidationAction):
    """Accepts any answer of at least one character."""

    def name(self) -> str:
        return "validate_petition_form"

    def validate_what(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return {"what": value if str(value).strip() else None}

    def validate_when(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return {"when": value if str(value).strip() else None}

    def validate_where(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return {"where": value if str(value).strip() else None}

    def validate_against(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return {"against": value if str(value).strip() else None}
