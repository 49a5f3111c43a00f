"""Many people, each with a story of their own: what every message means and which actions run.

A story (``stories/*.yml``) is a list of steps, ``words: meaning``. Words that begin with ``/`` are a
button's. A meaning is an intent, then the risk or the owner of the conversation where they matter
(``red``, ``orange``, ``yellow``, ``waiting``), then the actions where they are not the usual ones.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

STORIES: dict[str, list[dict[str, str]]] = {
    f"{file.stem}: {name}": steps
    for file in sorted((Path(__file__).parent / "stories").glob("*.yml"))
    for name, steps in yaml.safe_load(file.read_text(encoding="utf-8")).items()
}
RISKS = ("red", "orange", "yellow")
ANSWERS = {"inform", "affirm", "deny", "skip", "why", "go_back", "correct", "review", "cancel"}
ANSWERS |= {"greet"}  # a greeting in a form: the question is asked again
USUAL = {
    "choose_entry": "choose_entry",
    "crisis": "crisis",
    "goodbye": "goodbye",
    "greet": "menu",
    "inform": "answer_question",
    "leave_queue": "leave_queue",
    "legal_question": "answer_question",
    "menu": "menu",
    "nlu_fallback": "answer_question",
    "out_of_scope": "fallback",
    "person": "request_person",
    "privacy": "privacy",
    "progress": "progress",
    "resume": "resume",
    "review": "resume",
    "thanks": "thanks",
    "cancel": "cancelled",
}


class Expected:
    """What a step of a story says, and which actions that makes while ``form`` is being filled in;
    ``stopped``: the form that danger stopped, which 继续填写 takes up again."""

    def __init__(self, meaning: str, form: str | None, stopped: str | None) -> None:
        self.intent, *more = meaning.split()
        self.more: dict[str, str] = {}
        actions = []
        for word in more:
            if word in RISKS:
                self.more["risk"] = word
            elif word == "waiting":
                self.more["owner"] = word
            else:
                actions.append(word)
        self.form = self.intent if self.intent in ("consultation", "petition") else form
        if "ask" in actions and not self.form:
            self.form = stopped
        self.actions = [self._action(word) for word in actions or self._usual(form)]
        if self.actions[-1].startswith(("action_submit", "action_cancelled")):
            self.form = None
        if self.more.get("risk") == "red":
            self.form = None

    def _usual(self, form: str | None) -> list[str]:
        if self.intent in ("consultation", "petition"):
            return ["begin", "ask"]
        if form and self.intent in ANSWERS:
            return ["ask"]
        ends = self.intent == "goodbye" or self.more.get("risk") == "red"
        return [USUAL[self.intent]] + (["ask"] if form and not ends else [])

    def _action(self, word: str) -> str:
        if word == "ask":
            return f"action_ask_{self.form}_form_{self.form}_done"
        return f"action_{word}_{self.form}" if word in ("begin", "submit") else f"action_{word}"


def test_there_are_at_least_a_hundred_and_fifty_stories() -> None:
    assert len(STORIES) >= 150


@pytest.mark.parametrize("name", STORIES)
def test_everybody_is_understood_from_beginning_to_end(
    citizen: Callable[[], Any], name: str
) -> None:
    someone = citizen()
    form: str | None = None
    stopped: str | None = None
    for number, step in enumerate(STORIES[name], 1):
        ((words, meaning),) = step.items()
        words = str(words)
        expected = Expected(meaning, form, stopped)
        before = len(someone.casework.calls)
        done = someone.does(words, trusted=words.startswith("/"), **expected.more)
        meant = {call[2] for call in someone.casework.calls[before:] if call[0] == someone.name}
        assert (meant, done) == ({expected.intent}, expected.actions), f"step {number}: {words}"
        if expected.more.get("risk") == "red":
            stopped = form
        form = expected.form
    # Whatever happened on the way: nothing is handed over that the person did not confirm.
    handed_over = len(someone.casework.submitted.get(someone.name, []))
    assert handed_over == sum("submit" in meaning for s in STORIES[name] for meaning in s.values())
