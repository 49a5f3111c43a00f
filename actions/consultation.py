"""Legal consultations (法律咨询): the four actions of their form."""

from __future__ import annotations

from actions import forms
from casework.domain.matter import MatterKind


class BeginConsultation(forms.Begin):
    action_name = "action_begin_consultation"
    kind = MatterKind.CONSULTATION


class ValidateConsultation(forms.Validate):
    action_name = "validate_consultation_form"
    kind = MatterKind.CONSULTATION


class AskConsultation(forms.Ask):
    action_name = "action_ask_consultation_form_consultation_done"


class SubmitConsultation(forms.Submit):
    action_name = "action_submit_consultation"
    kind = MatterKind.CONSULTATION
