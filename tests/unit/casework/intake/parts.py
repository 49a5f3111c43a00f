"""The real topics and lexicon, and drafts to try them on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count

from casework import intakes
from casework.domain.draft import Draft, Stage
from casework.domain.extraction import Entity, extract
from casework.domain.intake.interview import Interview
from casework.domain.intake.said import Heard
from casework.domain.matter import MatterKind

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LOADED = intakes.load()
_ids = count(1)


def find(text: str) -> list[Entity]:
    return extract(text, TODAY)


def interview(kind: MatterKind = MatterKind.CONSULTATION) -> Interview:
    return LOADED.interview(kind, find)


def draft(kind: MatterKind = MatterKind.CONSULTATION, stage: Stage = Stage.CONSENT) -> Draft:
    return Draft("d1", "c1", kind, NOW, NOW, stage=stage)


class Talk:
    """A citizen who is asked by the rules alone. ``says`` returns the keys and texts said back."""

    def __init__(self, kind: MatterKind = MatterKind.CONSULTATION, *told: str) -> None:
        self.rules = interview(kind)
        self.draft = draft(kind)
        self.rules.start(self.draft, [Heard(f"m{next(_ids)}", text) for text in told])

    def says(self, text: str, intent: str = "inform") -> list[str]:
        heard = Heard(f"m{next(_ids)}", text, intent)
        self.last_id = heard.message_id
        return [said.key or said.text for said in self.rules.take(self.draft, heard)]

    def goes_on(self, *texts: str) -> Talk:
        for text in texts:
            self.says(text)
        return self

    def answers(self) -> Talk:
        """Says all that is asked for now, with a fact that is asked for in the same breath."""
        spec = self.rules.topic.spec(self.asked)
        assert spec is not None
        along = self.rules.agenda.asked_along(self.draft, spec)
        self.says("，".join(ANSWERS[one.id] for one in (spec, along) if one))
        return self

    def until(self, fact_id: str) -> Talk:
        """Answers until ``fact_id`` is asked for."""
        while self.asked != fact_id:
            self.answers()
        return self

    @property
    def asked(self) -> str | None:
        return self.draft.asking

    def fact(self, fact_id: str) -> str:
        found = self.draft.facts.get(fact_id)
        return found.text if found else ""


STORY = "去年三月我在城关镇的宏达建筑有限公司干活，欠我工资三万五，一直拖着不给"
ANSWERS: dict[str, str] = {
    "narrative": "我在工地干了三个月活，老板一直没给工资，打电话也不接",
    "against": "宏达建筑有限公司",
    "when": "去年三月",
    "where": "城关镇人民路",
    "amount": "三万五",
    "wanted": "把工资要回来",
    "evidence": "有聊天记录",
    "name": "王建国",
    "phone": "13812345678",
    "earlier": "都没有",
    "people": "就我一个",
}


def to_review(kind: MatterKind = MatterKind.CONSULTATION) -> Talk:
    """A talk in which everything was answered."""
    talk = Talk(kind)
    while talk.asked:
        talk.answers()
    return talk


Maker = Callable[[], Talk]
