"""The order of an intake: what a message does to a draft, and what is asked next.

Nothing here is said in words: what is to be said is named by a key of ``casework/texts/intake.yml``
or comes from the topic file. ``casework/intake.py`` keeps the draft and speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casework.domain.draft import Draft, Stage
from casework.domain.extraction import names
from casework.domain.extraction.entity import ADDRESS, NAME, ORGANISATION, PLACE, Entity
from casework.domain.intake import ledger, mining
from casework.domain.intake.agenda import Agenda
from casework.domain.intake.answers import Answer, Unclear, read
from casework.domain.intake.revising import Revising, changed, over
from casework.domain.intake.said import Extract, Heard, Said
from casework.domain.intake.topic import FactSpec, Topic
from casework.domain.intake.words import Move, Words, han
from casework.domain.text import fold

# How often a question is put before it is left open, or before a person is offered.
ASKED_ENOUGH = 3
_THIN = 48  # A beginning shorter than this is no story yet; half of it where it told facts.
# What an answer to "who is it?" may consist of.
_WHO_AND_WHERE = (ORGANISATION, NAME, PLACE, ADDRESS)


class Interview:
    """The rules for one topic. ``extract`` knows today's date and the bureau's places."""

    def __init__(self, topic: Topic, words: Words, extract: Extract) -> None:
        self.topic = topic
        self._words = words
        self._extract = extract
        self.agenda = Agenda(topic)
        self._revising = Revising(topic, extract, self.agenda)

    # ── beginning ────────────────────────────────────────────────────────────────────────────────

    def start(self, draft: Draft, told: Sequence[Heard]) -> list[Said]:
        """Take what was told before the first question; the draft is being filled from now on."""
        draft.stage = Stage.COLLECTING
        said: list[Said] = []
        before = ledger.text_of(draft, "narrative")
        for heard in told:
            accuses = self.topic.accuses(fold(heard.text))
            text = heard.text if accuses else self._without_request(heard.text)
            if han(text) >= 4:
                said += self._narrate(draft, replace(heard, text=text))
        story = ledger.text_of(draft, "narrative")
        if story != before and 0 < han(story) < (_THIN if len(draft.facts) < 3 else _THIN // 2):
            draft.notes["thin"] = True
            said.insert(0, Said("begin.mined", {"text": story.replace("\n", " ")}))
        self.agenda.settle(draft)
        return said

    def _without_request(self, text: str) -> str:
        """The message without its 我要咨询律师, where it begins with that."""
        match = self.topic.request.match(text.lstrip())
        rest = text.lstrip()[match.end() :] if match else text
        return rest.strip(" ,，。.!！:：、\n")

    # ── one message ──────────────────────────────────────────────────────────────────────────────

    def take(self, draft: Draft, heard: Heard) -> list[Said]:
        """What the message changes in the draft, and what is to be said about it."""
        move = self._words.move(heard.text, heard.intent)
        if draft.stage is Stage.CONSENT:
            return self._consent(draft, heard, move)
        if draft.stage is Stage.REVIEW:
            said = self._revising.review(draft, heard, move)
            if said is None:
                said = self._supplement(draft, heard)
        elif draft.stage is Stage.COLLECTING:
            said = self._collect(draft, heard, move)
        else:
            return []
        self.agenda.settle(draft)
        return said

    def _consent(self, draft: Draft, heard: Heard, move: Move) -> list[Said]:
        if move is Move.AFFIRM:
            draft.notes["consented"] = True
            return []
        if move in (Move.DENY, Move.REFUSE, Move.CANCEL, Move.SKIP):
            ledger.wipe(draft)
            draft.stage = Stage.CANCELLED
            draft.notes["denied"] = True
            return [Said("consent.denied")]
        if move is Move.ANSWER and han(heard.text) >= 4:
            draft.notes.setdefault("first", []).append(heard.message_id)
        draft.notes["consent_asked"] = True
        return []

    def _collect(self, draft: Draft, heard: Heard, move: Move) -> list[Said]:
        spec = self.topic.spec(draft.asking)
        editing = draft.notes.get("editing")
        if spec is None:
            return self._supplement(draft, heard)
        if editing and move in (Move.REVIEW, Move.BACK, Move.CANCEL, Move.SKIP, Move.NOTHING_MORE):
            draft.notes.pop("editing")
            return []
        if self._answers_itself(spec, heard.text, move):
            return self._answer(draft, spec, heard)
        if move is Move.WHY:
            return [Said(text=spec.why)]
        if move is Move.BACK:
            return [Said("ack.back" if ledger.undo(draft) else "ack.nothing_back")]
        if move is Move.CANCEL:
            draft.notes["paused"] = True
            return [Said("cancelled.paused")]
        if move is Move.REVIEW:
            return [Said("review", {"partial": True}), Said("ack.not_yet")]
        if move is Move.CORRECT:
            self._revising.choose(draft)
            return []
        if move is Move.REFUSE and spec.refusable:
            ledger.put(draft, spec.id, Answer("", None), heard.message_id, refused=True)
            return [Said(text=spec.refused)]
        if move in (Move.SKIP, Move.REFUSE):
            return self._skip(draft, spec, heard)
        if move in (Move.EMPTY, Move.AFFIRM, Move.DENY, Move.NOTHING_MORE):
            return self._said_nothing(draft, spec, heard, move)
        return self._answer(draft, spec, heard)

    # ── answers ──────────────────────────────────────────────────────────────────────────────────

    def _answers_itself(self, spec: FactSpec, text: str, move: Move) -> bool:
        """Whether words that mean a move elsewhere are the answer here: 没有 to "any evidence?"."""
        if move is Move.ANSWER:
            return False
        if spec.kind == "choice" and move in (Move.DENY, Move.AFFIRM, Move.NOTHING_MORE):
            return isinstance(read(spec, text, []), Answer)
        if spec.none and move in (Move.DENY, Move.NOTHING_MORE, Move.SKIP):
            answer = read(spec, text, [])
            return isinstance(answer, Answer) and answer.said == "none"
        if spec.kind == "name" and move in (Move.REFUSE, Move.SKIP):
            return names.from_answer(fold(text)) is not None  # 不想说真名，叫我周女士
        digits = any(c.isdigit() for c in fold(text))
        return digits and spec.kind in ("phone", "amount", "number", "date")

    def _answer(self, draft: Draft, spec: FactSpec, heard: Heard) -> list[Said]:
        entities = self._extract(heard.text)
        said = self._revising.corrected(draft, heard, entities)
        if said is not None:
            return said
        if spec.id == "narrative" and not draft.notes.get("editing"):
            return self._narrate(draft, heard, entities)
        answer = read(spec, heard.text, entities)
        others = self._mined(draft, heard, entities, besides=spec.id)
        if isinstance(answer, Answer) and self._is_elsewhere(spec, heard.text, entities, others):
            answer = Unclear()
        if isinstance(answer, Unclear):
            noted = ledger.put_all(draft, others, heard.message_id)
            kept = self._keep_rest(draft, spec, heard, entities, whole=not others)
            return self._unclear(draft, spec, heard, answer, noted, kept)
        editing = bool(draft.notes.pop("editing", None))
        noted = ledger.put_all(draft, {spec.id: answer, **others}, heard.message_id)
        self._keep_rest(draft, spec, heard, entities)
        said = [changed(draft, spec)] if editing else _ack(noted[1:])
        if answer.said and not editing:
            said.insert(0, Said(f"ack.{answer.said}", {"value": answer.text}))
        return said + over(spec, answer) + self._revising.sealing(draft)

    def _narrate(
        self, draft: Draft, heard: Heard, entities: Sequence[Entity] | None = None
    ) -> list[Said]:
        """A piece of the story: it is added to what was told, and searched for other facts."""
        entities = self._extract(heard.text) if entities is None else entities
        spec = self.topic.facts[0]
        others = self._mined(draft, heard, entities, besides=spec.id)
        if not self._only_facts(heard.text, entities, others):
            ledger.tell(draft, spec.id, heard.text.strip(), heard.message_id)
        noted = ledger.put_all(draft, others, heard.message_id)
        draft.notes.pop("thin", None)
        if han(ledger.text_of(draft, spec.id)) < spec.least and ledger.count(draft, spec.id) < 1:
            ledger.count_up(draft, spec.id)
            draft.notes["thin"] = True
        return _ack(noted) + self._revising.sealing(draft)

    def _only_facts(self, text: str, entities: Sequence[Entity], others: dict[str, Answer]) -> bool:
        return bool(others) and mining.beyond(text, entities) < 6

    def _is_elsewhere(
        self, spec: FactSpec, text: str, entities: Sequence[Entity], others: dict[str, Answer]
    ) -> bool:
        """An answer that is nothing but other facts (a phone number to "what do you want?")."""
        names_somebody = bool(spec.told and ORGANISATION in spec.told.entities)
        value = names_somebody and mining.is_value(text, entities)
        if spec.kind != "text" or not (value or (others and mining.beyond(text, entities) < 3)):
            return False
        fit = _WHO_AND_WHERE if names_somebody else ()
        return not any(entity.kind in fit and entity.detail != "self" for entity in entities)

    def _mined(
        self, draft: Draft, heard: Heard, entities: Sequence[Entity], besides: str
    ) -> dict[str, Answer]:
        open_ids = [
            spec.id
            for spec in self.topic.facts
            if spec.id != besides and (spec.id not in draft.facts or ledger.is_open(draft, spec.id))
        ]
        story = besides == self.topic.facts[0].id
        return mining.mine(self.topic, heard.text, entities, open_ids, story=story)

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
        ledger.tell(draft, self.topic.facts[0].id, heard.text.strip(), heard.message_id)
        return True

    # ── no answer ────────────────────────────────────────────────────────────────────────────────

    def _unclear(
        self,
        draft: Draft,
        spec: FactSpec,
        heard: Heard,
        unclear: Unclear,
        noted: list[str],
        kept: bool,
    ) -> list[Said]:
        said = _ack(noted) or ([Said("ack.added")] if kept else [])
        said += self._revising.sealing(draft)
        if noted or kept:
            ledger.count_up(draft, spec.id)
            enough = ledger.count(draft, spec.id) >= ASKED_ENOUGH
            return said + self._leave(draft, spec, heard) if enough else said
        values = {"label": spec.label, "example": spec.example, **dict(unclear.values)}
        return said + self._again(draft, spec, heard, Said(unclear.hint, values))

    def _again(self, draft: Draft, spec: FactSpec, heard: Heard, hint: Said) -> list[Said]:
        """Put the question again with an example; the third time leave it, or offer a person."""
        ledger.count_up(draft, spec.id)
        if ledger.count(draft, spec.id) < ASKED_ENOUGH:
            return [hint]
        return self._leave(draft, spec, heard)

    def _leave(self, draft: Draft, spec: FactSpec, heard: Heard) -> list[Said]:
        if spec.required and not spec.yields:
            return [Said("reask.person_needed", {"example": spec.example})]
        draft.notes.pop("editing", None)
        if spec.id not in draft.facts:
            ledger.leave_open(draft, spec.id, heard.message_id)
        return [Said("reask.person")]

    def _skip(self, draft: Draft, spec: FactSpec, heard: Heard) -> list[Said]:
        if spec.refusable:
            ledger.put(draft, spec.id, Answer("", None), heard.message_id, refused=True)
            return [Said(text=spec.refused)]
        if draft.notes.get("thin") and spec.id == "narrative" and spec.id in draft.facts:
            draft.notes.pop("thin")
            return []
        if not spec.required:
            ledger.leave_open(draft, spec.id, heard.message_id)
            return [Said("ack.skipped")]
        values = {"label": spec.label, "example": spec.example}
        if spec.yields and ledger.count(draft, spec.id) >= 1:
            ledger.leave_open(draft, spec.id, heard.message_id)
            return [Said("ack.left_open")]
        return self._again(draft, spec, heard, Said("reask.roughly", values))

    def _said_nothing(self, draft: Draft, spec: FactSpec, heard: Heard, move: Move) -> list[Said]:
        if spec.id == "narrative" and draft.notes.get("thin") and spec.id in draft.facts:
            if move is not Move.EMPTY:
                draft.notes.pop("thin")
                return []
        elif spec.refusable and move in (Move.DENY, Move.NOTHING_MORE):
            ledger.put(draft, spec.id, Answer("", None), heard.message_id, refused=True)
            return [Said(text=spec.refused)]
        elif move is Move.NOTHING_MORE and not spec.required:
            ledger.leave_open(draft, spec.id, heard.message_id)
            return []
        values = {"label": spec.label, "example": spec.example}
        return self._again(draft, spec, heard, Said("reask.meaningless", values))

    def _supplement(self, draft: Draft, heard: Heard) -> list[Said]:
        """Something more, told when nothing was asked."""
        if han(heard.text) < 3:
            return [Said("ack.nothing_to_change")]
        noted = self._narrate(draft, heard)
        draft.notes.pop("thin", None)
        return noted or [Said("ack.supplement")]


def _ack(noted: Sequence[str]) -> list[Said]:
    return [Said("ack.noted", {"ids": list(noted)})] if noted else []
