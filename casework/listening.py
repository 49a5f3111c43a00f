"""How a message stands to the question that is open: an answer to it, or more of what was told.

People type on while the question comes. What was sent before a question was put cannot answer it;
what follows a piece of the story within seconds and goes on with it (后来老板跑了) does not either.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from casework.domain.draft import Draft, Stage
from casework.domain.intake.fragments import Fragments
from casework.domain.intake.said import Heard
from casework.domain.intake.words import han
from casework.domain.messages import Author, InboxMessage, Utterance
from casework.ports import UnitOfWork

# How far back is looked, in lines; a turn has fewer messages.
_LINES = 24
# How soon a line follows that was typed on without reading; after one that breaks off, later.
_AT_ONCE, _SOON = timedelta(seconds=6), timedelta(seconds=60)
_LONGEST = 40


def note_question(draft: Draft, message_id: str) -> None:
    """Keep which message's turn puts the question that is open now."""
    question = _question(draft)
    if draft.notes.get("put", {}).get("question") != question:
        draft.notes["put"] = {"question": question, "by": message_id}


def is_unread(work: UnitOfWork, draft: Draft, message: InboxMessage) -> bool:
    """Whether the message was sent before the open question was put."""
    put = draft.notes.get("put", {})
    if put.get("question") != _question(draft):
        return False
    lines = work.transcript.last(draft.conversation_id, _LINES)
    own = _line_of(message, lines)
    asked = [u.seq for u in lines if u.author is Author.BOT and u.message_id == put["by"]]
    return own is not None and bool(asked) and own.seq < min(asked)


def goes_on(work: UnitOfWork, draft: Draft, message: InboxMessage, fragments: Fragments) -> bool:
    """Whether the message goes on with the story that the one just before it told."""
    story = draft.facts.get("narrative")
    if draft.stage is not Stage.COLLECTING or story is None or han(message.text) > _LONGEST:
        return False
    lines = work.transcript.last(draft.conversation_id, _LINES)
    own = _line_of(message, lines)
    before = [u for u in lines if u.author is Author.CITIZEN and own and u.seq < own.seq]
    if not before or before[-1].message_id not in story.sources[-1:]:
        return False
    since = message.messages[0].received_at - before[-1].at
    if fragments.is_unfinished(before[-1].text):
        return since <= _SOON
    return since <= _AT_ONCE and fragments.goes_on(message.text)


def sayings_of(lines: Sequence[Utterance], fragments: Fragments) -> list[list[Utterance]]:
    """Lines of a citizen, each with the pieces of it that came within a minute of one another."""
    said: list[list[Utterance]] = []
    for line in lines:
        if said and _follows(line, said[-1][-1], fragments):
            said[-1].append(line)
        else:
            said.append([line])
    return said


def with_pieces(messages: Sequence[InboxMessage], fragments: Fragments) -> list[list[InboxMessage]]:
    """Messages told before the first question, each with the short pieces that came after it."""
    said: list[list[InboxMessage]] = []
    for message in messages:
        if said and fragments.is_piece(message.text):
            said[-1].append(message)
        else:
            said.append([message])
    return said


def as_heard(saying: Sequence[InboxMessage]) -> Heard:
    """A saying as the rules of the intake take it; its facts are credited afterwards."""
    return Heard(saying[-1].id, "\n".join(message.text.strip() for message in saying))


def _follows(line: Utterance, before: Utterance, fragments: Fragments) -> bool:
    if line.at - before.at > _SOON or not fragments.says_something(before.text):
        return False
    if fragments.is_unfinished(before.text):
        return fragments.says_something(line.text)
    return fragments.is_piece(line.text) or fragments.goes_on(line.text)


def _question(draft: Draft) -> str:
    return f"{draft.stage.value}:{draft.asking or ''}:{draft.notes.get('editing') or ''}"


def _line_of(message: InboxMessage, lines: Sequence[Utterance]) -> Utterance | None:
    first = message.messages[0].id
    return next((u for u in lines if u.author is Author.CITIZEN and u.message_id == first), None)
