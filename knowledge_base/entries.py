"""An entry of the guidance: one question people ask, how they ask it, and the reviewed answer."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

NATIONAL = "000000"
NextStep = Literal["consultation", "petition", "mediation", "legal_aid", "person", "police", "none"]


def _number_as_text(value: Any) -> Any:
    """YAML reads 85 as a number; article numbers, codes and phone numbers are text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text = Annotated[str, Field(min_length=1)]
Numeric = Annotated[str, BeforeValidator(_number_as_text)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Citation(_Model):
    """``law`` is any usual name of the law, ``article`` is ``85`` or ``26之一``."""

    law: Text
    article: Annotated[Numeric, Field(pattern=r"^\d{1,4}(之[一二三四五六七八九十]+)?$")]


class AnswerText(_Model):
    """The answer in the order it is shown. Empty parts are left out."""

    conclusion: Text
    steps: list[Text] = []
    evidence: list[Text] = []
    time_limit: str = ""
    where: str = ""

    def pieces(self) -> list[str]:
        """Every piece of text a citizen would read."""
        return [self.conclusion, *self.steps, *self.evidence, self.time_limit, self.where]


class Entry(_Model):
    """Two entries may share an ``id`` when their ``jurisdiction`` differs: the one whose place is
    nearer to the citizen's is shown instead of the national one."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$")]
    topic: str = ""
    question: Text
    paraphrases: list[Text] = []
    answer: AnswerText
    citations: list[Citation] = []
    jurisdiction: Annotated[Numeric, Field(pattern=r"^\d{6}$")] = NATIONAL
    reviewed: date
    review_by: date
    next_step: NextStep = "none"
    related: list[str] = []
    hotlines: list[Numeric] = []

    @property
    def questions(self) -> list[str]:
        return [self.question, *self.paraphrases]

    @property
    def document(self) -> str:
        """The words of the whole entry, for lexical search."""
        return "\n".join([self.question, *(p for p in self.answer.pieces() if p)])


def applies_in(jurisdiction: str, place: str) -> bool:
    """Whether guidance for ``jurisdiction`` applies in ``place``: 410000 does in 411003."""
    return place.startswith(prefix(jurisdiction))


def prefix(code: str) -> str:
    """The digits of an administrative code that say something: 41 of 410000, none of 000000."""
    while code.endswith("00"):
        code = code[:-2]
    return code
