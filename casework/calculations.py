"""Sums and days worked out for a citizen: the figures of one message, and the reply in plain words."""

from __future__ import annotations

from casework.domain.calculators import Result
from casework.domain.calculators.citing import cited
from casework.domain.calculators.deadlines import said
from casework.domain.calculators.sheet import plain
from casework.texts import Texts

_CAVEATS_IN_CHAT = 3


def as_said(result: Result, texts: Texts, caveats: int | None = None) -> str:
    """A result as people read it; ``caveats`` is how many remarks are shown, all where None."""

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
    remarks = result.caveats[:caveats]
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
