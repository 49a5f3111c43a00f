"""Figures that a question asks for: worked out and said before what the guidance answers.

They repeat what the citizen told, so that replies with figures pass the dialogue server as
references only (``Outcome.private``).
"""

from __future__ import annotations

from collections.abc import Sequence

from actions.base import Outcome
from actions.context import Parts
from casework.domain.messages import Button, Reply


def worked_out(parts: Parts, text: str) -> tuple[Reply, ...]:
    """The figures that ``text`` asks for, or what is missing for them; empty where it asks none."""
    said = parts.casework.calculations.reply(text)
    return () if said is None else (Reply(said),)


def before(figures: Sequence[Reply], answer: Reply) -> Outcome:
    """The figures first, then the guidance."""
    return Outcome([*figures, answer], private=bool(figures))


def alone(figures: Sequence[Reply], ways: tuple[Button, ...]) -> Outcome:
    """The figures where the guidance has nothing, with the ways on from there."""
    *first, last = figures
    return Outcome([*first, Reply(last.text, ways)], private=True)
