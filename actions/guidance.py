"""What the guidance says, as replies: an answer with what follows from it, or several readings."""

from __future__ import annotations

from collections.abc import Sequence

from actions import figures
from actions.base import Turn
from actions.context import Parts
from casework.domain.bureau import CHINA
from casework.domain.given import Relied
from casework.domain.messages import Button, Reply
from knowledge_base.answer import Answer, AnsweredEntry

# What an entry recommends next -> the button that does it. The others are for other people to do.
_NEXT = {
    "consultation": "/consultation",
    "petition": "/petition",
    "mediation": "/consultation",
    "legal_aid": "/consultation",
    "person": "/person",
}
_LONGEST_LABEL = 40


def aside(parts: Parts, turn: Turn) -> list[Reply] | None:
    """The answer to a question put while a form asks; None where somebody may be in danger."""
    with parts.casework.store.reading() as work:
        text = work.inbox.turn(turn.message_id).text
    answer = parts.guidance().ask(text, parts.casework.settings.jurisdiction)
    if answer.outcome == "crisis":
        return None
    worked_out = figures.worked_out(parts, text)
    if answer.outcome == "answered":
        return [*worked_out, answered(parts, turn, answer)]
    if answer.outcome == "choices":
        return [*worked_out, choices(parts, answer)]
    if worked_out:
        return [*worked_out]
    return [Reply(answer.message), Reply(parts.casework.texts.say("intake.ack.aside"))]


def answered(parts: Parts, turn: Turn, answer: Answer) -> Reply:
    best, *others = answer.entries
    shown(parts, turn, best)
    return Reply(best.text, (*_readings(others), *next_steps(parts, turn, best)))


def shown(parts: Parts, turn: Turn, entry: AnsweredEntry) -> None:
    """Keep which law the citizen was told, so that a change of it can be told as well."""
    day = entry.reviewed or parts.casework.clock.now().astimezone(CHINA).date()
    relied = [Relied(cited.law, cited.article, day) for cited in entry.citations]
    parts.casework.given_answers.record(turn.conversation_id, turn.message_id, entry.id, relied)


def choices(parts: Parts, answer: Answer, ways: Sequence[Button] = ()) -> Reply:
    """The questions that may be meant, and ``ways`` on for whoever means none of them."""
    texts = parts.casework.texts
    gists = [
        texts.say("question.gist", title=entry.title, gist=_gist(entry.conclusion))
        for entry in answer.entries
    ]
    ways = ways or (Button(texts.say("question.button.person"), "/person"),)
    return Reply("\n".join([answer.message, *gists]), (*_readings(answer.entries), *ways))


def _readings(entries: Sequence[AnsweredEntry]) -> tuple[Button, ...]:
    """One button for each question that may be meant."""
    return tuple(
        Button(entry.title[:_LONGEST_LABEL], f'/choose_entry{{"entry":"{entry.id}"}}')
        for entry in entries
    )


def _gist(conclusion: str) -> str:
    """The first sentence: enough to see whether one is meant."""
    end = conclusion.find("。")
    return conclusion if end < 0 else conclusion[: end + 1]


def next_steps(parts: Parts, turn: Turn, entry: AnsweredEntry) -> tuple[Button, ...]:
    """The step an entry recommends first, and always a way to a person. None inside a form."""
    if turn.active_form:
        return ()
    recommended = _NEXT.get(entry.next_step)
    ways = ["/consultation", "/petition", "/person"]
    if recommended:
        ways = [recommended, *(way for way in ways if way != recommended)]
    texts = parts.casework.texts
    return tuple(Button(texts.say(f"question.button.{way[1:]}"), way) for way in ways)
