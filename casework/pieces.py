"""Messages that are pieces of what was said just before them, for whoever answers them."""

from __future__ import annotations

from dataclasses import dataclass

from casework import listening
from casework.domain.draft import Stage
from casework.domain.intake.fragments import Fragments
from casework.domain.messages import Author
from casework.ports import Store

_LINES = 24


@dataclass(frozen=True)
class LeadIn:
    """What a message belongs to, and what was said to that. ``broke_off``: it was not finished and
    waits for this message."""

    text: str
    answers: tuple[str, ...]
    broke_off: bool


class Pieces:
    """Looks at the transcript, for a message is seen to be a piece by what stands before it."""

    def __init__(self, store: Store, fragments: Fragments) -> None:
        self._store = store
        self._fragments = fragments

    def lead_in(self, conversation_id: str, message_id: str) -> LeadIn | None:
        """What the citizen said before a message that it goes on with, within a minute."""
        with self._store.reading() as work:
            own = {message.id for message in work.inbox.turn(message_id).messages}
            lines = work.transcript.last(conversation_id, _LINES)
        said = [line for line in lines if line.author is Author.CITIZEN]
        last = next((n for n, line in enumerate(said) if line.message_id in own), 0)
        sayings = listening.sayings_of(said[: last + 1], self._fragments)
        lead = sayings[-1][:-1] if sayings else []
        if not lead:
            return None
        return LeadIn(
            "，".join(line.text.strip(" ，,、\n") for line in lead),
            tuple(u.text for u in lines if u.author is Author.BOT and u.seq > lead[0].seq),
            self._fragments.is_unfinished(lead[-1].text),
        )

    def goes_on(self, conversation_id: str, message_id: str) -> bool:
        """Whether a message tells more of the story of an intake, whatever it was taken for."""
        with self._store.reading() as work:
            draft = work.drafts.open_for(conversation_id)
            if draft is None or draft.stage is not Stage.COLLECTING or draft.notes.get("paused"):
                return False
            message = work.inbox.turn(message_id)
            if self._fragments.asks(message.text):
                return False
            return listening.is_unread(work, draft, message) or listening.goes_on(
                work, draft, message, self._fragments
            )
