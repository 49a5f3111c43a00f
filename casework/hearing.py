"""What a message means before the dialogue is asked.

Everything that decides on a citizen's message and needs no dialogue happens here, in this order:
danger, messages without words, buttons, and last the words themselves with personal data marked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from casework import intakes
from casework.domain.bureau import CHINA
from casework.domain.choices import resolve
from casework.domain.conversation import Conversation, RiskLevel
from casework.domain.draft import Draft, Stage
from casework.domain.extraction import extract
from casework.domain.marking import Marked, mark
from casework.domain.messages import InboxMessage, MessageKind, Reply
from casework.domain.ownership import DANGER
from casework.ports import DialogueTurn
from casework.texts import Texts

# The most that is kept of one message, in characters.
KEPT_CHARACTERS = 20_000
# The most that the dialogue server takes, in characters.
ASKED_CHARACTERS = 1_000
# How far a longer text is looked at beyond that, so that no number is cut in two and slips by.
_MARGIN = 300

# Event keys: what somebody pressed or did in the channel. Anything else opens the menu.
EVENTS = {
    "consultation": "/consultation",
    "petition": "/petition",
    "progress": "/progress",
    "person": "/person",
    "privacy": "/privacy",
    "resume": "/resume",
    "retrieve": "/retrieve",
}
# Reports of the platform that nobody waits for an answer to.
SILENT_EVENTS = frozenset(
    {"unsubscribe", "unfollow", "location", "view", "templatesendjobfinish", "masssendjobfinish"}
)

_OPEN_STAGES = frozenset({Stage.CONSENT, Stage.COLLECTING, Stage.REVIEW})


class Risk(Protocol):
    """What an assessment found (``casework.domain.risk``)."""

    @property
    def level(self) -> RiskLevel: ...
    @property
    def signals(self) -> Sequence[str]: ...


class Assessor(Protocol):
    def assess(self, text: str) -> Risk: ...


@dataclass(frozen=True)
class Heard:
    """How one message is to be answered: by ``ask``, by ``canned`` words, or not at all."""

    level: RiskLevel = RiskLevel.NONE
    signals: tuple[str, ...] = ()
    ask: DialogueTurn | None = None
    canned: tuple[Reply, ...] = ()
    cut: bool = False  # the citizen wrote more than is kept

    @property
    def danger(self) -> bool:
        return self.level in DANGER


Wished = Callable[[str, Conversation, Draft | None], str | None]


def no_wish(_text: str, _conversation: Conversation, _draft: Draft | None) -> str | None:
    """For conversations in which nothing but the dialogue is asked."""
    return None


class Hearing:
    """Turns inbox messages into ``Heard``. Pure but for the words it looks up."""

    def __init__(
        self,
        texts: Texts,
        risk: Assessor,
        asking_kind: Callable[[Draft], str | None],
        places: Collection[str] = (),
        wished: Wished = no_wish,
    ) -> None:
        self._texts = texts
        self._risk = risk
        self._asking_kind = asking_kind
        self._places = places
        self._fragments = intakes.fragments()
        self._wished = wished
        self._wordless = {
            kind: texts.say(f"turn.kept.{kind}") for kind in texts.names("turn.other")
        }

    def hear(
        self, message: InboxMessage, conversation: Conversation, draft: Draft | None, now: datetime
    ) -> Heard:
        """What ``message`` means in ``conversation`` with this open draft."""
        if message.kind is MessageKind.EVENT:
            return self._event(message, conversation, draft)
        if message.kind is MessageKind.OTHER:
            return Heard(
                canned=(self._reply(f"turn.other.{self.wordless(message.text)}", conversation),)
            )
        if not message.text.strip():
            return Heard(canned=(self._reply("turn.empty", conversation),))
        found = self._risk.assess(message.text)
        if found.level not in DANGER and self._is_to_go_on(message, conversation, draft):
            return Heard(
                level=found.level,
                signals=tuple(found.signals),
                canned=(self._reply("turn.go_on", conversation),),
            )
        return Heard(
            level=found.level,
            signals=tuple(found.signals),
            ask=self._words(message, conversation, draft, now, found.level),
            cut=len(message.text) >= KEPT_CHARACTERS,
        )

    def _is_to_go_on(
        self, message: InboxMessage, conversation: Conversation, draft: Draft | None
    ) -> bool:
        """Whether a message has only begun to say something: whoever sends it is let go on. In an
        intake what breaks off is taken all the same, for it tells facts."""
        if resolve(message.text, conversation.offered):
            return False
        collects = draft is not None and draft.stage in _OPEN_STAGES
        broken_off = not collects and self._fragments.is_unfinished(message.text)
        return broken_off or self._fragments.only_opens(message.text)

    def wordless(self, text: str) -> str:
        """Which kind of message without words this is: ``image``, ``voice`` … or ``other``."""
        name = text.strip().lower()
        for kind, label in self._wordless.items():
            if name == kind or text.startswith(label):
                return kind
        return "other"

    def kept(self, kind: MessageKind, text: str) -> str | None:
        """What the transcript shows for a message; None for an event, which is no line of it."""
        if kind is MessageKind.EVENT:
            return None
        if text.strip() and (kind is not MessageKind.OTHER or text.startswith("〔")):
            return text
        if kind is MessageKind.OTHER:
            return self._texts.say(f"turn.kept.{self.wordless(text)}")
        return self._texts.say("turn.kept.empty")

    def _event(
        self, message: InboxMessage, conversation: Conversation, draft: Draft | None
    ) -> Heard:
        event = message.text.strip().lower()
        if event in SILENT_EVENTS:
            return Heard()
        payload = EVENTS.get(event, "/menu")
        return Heard(ask=self._trusted(message, conversation, draft, payload, RiskLevel.NONE))

    def _words(
        self,
        message: InboxMessage,
        conversation: Conversation,
        draft: Draft | None,
        now: datetime,
        level: RiskLevel,
    ) -> DialogueTurn:
        kind = self._asking_kind(draft) if draft else None
        button = resolve(message.text, conversation.offered, kind)
        if button:
            return self._trusted(message, conversation, draft, button.payload, level)
        wish = None if level in DANGER else self._wished(message.text, conversation, draft)
        if wish:
            return self._trusted(message, conversation, draft, wish, level)
        marked = self._marked(message.text, now, kind)
        inside = [entity for entity in marked.entities if entity.end <= ASKED_CHARACTERS]
        metadata = self._metadata(message, conversation, draft, level)
        metadata["entities"] = [
            {"kind": entity.kind, "start": entity.start, "end": entity.end} for entity in inside
        ]
        return DialogueTurn(
            conversation.id, message.id, marked.text[:ASKED_CHARACTERS], metadata=metadata
        )

    def _marked(self, text: str, now: datetime, asking: str | None) -> Marked:
        """The beginning of ``text`` with marks; what stands across the end of it is marked whole."""
        today = now.astimezone(CHINA).date()
        found = extract(text[: ASKED_CHARACTERS + _MARGIN], today, self._places, asking)
        begun = [entity for entity in found if entity.start < ASKED_CHARACTERS]
        end = max([ASKED_CHARACTERS, *(entity.end for entity in begun)])
        return mark(text[:end], begun)

    def _trusted(
        self,
        message: InboxMessage,
        conversation: Conversation,
        draft: Draft | None,
        payload: str,
        level: RiskLevel,
    ) -> DialogueTurn:
        metadata = self._metadata(message, conversation, draft, level)
        return DialogueTurn(conversation.id, message.id, payload, trusted=True, metadata=metadata)

    def _metadata(
        self,
        message: InboxMessage,
        conversation: Conversation,
        draft: Draft | None,
        level: RiskLevel,
    ) -> dict[str, Any]:
        open_draft = draft if draft and draft.stage in _OPEN_STAGES else None
        metadata: dict[str, Any] = {
            "message_id": message.id,
            "risk": level.value,
            "entities": [],
            "asking": open_draft.asking if open_draft else None,
            "asking_kind": self._asking_kind(open_draft) if open_draft else None,
            "stage": open_draft.stage.value if open_draft else None,
            "owner": conversation.owner.value,
        }
        return metadata

    def _reply(self, key: str, conversation: Conversation) -> Reply:
        """Words of our own; what was offered before still stands."""
        return Reply(self._texts.say(key), conversation.offered)


def labels(replies: Sequence[Reply]) -> list[Mapping[str, Any]]:
    """Replies as channels get them: texts and labels, never payloads."""
    return [{"text": reply.text, "labels": [b.label for b in reply.buttons]} for reply in replies]
