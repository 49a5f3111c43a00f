"""What a message means while a form is being filled in: an answer, or an interruption.

Plain rules on a small record, so that they can be read and tested without Rasa. The order is the
meaning: the first rule that recognises the message decides, and the last one calls it an answer, so
that nobody gets stuck. What the answer is worth is for casework to judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from components.text import load

OPEN_QUESTIONS = ("text", "choice", None)
_WINDOW = 80
_STORY = 20


@dataclass(frozen=True)
class Asked:
    """A message in a form. ``intent`` and ``confidence`` are the classifier's or the lexicon's.

    ``fixed``: the lexicon knows the whole message. ``plain``: the normal form of the text.
    """

    plain: str
    intent: str
    confidence: float
    fixed: bool = False
    kinds: frozenset[str] = field(default_factory=frozenset)
    asking_kind: str | None = None
    stage: str | None = None
    form: str | None = None
    owner: str | None = None
    asked_back: bool = False  # the message before was a side question too, at the same question

    @property
    def length(self) -> int:
        return len(self.plain)

    @property
    def open(self) -> bool:
        """A free text was asked for, in which almost any sentence can be an answer."""
        return self.asking_kind in OPEN_QUESTIONS


class FormRules:
    """``decide`` names the intent of a message in a form."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        data = data or load("form_context.yml")
        self._answered_by = {kind: frozenset(by) for kind, by in data["answered_by"].items()}
        self._patterns = {
            name: re.compile(value if isinstance(value, str) else "|".join(value))
            for name, value in data.items()
            if name != "answered_by"
        }

    def decide(self, asked: Asked) -> str:
        """The intent. Never ``nlu_fallback``: what nobody recognises is an answer."""
        stages: dict[str | None, tuple[Callable[[Asked], str | None], ...]] = {
            "consent": (
                self._crisis,
                self._consent,
                self._fixed,
                self._interruption,
                self._control,
            ),
            "review": (self._crisis, self._fixed, self._review, self._interruption),
        }
        collecting = (
            self._crisis,
            self._sought_entity,
            self._fixed,
            self._correction,
            self._yes_or_no,
            self._stop,
            self._interruption,
            self._control,
        )
        for rule in stages.get(asked.stage, collecting):
            intent = rule(asked)
            if intent:
                return intent
        return "inform"

    def requested(self, asked: Asked) -> str:
        """The intent of a message outside any form: a story that says what is wanted is a request."""
        if asked.intent not in ("inform", "nlu_fallback") or asked.length < _STORY:
            return asked.intent
        for intent in ("petition", "consultation"):
            if self._patterns[f"wants_{intent}"].search(asked.plain):
                return intent
        return asked.intent

    def _says(self, name: str, asked: Asked) -> bool:
        return bool(self._patterns[name].search(asked.plain[:_WINDOW]))

    # ── the rules ────────────────────────────────────────────────────────────────────────────────

    def _crisis(self, asked: Asked) -> str | None:
        sure = asked.intent == "crisis" and asked.confidence >= 0.75 and asked.length <= 20
        return "crisis" if sure else None

    def _sought_entity(self, asked: Asked) -> str | None:
        """The phone number that was asked for is the answer, whatever stands around it."""
        sought = self._answered_by.get(asked.asking_kind or "", frozenset())
        return "inform" if sought & asked.kinds else None

    def _fixed(self, asked: Asked) -> str | None:
        """Words of the lexicon, but topics such as 信访 can answer "where have you been?"."""
        if not asked.fixed:
            return None
        if asked.intent in ("consultation", "petition", "progress") and asked.open:
            return "inform" if asked.length <= 2 or asked.intent == asked.form else asked.intent
        if asked.intent == "leave_queue" and asked.owner != "waiting":
            return "inform"
        return asked.intent

    def _consent(self, asked: Asked) -> str | None:
        if asked.intent in ("privacy", "why", "person", "cancel", "legal_question"):
            return None
        if asked.fixed and asked.intent in ("affirm", "deny"):
            return asked.intent
        if asked.intent == "resume" and asked.length <= 10:
            return "affirm"
        if asked.length <= 12 and self._says("refusal", asked):
            return "deny"
        if asked.length <= 12 and self._says("consent", asked):
            return "affirm"
        return None

    def _review(self, asked: Asked) -> str | None:
        if self._says("correction", asked) or asked.kinds:
            return "correct"
        if self._says("hold", asked):
            return "deny"
        if self._asks(asked) and asked.intent in ("legal_question", "why", "privacy"):
            return None
        if asked.length <= 14 and self._says("disagreement", asked):
            return "deny" if asked.length <= 5 else "correct"
        if asked.intent in ("nlu_fallback", "progress") and self._side_question_at_review(asked):
            return "legal_question"  # 提交以后多久有答复 begins like an agreement
        if asked.length <= 12 and self._says("agreement", asked):
            return "affirm"
        if self._says("addition", asked) or (asked.intent == "correct" and asked.length <= 40):
            return "correct"
        return self._control(asked)

    def _correction(self, asked: Asked) -> str | None:
        limit = 30 if asked.open else 40
        if asked.length <= limit and self._says("correction", asked):
            return None if self._says("plea", asked) else "correct"
        return None

    def _yes_or_no(self, asked: Asked) -> str | None:
        if asked.asking_kind != "yesno" or self._asks(asked):
            return None
        if self._says("says_no", asked):
            return "deny"
        return "affirm" if self._says("says_yes", asked) else None

    def _stop(self, asked: Asked) -> str | None:
        if self._says("stop", asked):
            return "cancel"
        if asked.length <= 24 and self._says("change", asked):
            other = {"consultation": "petition", "petition": "consultation"}
            return other.get(asked.form or "")
        return "resume" if self._says("coming_back", asked) else None

    def _interruption(self, asked: Asked) -> str | None:
        """A side question, or a wish for something else than the form."""
        intent, sure = asked.intent, asked.confidence
        if asked.asking_kind in ("name", "phone") and self._says("anonymous", asked):
            return None
        if intent == "person":
            if self._says("told_of_person", asked):
                return None
            short = asked.length <= 20 and sure >= 0.5
            return intent if short and (not asked.open or self._says("person", asked)) else None
        if intent == "leave_queue":
            return intent if asked.owner == "waiting" and sure >= 0.5 else None
        if intent == "legal_question" or (intent == "nlu_fallback" and not asked.open):
            return "legal_question" if self._side_question(asked) else None
        if intent in ("progress", "privacy", "menu"):
            least, longest = (0.7, 16) if asked.open else (0.5, 24)
            return intent if sure >= least and asked.length <= longest else None
        if intent in ("consultation", "petition"):
            if asked.open and asked.stage is not None and asked.stage != "consent":
                return None  # 我要投诉他 may be just what is wanted; _stop knows the clear cases
            return intent if sure >= 0.6 and intent != asked.form and asked.length <= 20 else None
        return None

    def _asks(self, asked: Asked) -> bool:
        return self._says("question", asked)

    def _side_question(self, asked: Asked) -> bool:
        """仲裁要交钱吗 is one; 公司拖欠工资，该怎么办, told when a text was asked for, is not."""
        if not self._asks(asked):
            return False
        if not asked.open:
            return True
        if asked.asked_back:
            return False  # whoever comes back to it means it as the answer
        if asked.length > 20 or asked.confidence < 0.5:
            return False
        return not (self._says("plea", asked) or self._says("story", asked))

    def _side_question_at_review(self, asked: Asked) -> bool:
        if asked.intent == "progress" and asked.confidence >= 0.7:
            return False
        return self._asks(asked) and not self._says("story", asked)

    def _control(self, asked: Asked) -> str | None:
        """Skip, back, why … in words that the lexicon does not have."""
        least, longest = (0.7, 12) if asked.open else (0.5, 16)
        if asked.confidence < least or asked.length > longest or asked.plain.isdecimal():
            return None
        allowed = {"skip", "go_back", "why", "review", "thanks", "goodbye", "greet"}
        if not asked.open or asked.stage == "review":
            allowed |= {"cancel", "out_of_scope", "resume"}
        return asked.intent if asked.intent in allowed else None
