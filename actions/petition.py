"""Petitions (信访事项): the four actions of their form."""

from __future__ import annotations

from actions import forms
from casework.domain.matter import MatterKind


class BeginPetition(forms.Begin):
    action_name = "action_begin_petition"
    kind = MatterKind.PETITION


class ValidatePetition(forms.Validate):
    action_name = "validate_petition_form"
    kind = MatterKind.PETITION


class AskPetition(forms.Ask):
    action_name = "action_ask_petition_form_petition_done"


class SubmitPetition(forms.Submit):
    action_name = "action_submit_petition"
    kind = MatterKind.PETITION
