"""Adding words to a matter that was handed over: asked for, read back, and added when confirmed.

Only to a matter of the same conversation, or to one whose number and query code are told. What is
added stands in the matter's history and summary with the messages it came from; nothing that was
confirmed before is changed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from casework.domain.choices import resolve
from casework.domain.conversation import Conversation
from casework.domain.errors import TooManyAttempts, UnknownMatter
from casework.domain.extraction import references
from casework.domain.extraction.entity import MATTER_NUMBER, QUERY_CODE
from casework.domain.intake.words import Move, Words, han
from casework.domain.matter import OVER, Matter, MatterEvent
from casework.domain.messages import Button, InboxMessage, Reply
from casework.domain.text import fold
from casework.own_matters import button_of
from casework.ports import Clock, Store, UnitOfWork
from casework.progress import Progress
from casework.texts import Texts
from casework.wishes import SUPPLEMENT, asked_for_words

# The conversation's note: {"matter": id or None, "words": [[message ids, text]]}.
NOTE = "supplement"
_LEAST = 4  # characters beside the request itself that count as words to be added
_NO = frozenset({Move.DENY, Move.CANCEL, Move.NOTHING_MORE, Move.PAUSE})


class Supplements:
    """One object per process. ``progress`` checks query codes, with its limit on attempts."""

    def __init__(
        self, store: Store, clock: Clock, texts: Texts, words: Words, progress: Progress
    ) -> None:
        self._store = store
        self._clock = clock
        self._texts = texts
        self._words = words
        self._progress = progress

    def hear(self, conversation_id: str, message_id: str) -> list[Reply]:
        """Take a message on the way from the wish to the confirmed words. Twice is as once."""
        with self._store.reading() as work:
            number, code = _told(work.inbox.turn(message_id).text)
            own = work.matters.for_conversation(conversation_id)
        known = None
        if number and all(matter.number != number for matter in own):
            try:
                known = self._progress.matter_of(number, code, f"conversation:{conversation_id}")
            except TooManyAttempts:
                return [self._reply("too_many")]
            except UnknownMatter:
                return [self._reply("wrong")]
        now = self._clock.now()
        with self._store() as work:
            done = work.effects.get(message_id, "supplement")
            if done is None:
                reply = self._step(work, conversation_id, message_id, known, now)
                buttons = [[button.label, button.payload] for button in reply.buttons]
                done = {"text": reply.text, "buttons": buttons}
                work.effects.put(message_id, "supplement", done, now)
                work.commit()
        return [Reply(done["text"], tuple(Button(*pair) for pair in done["buttons"]))]

    # ── inside a transaction ─────────────────────────────────────────────────────────────────────

    def _step(
        self,
        work: UnitOfWork,
        conversation_id: str,
        message_id: str,
        known: str | None,
        now: datetime,
    ) -> Reply:
        conversation, message = work.conversations.get(conversation_id), work.inbox.turn(message_id)
        button = resolve(message.text, conversation.offered)
        said = button.label if button else message.text
        goes_on = asked_for_words(conversation)
        note: dict[str, Any] = conversation.notes.pop(NOTE, {})
        note = note if goes_on else {}
        reply, note = self._answer(work, conversation, message, said, note, known, now)
        if note:
            conversation.notes[NOTE] = note
        work.conversations.save(conversation)
        return reply

    def _answer(
        self,
        work: UnitOfWork,
        conversation: Conversation,
        message: InboxMessage,
        said: str,
        note: dict[str, Any],
        known: str | None,
        now: datetime,
    ) -> tuple[Reply, dict[str, Any]]:
        """What is said, and what is noted for the next message."""
        move = self._words.exact(said)
        if said == self._label("no") or (note and move in _NO):
            return self._reply("left"), {}
        if note.get("words") and (said == self._label("yes") or move is Move.AFFIRM):
            return self._add(work, note, now), {}
        pieces = [*note.get("words", []), *self._piece(message, said)]
        found = self._matter(work, conversation, said, known or note.get("matter"))
        if isinstance(found, Reply):
            return found, {"matter": None, "words": pieces} if found.buttons else {}
        note = {"matter": found.id, "words": pieces}
        named = button_of(self._texts, found, "").label
        if not pieces:
            return self._reply("ask", "no", matter=named), note
        text = "\n".join(piece for _, piece in pieces)
        return self._reply("confirm", "yes", "no", matter=named, text=text), note

    def _matter(
        self, work: UnitOfWork, conversation: Conversation, said: str, known: str | None
    ) -> Matter | Reply:
        """Which matter is meant, or what is to be said about that."""
        number, _ = _told(said)
        own = work.matters.for_conversation(conversation.id)
        meant = next((matter for matter in own if matter.number == number), None)
        if meant is None and known:
            meant = work.matters.get(known)
        if meant is None:
            still = [matter for matter in own if matter.status not in OVER]
            if len(still) > 1:
                named = [button_of(self._texts, matter, SUPPLEMENT) for matter in still[:-6:-1]]
                no = Button(self._label("no"), SUPPLEMENT)
                return Reply(self._texts.say("supplement.which"), (*named, no))
            if not still:
                return self._reply("over" if own else "none")
            meant = still[0]
        return self._reply("over") if meant.status in OVER else meant

    def _piece(self, message: InboxMessage, said: str) -> list[list[Any]]:
        """What a message adds, without the request, the number and the code in it."""
        text = said.strip()
        request = self._words.supplements(text)
        if request:
            text = text[request.end() :]
        for entity in sorted(references.find(fold(text)), key=lambda e: -e.start):
            if entity.kind in (MATTER_NUMBER, QUERY_CODE):
                text = text[: entity.start] + text[entity.end :]
        text = text.strip(" ，,。:：;；、\n")
        is_button = _told(said)[0] and said.endswith(_told(said)[0])
        ids = [part.id for part in message.messages]
        return [[ids, text]] if han(text) >= _LEAST and not is_button else []

    def _add(self, work: UnitOfWork, note: dict[str, Any], now: datetime) -> Reply:
        matter = work.matters.get(note["matter"])
        if matter.status in OVER:
            return self._reply("over")
        text = "\n".join(piece for _, piece in note["words"])
        sources = [message_id for ids, _ in note["words"] for message_id in ids]
        added = {"text": text, "sources": sources, "at": now.isoformat()}
        before = matter.summary.get("supplements", [])
        matter.summary = {**matter.summary, "supplements": [*before, added]}
        work.matters.save(matter)
        work.matters.add_event(matter.id, MatterEvent(now, "supplement", "citizen", note=text))
        work.audit.record(now, "citizen", "supplemented", matter.id, matter.number)
        return self._reply("added", number=matter.number)

    def _label(self, name: str) -> str:
        return self._texts.say(f"supplement.button.{name}")

    def _reply(self, key: str, *buttons: str, **values: object) -> Reply:
        offered = tuple(Button(self._label(name), SUPPLEMENT) for name in buttons)
        return Reply(self._texts.say(f"supplement.{key}", **values), offered)


def _told(text: str) -> tuple[str, str]:
    """The matter number and the query code in a text; empty where there is none."""
    found = list(references.find(fold(text)))
    number = next((e.value for e in found if e.kind == MATTER_NUMBER), "")
    return number, next((e.value for e in found if e.kind == QUERY_CODE), "")
