"""Sums and days worked out for a citizen: the figures of one message, and the reply in plain words."""

from __future__ import annotations

from casework.domain.bureau import CHINA
from casework.domain.calculators import BadInput, MissingInput, Result, calculate, spec
from casework.domain.calculators.asking import Request, recognise
from casework.domain.calculators.citing import cited
from casework.domain.calculators.deadlines import said
from casework.domain.calculators.sheet import plain
from casework.ports import Clock
from casework.texts import Texts

_CAVEATS_IN_CHAT = 3


class Calculations:
    """Answers a message that asks for a figure and gives what it takes, or nearly."""

    def __init__(self, clock: Clock, texts: Texts) -> None:
        self._clock = clock
        self._texts = texts

    def reply(self, text: str) -> str | None:
        """The figures asked for, one sentence naming what is missing, or None for no such question.

        Nothing is kept: the citizen says the missing figure together with the others.
        """
        today = self._clock.now().astimezone(CHINA).date()
        request = recognise(text, today)
        if request is None:
            return None
        if request.missing:
            return self._ask(request.calculator, request.missing)
        try:
            result = calculate(request.calculator, request.inputs, today)
        except MissingInput as lacking:
            return self._ask(request.calculator, lacking.names)
        except BadInput:
            return None  # a figure that was read wrongly: the guidance answers
        return as_said(result, self._texts, _CAVEATS_IN_CHAT, self._assumed(request))

    def _ask(self, name: str, missing: tuple[str, ...]) -> str:
        inputs = spec(name).inputs
        labels = self._texts.say("calculations.joined_by").join(
            inputs[one].short for one in missing if one in inputs
        )
        return self._texts.say("calculations.missing", title=spec(name).title, missing=labels)

    def _assumed(self, request: Request) -> list[str]:
        return [self._texts.say(f"calculations.assumed.{note}") for note in request.notes]


def as_said(
    result: Result, texts: Texts, caveats: int | None = None, assumed: list[str] | None = None
) -> str:
    """A result as people read it.

    ``caveats`` is how many remarks are shown, all where None; ``assumed`` are remarks about what
    was not said, shown before all others.
    """

    def say(key: str, **values: object) -> str:
        return texts.say(f"calculations.{key}", **values)

    lines = [say("title", title=result.title), result.conclusion]
    if result.working:
        lines.append(say("working"))
        lines += [say("step", number=n, text=text) for n, text in enumerate(result.working, 1)]
    if len(result.items) > 1:
        lines.append(say("items"))
        for item in result.items:
            if item.amount is not None:
                lines.append(say("item_amount", name=item.name, amount=plain(item.amount)))
            elif item.day is not None:
                lines.append(say("item_day", name=item.name, day=said(item.day)))
    remarks = [*(assumed or ()), *result.caveats[:caveats]]
    if remarks:
        lines.append(say("caveats"))
        lines += [say("caveat", text=text) for text in remarks]
    lines.append(say("citations", text=cited(result.citations)))
    lines += [
        say(
            "table",
            name=table.name,
            holds_for=table.holds_for,
            source=table.source,
            review=said(table.review_by),
        )
        for table in result.tables
    ]
    lines.append(say("remark"))
    return "\n".join(lines)
