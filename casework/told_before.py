"""What a citizen told before an intake was begun: facts told while asking for a lawyer count."""

from __future__ import annotations

from datetime import datetime, timedelta

from casework.domain.conversation import Conversation
from casework.domain.intake.topic import Topic
from casework.domain.intake.words import Words, han
from casework.domain.messages import Author, MessageKind
from casework.domain.text import fold
from casework.ports import UnitOfWork

# How far back a question may lie that is taken as the beginning of the story.
RECENT = timedelta(hours=2)
_LINES = 12
_LEAST = 6  # characters beside the request itself


def told_before(
    work: UnitOfWork,
    conversation: Conversation,
    message_id: str,
    topic: Topic,
    words: Words,
    now: datetime,
) -> list[str]:
    """The message that begins the intake if it tells something, else the last story before it.

    What an earlier matter was made of does not count again.
    """
    first = work.inbox.get(message_id)
    rest = topic.request.sub("", first.text, count=1)
    tells = han(rest) >= _LEAST or topic.accuses(fold(first.text))
    if first.kind is MessageKind.TEXT and tells:
        return [message_id]
    until = conversation.notes.get("told_until")
    since = max(datetime.fromisoformat(until), now - RECENT) if until else now - RECENT
    for line in reversed(work.transcript.last(conversation.id, _LINES)):
        if line.author is not Author.CITIZEN or not line.message_id or line.at <= since:
            continue
        if line.message_id != message_id and words.tells(line.text):
            return [line.message_id]
    return []
