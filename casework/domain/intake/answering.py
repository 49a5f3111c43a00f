"""What an answer puts into the draft: the fact asked for, others it tells, and the story."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casework.domain.draft import Draft
from casework.domain.extraction import bare_names, names
from casework.domain.extraction.entity import (
    ADDRESS,
    DATE,
    DURATION,
    NAME,
    ORGANISATION,
    PLACE,
    Entity,
)
from casework.domain.intake import ledger, mining
from casework.domain.intake.agenda import Agenda
from casework.domain.intake.answers import WHOLE, Answer, Unclear, read
from casework.domain.intake.revising import Revising, changed, over
from casework.domain.intake.said import Extract, Heard, Said
from casework.domain.intake.silence import Silence
from casework.domain.intake.topic import FactSpec, Topic
from casework.domain.intake.words import Move, Words, han
from casework.domain.text import fold

_CLAUSES = re.compile("[,，。;；\n]+")
# 找过村里 tells of a step, not of how many: 半个村的人.
_DONE = re.compile("过|没|找|去|向|调解|报警")
# Who is asked for the other side gives their own name in these words only.
_OWN = re.compile("我(?:叫|姓|名|的(?:名|姓)|是(?!被|给|在|找))|本人|俺(?:叫|是|姓)")
# What an answer to "who is it?" may consist of.
_WHO_AND_WHERE = (ORGANISATION, NAME, PLACE, ADDRESS)


class Answering:
    """The rules for one topic."""

    def __init__(
        self, topic: Topic, words: Words, extract: Extract, revising: Revising, agenda: Agenda
    ) -> None:
        self._topic = topic
        self._words = words
        self._extract = extract
        self._revising = revising
        self._agenda = agenda
        self.silence = Silence(topic, agenda)

    def answers_itself(self, spec: FactSpec, text: str, move: Move) -> bool:
        """Whether words that mean a move elsewhere are the answer here: 没有 to "any evidence?"."""
        if move is Move.ANSWER:
            return False
        if spec.yes_no and move in (Move.AFFIRM, Move.DENY):
            return True
        if spec.kind == "choice" and move in (Move.DENY, Move.AFFIRM, Move.NOTHING_MORE):
            return isinstance(read(spec, text, []), Answer)
        if spec.none and move in (Move.DENY, Move.NOTHING_MORE, Move.SKIP):
            answer = read(spec, text, [])
            return isinstance(answer, Answer) and answer.said == "none"
        if spec.kind == "name" and move in (Move.REFUSE, Move.SKIP):
            return names.from_answer(fold(text)) is not None  # 不想说真名，叫我周女士
        digits = any(c.isdigit() for c in fold(text))
        return digits and spec.kind in ("phone", "amount", "number", "date")

    def answer(self, draft: Draft, spec: FactSpec, heard: Heard) -> list[Said]:
        """Take a message as the answer to ``spec``."""
        entities = self._extract(heard.text)
        said = self._revising.corrected(draft, heard, entities)
        if said is not None:
            return said
        if self._asks_to_begin(heard) and not heard.insists:
            return [Said("begin.resumed")]
        if self._words.holds_on(heard.text) and not heard.insists:
            return [Said("ack.hold_on")]
        if (spec.id == "narrative" or heard.goes_on) and not draft.notes.get("editing"):
            return self.narrate(draft, heard, entities)
        if _takes_anything(spec) and not heard.insists and self._words.asks_aside(heard.text):
            return [Said("ack.aside")]
        answer = read(spec, heard.text, entities)
        others = self._mined(draft, heard, entities, besides=spec.id)
        own_name = self._own_name(draft, spec, heard.text)
        if own_name:
            answer, others = Unclear(), {**others, **own_name}
        if isinstance(answer, Answer) and self._is_elsewhere(spec, heard.text, entities, others):
            answer = Unclear()
        along = self._along(draft, spec, heard, entities, others, answer)
        if along:
            answer, others = Unclear(), along
        if isinstance(answer, Unclear) and self._means(draft, spec, heard, others):
            answer = Answer(heard.text.strip(), heard.text.strip())
        if isinstance(answer, Unclear):
            noted = ledger.put_all(draft, others, heard.message_id)
            kept = self._keep_rest(draft, spec, heard, entities, whole=not others)
            said = acknowledged(noted) or ([Said("ack.added")] if kept else [])
            said += self._over(others) + self._revising.sealing(draft)
            misread = self._misread(draft, spec, heard, entities)
            told = bool(noted or kept or misread)
            said += misread
            return self.silence.unclear(draft, spec, heard, answer, said, told)
        along_with = self._agenda.asked_along(draft, spec)
        if spec.kind == "date" and along_with and along_with.kind == "place":
            others = {**mining.place_beside(along_with, heard.text, entities), **others}
        if spec.also in others:  # of two things told at once each keeps its own words
            answer, others[spec.also] = self._apart(
                spec, heard, entities, answer, others[spec.also]
            )
        editing = bool(draft.notes.pop("editing", None))
        if ledger.is_short(draft, spec.id) and not editing:
            answer = ledger.longer(draft, spec.id, answer)
        noted = ledger.put_all(draft, {spec.id: answer, **others}, heard.message_id)
        self._keep_rest(draft, spec, heard, entities)
        said = [changed(draft, spec)] if editing else acknowledged(noted[1:])
        if answer.said and not editing:
            said.insert(0, Said(f"ack.{answer.said}", {"value": answer.text}))
        said += (
            over(spec, answer) + self._over(others) + self._misread(draft, spec, heard, entities)
        )
        return said + self._revising.sealing(draft)

    def narrate(
        self, draft: Draft, heard: Heard, entities: Sequence[Entity] | None = None
    ) -> list[Said]:
        """A piece of the story: it is added to what was told, and searched for other facts."""
        entities = self._extract(heard.text) if entities is None else entities
        spec = self._topic.facts[0]
        others = self._mined(draft, heard, entities, besides=spec.id)
        if not (others and mining.beyond(heard.text, entities) < 4):
            ledger.tell(draft, spec.id, heard.text.strip(), heard.message_id)
        noted = ledger.put_all(draft, others, heard.message_id)
        for fact_id in noted:
            self._judge_length(draft, fact_id)
        draft.notes.pop("thin", None)
        if han(ledger.text_of(draft, spec.id)) < spec.least and ledger.count(draft, spec.id) < 1:
            ledger.count_up(draft, spec.id)
            draft.notes["thin"] = True
        return acknowledged(noted) + self._over(others) + self._revising.sealing(draft)

    def _apart(
        self,
        spec: FactSpec,
        heard: Heard,
        entities: Sequence[Entity],
        answer: Answer,
        other: Answer,
    ) -> tuple[Answer, Answer]:
        """The two answers of a message that tells two things: 10月11号早上，城关镇人民路口."""
        also = self._topic.spec(spec.also)
        if spec.kind == "choice":
            rest = heard.text.replace(other.text, "", 1).strip(" ,，。.;；、!！\n")
            own = read(spec, rest, self._extract(rest))
            return (own if isinstance(own, Answer) else answer), other
        clauses = [clause for clause in _CLAUSES.split(heard.text) if clause.strip()]
        theirs = [clause for clause in clauses if other.text in clause]
        mine = [clause for clause in clauses if other.text not in clause]
        if spec.kind == "date" and also and mine and theirs:
            own, whole = self._read(spec, mine), self._read(also, theirs)
            if isinstance(own, Answer) and isinstance(whole, Answer):
                return own, whole
        found = mining.mine(self._topic, heard.text, entities, [spec.id])
        return found.get(spec.id, answer), other

    def _misread(
        self, draft: Draft, spec: FactSpec, heard: Heard, entities: Sequence[Entity]
    ) -> list[Said]:
        """What was wrong with a number that came along with the answer; it is asked for again."""
        also = self._topic.spec(spec.also)
        if also is None or also.kind != "phone" or also.id in draft.facts:
            return []
        number = read(also, heard.text, entities)
        if not isinstance(number, Unclear) or number.hint == Unclear().hint:
            return []
        draft.asked.append(also.id)
        return [Said(number.hint, {"label": also.label, **dict(number.values)})]

    def _read(self, spec: FactSpec, clauses: Sequence[str]) -> Answer | Unclear:
        said = "，".join(clauses)
        return read(spec, said, self._extract(said))

    def _over(self, others: dict[str, Answer]) -> list[Said]:
        """What is to be said of numbers that were told beside what was asked."""
        specs = [(self._topic.spec(fact_id), answer) for fact_id, answer in others.items()]
        return [said for spec, answer in specs if spec for said in over(spec, answer)]

    def _asks_to_begin(self, heard: Heard) -> bool:
        """我要反映问题, said while that is being done, answers nothing."""
        return bool(self._topic.request.fullmatch(fold(heard.text).strip(" 。.!,")))

    def _judge_length(self, draft: Draft, fact_id: str) -> None:
        """我想离婚 at the beginning of a story is a wish, but hardly the whole of it."""
        spec = self._topic.spec(fact_id)
        if spec and spec.enough and han(ledger.text_of(draft, fact_id)) < spec.enough:
            ledger.leave_short(draft, fact_id)

    def _is_elsewhere(
        self, spec: FactSpec, text: str, entities: Sequence[Entity], others: dict[str, Answer]
    ) -> bool:
        """An answer that is nothing but other facts (a phone number to "what do you want?")."""
        if spec.kind == "date" and not any(entity.kind in (DATE, DURATION) for entity in entities):
            return bool(others) and mining.beyond(text, entities) < 3  # 府前街 is no time
        names_somebody = _names_somebody(spec)
        value = names_somebody and mining.is_value(text, entities)
        if not (value or (others and mining.beyond(text, entities) < 3)):
            return False
        if spec.kind == "choice":
            return spec.free
        if spec.kind != "text":
            return False
        fit = _WHO_AND_WHERE if names_somebody else ()
        return not any(entity.kind in fit and entity.detail != "self" for entity in entities)

    def _means(self, draft: Draft, spec: FactSpec, heard: Heard, others: dict[str, Answer]) -> bool:
        """Whether words that are read as nothing are the answer all the same: said once more, or
        given to a question that was put again, they are kept as they stand."""
        if others or spec.kind in ("phone", "name", "text") or han(heard.text) < 2:
            return False
        return han(heard.text) <= WHOLE and (heard.insists or ledger.count(draft, spec.id) > 0)

    def _own_name(self, draft: Draft, spec: FactSpec, text: str) -> dict[str, Answer]:
        """李秀英, said where a wish or the steps taken before were asked for, is who speaks."""
        name = next((s for s in self._topic.facts if s.kind == "name"), None)
        if name is None or name.id in draft.facts or spec.kind not in ("text", "choice"):
            return {}
        said = text.strip(" ,，。.!！")
        whole = (0, len(said)) in bare_names.find(fold(said))
        elsewhere = "." in spec.id or _names_somebody(spec)
        return {name.id: Answer(said, said)} if whole and not elsewhere else {}

    def _along(
        self,
        draft: Draft,
        spec: FactSpec,
        heard: Heard,
        entities: Sequence[Entity],
        others: dict[str, Answer],
        answer: Answer | Unclear,
    ) -> dict[str, Answer]:
        """Where two things were asked for and only the other is answered, the whole answer is its:
        城关镇人民路口 is the place, and 就我一个 no lawsuit."""
        other = self._agenda.asked_along(draft, spec)
        if other is None or not set(others) <= {other.id}:
            return {}
        if self._words.asks_aside(heard.text):
            return {}
        if isinstance(answer, Answer) and not (spec.choices and answer.value == answer.text):
            return {}
        whole = read(other, heard.text, entities)
        if not isinstance(whole, Answer):
            return {}
        worded = other.kind == "place" or (other.kind == "number" and not _DONE.search(heard.text))
        return {other.id: whole} if worded or whole.value != whole.text else {}

    def _mined(
        self, draft: Draft, heard: Heard, entities: Sequence[Entity], besides: str
    ) -> dict[str, Answer]:
        open_ids = [
            spec.id
            for spec in self._topic.facts
            if spec.id != besides and (spec.id not in draft.facts or ledger.is_open(draft, spec.id))
        ]
        story = besides == self._topic.facts[0].id
        found = mining.mine(self._topic, heard.text, entities, open_ids, story=story)
        if not _names_somebody(self._topic.spec(besides)) or _OWN.search(fold(heard.text)):
            return found
        others = {entity.value for entity in entities if entity.kind == NAME}
        return {i: a for i, a in found.items() if a.value not in others}  # 我丈夫，名字叫唐军

    def _keep_rest(
        self,
        draft: Draft,
        spec: FactSpec,
        heard: Heard,
        entities: Sequence[Entity],
        whole: bool = False,
    ) -> bool:
        """Put words that no fact took into the story, so that nothing said is lost."""
        if spec.kind in ("text", "choice") and not whole:
            return False
        if mining.beyond(heard.text, entities) < 10:
            return False
        ledger.tell(draft, self._topic.facts[0].id, heard.text.strip(), heard.message_id)
        return True


def _names_somebody(spec: FactSpec | None) -> bool:
    """Whether the fact is who somebody else is."""
    return bool(spec and spec.told and ORGANISATION in spec.told.entities)


def _takes_anything(spec: FactSpec) -> bool:
    """Whether almost any words can be the answer, a question too."""
    return spec.kind in ("text", "place")


def acknowledged(noted: Sequence[str]) -> list[Said]:
    """The facts that were noted, read back."""
    return [Said("ack.noted", {"ids": list(noted)})] if noted else []
