"""The order of an intake: what a message does to a draft, and what is asked next.

Nothing here is said in words: what is to be said is named by a key of ``casework/texts/intake.yml``
or comes from the topic file. ``casework/intake.py`` keeps the draft and speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casework.domain.draft import Draft, Stage
from casework.domain.intake import ledger
from casework.domain.intake.agenda import Agenda
from casework.domain.intake.answering import Answering
from casework.domain.intake.revising import Revising
from casework.domain.intake.said import Extract, Heard, Said
from casework.domain.intake.topic import Topic
from casework.domain.intake.words import Move, Words, han
from casework.domain.text import fold

# What means nothing without the question that it answers.
_ANSWERS = (Move.AFFIRM, Move.DENY, Move.SKIP, Move.REFUSE, Move.NOTHING_MORE, Move.EMPTY)
_THIN = 48  # A beginning shorter than this is no story yet; half of it where it told facts.


class Interview:
    """The rules for one topic. ``extract`` knows today's date and the bureau's places."""

    def __init__(self, topic: Topic, words: Words, extract: Extract) -> None:
        self.topic = topic
        self._words = words
        self.agenda = Agenda(topic)
        self._revising = Revising(topic, extract, self.agenda)
        self._answering = Answering(topic, words, extract, self._revising, self.agenda)
        self._silence = self._answering.silence

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
                said += self._answering.narrate(draft, replace(heard, text=text))
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
        if heard.unread and move in _ANSWERS and not draft.notes.get("editing"):
            return []  # a yes or a no to something else: it is asked once more
        if move is Move.PAUSE:
            return self._pause(draft)
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

    def _pause(self, draft: Draft) -> list[Said]:
        """The citizen wants to go on another day; before the consent there is nothing to keep."""
        draft.notes["paused"] = True
        return [Said("cancelled.early" if draft.stage is Stage.CONSENT else "cancelled.kept")]

    def _consent(self, draft: Draft, heard: Heard, move: Move) -> list[Said]:
        if move is Move.AFFIRM:
            draft.notes["consented"] = True
            return []
        if move in (Move.DENY, Move.REFUSE, Move.CANCEL, Move.SKIP):
            ledger.wipe(draft)
            draft.stage = Stage.CANCELLED
            draft.notes["denied"] = True
            return [Said("consent.denied")]
        if move is Move.ANSWER and han(heard.text) >= 2:
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
        if self._answering.answers_itself(spec, heard.text, move):
            return self._answering.answer(draft, spec, heard)
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
            return self._silence.refuse(draft, spec, heard)
        if move in (Move.SKIP, Move.REFUSE):
            return self._silence.skip(draft, spec, heard)
        if move in (Move.EMPTY, Move.AFFIRM, Move.DENY, Move.NOTHING_MORE):
            return self._silence.nothing(draft, spec, heard, move)
        return self._answering.answer(draft, spec, heard)

    def _supplement(self, draft: Draft, heard: Heard) -> list[Said]:
        """Something more, told when nothing was asked."""
        if han(heard.text) < 3:
            return [Said("ack.nothing_to_change")]
        noted = self._answering.narrate(draft, heard)
        draft.notes.pop("thin", None)
        return noted or [Said("ack.supplement")]
