"""What a citizen told before an intake was begun: facts told while asking for a lawyer count."""

from __future__ import annotations

from datetime import datetime, timedelta

from casework.domain.conversation import Conversation
from casework.domain.intake.fragments import Fragments
from casework.domain.intake.topic import Topic
from casework.domain.intake.words import han
from casework.domain.messages import Author, MessageKind
from casework.domain.text import fold
from casework.listening import sayings_of
from casework.ports import UnitOfWork

# How far back a question may lie that is taken as the beginning of the story.
RECENT = timedelta(hours=2)
_LINES = 24
_LEAST = 6  # characters beside the request itself


def told_before(
    work: UnitOfWork,
    conversation: Conversation,
    message_id: str,
    topic: Topic,
    fragments: Fragments,
    now: datetime,
) -> list[str]:
    """The message that begins the intake if it tells something, else the last story before it,
    which may have been sent in pieces.

    What an earlier matter was made of does not count again.
    """
    first = work.inbox.turn(message_id)
    rest = topic.request.sub("", first.text, count=1)
    tells = han(rest) >= _LEAST or topic.accuses(fold(first.text))
    if first.kind is MessageKind.TEXT and tells:
        return [message_id]
    until = conversation.notes.get("told_until")
    since = max(datetime.fromisoformat(until), now - RECENT) if until else now - RECENT
    now_said = {message.id for message in first.messages}
    lines = [
        line
        for line in work.transcript.last(conversation.id, _LINES)
        if line.author is Author.CITIZEN and line.at > since and line.message_id not in now_said
    ]
    for saying in reversed(sayings_of(lines, fragments)):
        if fragments.words.tells("\n".join(line.text for line in saying)):
            return [line.message_id for line in saying if line.message_id]
    return []
