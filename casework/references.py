"""Words that pass through the dialogue server without being seen by it.

What an action says may hold what a citizen told: a summary, a phone number read back, a query code.
The dialogue server keeps everything that passes through it in plain text, so such words are kept
here, encrypted, and a reference goes in their place; the turn puts the words back
(docs/adr/0005). The reference names the words by their digest: saying the same thing again for the
same message is the same reference.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace

from casework.domain.errors import DialogueUnavailable
from casework.domain.messages import Reply
from casework.ports import Clock, Dialogue, DialogueTurn, Store, UnitOfWork

_REFERENCE = re.compile(r"〔@([0-9A-Za-z_-]{1,64}):([0-9a-f]{16})〕")


class References:
    """Keeps words under a message, and finds them again."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def keep(self, message_id: str, texts: Iterable[str]) -> list[str]:
        """A reference for each text."""
        texts = list(texts)
        if not texts:
            return []
        references = []
        with self._store() as work:
            for text in texts:
                digest = hashlib.sha256(text.encode()).hexdigest()[:16]
                work.effects.put(message_id, f"said:{digest}", {"text": text}, self._clock.now())
                references.append(f"〔@{message_id}:{digest}〕")
            work.commit()
        return references

    def fill(self, replies: Iterable[Reply]) -> list[Reply]:
        """The replies with their words put back.

        Raises ``DialogueUnavailable`` for a reference to nothing: half an answer is none.
        """
        replies = list(replies)
        said = [words for r in replies for words in (r.text, *(b.label for b in r.buttons))]
        if not any("〔@" in words for words in said):
            return replies
        with self._store.reading() as work:
            return [
                replace(
                    reply,
                    text=_filled(work, reply.text),
                    buttons=tuple(replace(b, label=_filled(work, b.label)) for b in reply.buttons),
                )
                for reply in replies
            ]


def _filled(work: UnitOfWork, words: str) -> str:
    for match in _REFERENCE.finditer(words):
        kept = work.effects.get(match.group(1), f"said:{match.group(2)}")
        if kept is None:
            raise DialogueUnavailable("a reply refers to words that are not there")
        words = words.replace(match.group(), str(kept["text"]))
    return words


class ReferencedDialogue:
    """A ``Dialogue`` whose replies have their words put back."""

    def __init__(self, dialogue: Dialogue, references: References) -> None:
        self._dialogue = dialogue
        self._references = references

    def ask(self, turn: DialogueTurn) -> list[Reply]:
        return self._references.fill(self._dialogue.ask(turn))

    def healthy(self) -> bool:
        return self._dialogue.healthy()
