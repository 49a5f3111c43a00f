"""Which articles stand behind the lines of a transcript."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from casework.domain.given import Relied
from casework.domain.messages import Author, Utterance
from channels.laws.pages import in_order, texts
from channels.laws.texts import Shown
from channels.parts import container


def of(lines: Sequence[Utterance]) -> dict[int, list[dict[str, Any]]]:
    """The number of a line of the bot to the articles its answer relied on, where they can be read.

    Of several lines in answer to one message, the one that names most of the laws has them.
    """
    said: dict[str, list[Utterance]] = defaultdict(list)
    for line in lines:
        if line.author is Author.BOT and line.message_id:
            said[line.message_id].append(line)
    if not said or not texts().filled:
        return {}
    relied: dict[str, list[Relied]] = defaultdict(list)
    for given in container().given_answers.given_to(said):
        relied[given.message_id].append(given.relied)
    found = {}
    for message_id, articles in relied.items():
        shown = texts().of(in_order(articles), container().clock)
        if shown:
            names = {one.law for one in shown}
            line = max(said[message_id], key=lambda line: sum(name in line.text for name in names))
            found[line.seq] = [_as_json(one) for one in _as_named(shown, line.text)]
    return found


def _as_named(shown: list[Shown], text: str) -> list[Shown]:
    """In the order in which the answer names the laws; what it does not name comes last."""

    def place(one: Shown) -> int:
        found = text.find(one.law)
        return len(text) if found < 0 else found

    return sorted(shown, key=place)


def _as_json(shown: Shown) -> dict[str, Any]:
    return {"name": shown.name, "page": shown.path, "text": f"/widget{shown.path}"}
