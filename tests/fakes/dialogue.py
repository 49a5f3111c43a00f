"""A dialogue server that says what a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable

from casework.domain.errors import DialogueUnavailable
from casework.domain.messages import Button, Reply
from casework.ports import DialogueTurn

Answering = Callable[[DialogueTurn], list[Reply]]


class Killed(BaseException):
    """The process ends here: no handler of the code under test may stop it."""


class FakeDialogue:
    """Like the real one it keeps its replies: the same message asked twice is answered alike."""

    def __init__(self) -> None:
        self.asked: list[DialogueTurn] = []
        self.taken: list[str] = []  # messages that really moved the conversation on
        self.answering: Answering = lambda turn: [Reply(f"收到：{turn.text}")]
        self.failures = 0  # how many asks fail before the next answer
        self.error: Exception = DialogueUnavailable("down")
        self.on_ask: Callable[[DialogueTurn], None] = lambda turn: None
        self.on_answer: Callable[[DialogueTurn], None] = lambda turn: None
        self._kept: dict[str, list[Reply]] = {}
        self._guard = threading.Lock()
        self.most_at_once = 0
        self._at_once: dict[str, int] = {}

    def ask(self, turn: DialogueTurn) -> list[Reply]:
        with self._guard:
            self.asked.append(turn)
            at_once = self._at_once.get(turn.conversation_id, 0) + 1
            self._at_once[turn.conversation_id] = at_once
            self.most_at_once = max(self.most_at_once, at_once)
        try:
            self.on_ask(turn)
            with self._guard:
                if self.failures > 0:
                    self.failures -= 1
                    raise self.error
                if turn.message_id not in self._kept:
                    self.taken.append(turn.message_id)
                    self._kept[turn.message_id] = self.answering(turn)
                replies = self._kept[turn.message_id]
            self.on_answer(turn)
            return replies
        finally:
            with self._guard:
                self._at_once[turn.conversation_id] -= 1

    def healthy(self) -> bool:
        return self.failures == 0

    def offers(self, text: str, **buttons: str) -> None:
        """Answer everything with one text and these buttons: label -> payload."""
        reply = Reply(text, tuple(Button(label, payload) for label, payload in buttons.items()))
        self.answering = lambda turn: [reply]
