"""The baseline's form validator, as rasa-sdk's manual begins it (runs in the bot environment)."""

from rasa_sdk import FormValidationAction


class ValidatePetitionForm(FormValidationAction):
    """Takes every answer as it is: the round trip to the action server is what is measured."""

    def name(self) -> str:
        """The name Rasa calls it by."""
        return "validate_petition_form"
