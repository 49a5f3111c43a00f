"""The actions over a whole casework, with guidance that says what a test tells it to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from rasa_sdk.executor import ActionExecutor

from actions import context
from actions.server import executor
from casework.bootstrap import Container, build, prepare
from casework.domain.matter import Matter
from casework.domain.messages import Author, Inbound, MessageKind, Reply
from casework.settings import Settings
from knowledge_base.answer import Answer, AnsweredEntry, Outcome
from knowledge_base.errors import UnknownEntry

WIRE = Path(__file__).parents[2] / "wire" / "actions"


def entry(entry_id: str = "labour-wages", next_step: str = "petition") -> AnsweredEntry:
    return AnsweredEntry(
        entry_id,
        "拖欠工资怎么办",
        0.9,
        "可以申请劳动仲裁。",
        (),
        "可以申请劳动仲裁。一年之内都来得及。",
        next_step=next_step,
    )


@dataclass
class FakeGuidance:
    outcome: Outcome = "answered"
    asked: list[tuple[str, str]] = field(default_factory=list)
    error: Exception | None = None
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    """What comes of certain questions, beside ``outcome`` for all others."""
    readings: tuple[str, ...] = ()
    """Ids of further readings that come with the answer."""

    def reload_if_changed(self) -> bool:
        return False

    def ask(self, question: str, jurisdiction: str = "000000") -> Answer:
        self.asked.append((question, jurisdiction))
        if self.error:
            raise self.error
        outcome = self.outcomes.get(question, self.outcome)
        entries = [entry()] if outcome in ("answered", "choices") else []
        entries += [entry(other) for other in self.readings]
        return Answer(question, outcome, f"（{outcome}）", 1.0, entries)

    def entry(self, entry_id: str, jurisdiction: str = "000000") -> AnsweredEntry:
        if entry_id != "labour-wages":
            raise UnknownEntry(entry_id)
        return entry()


@dataclass
class Answered:
    """What one action call brought: the events for Rasa, and the words as the citizen reads them."""

    action: str
    events: list[dict[str, Any]]
    wire: list[dict[str, Any]]  # exactly what goes back to Rasa
    replies: list[Reply]

    @property
    def text(self) -> str:
        return "\n".join(reply.text for reply in self.replies)

    @property
    def slots(self) -> dict[str, Any]:
        return {e["name"]: e["value"] for e in self.events if e["event"] == "slot"}


@dataclass
class Desk:
    """Plays recorded calls of Rasa: each turn's message is written down anew, with its own id."""

    casework: Container
    guidance: FakeGuidance
    executor: ActionExecutor
    conversation_id: str = ""
    sender: str = field(default_factory=lambda: uuid4().hex)

    def write(self, text: str) -> str:
        now = self.casework.clock.now()
        inbound = Inbound("widget", self.sender, uuid4().hex, MessageKind.TEXT, text, now)
        with self.casework.store() as work:
            conversation = work.conversations.find_or_create("widget", self.sender, now)
            message, _ = work.inbox.add(inbound, conversation.id)
            work.transcript.append(
                conversation.id, Author.CITIZEN, text, now, message_id=message.id
            )
            work.commit()
        self.conversation_id = conversation.id
        return message.id

    async def turn(self, recorded: dict[str, Any]) -> list[Answered]:
        """Every call that Rasa made for one message."""
        number = recorded["message_id"]
        message_id = self.write(recorded["says"])
        filled = json.dumps(recorded["calls"]).replace("<conversation>", self.conversation_id)
        calls = json.loads(filled.replace(number, message_id))
        return [await self.call(call) for call in calls]

    async def call(self, call: dict[str, Any]) -> Answered:
        result = await self.executor.run(call)
        assert result is not None
        wire = result.responses
        replies = self.casework.references.fill([Reply(response["text"]) for response in wire])
        return Answered(call["next_action"], result.events, wire, replies)

    async def play(self, name: str, upto: int | None = None) -> list[list[Answered]]:
        return [await self.turn(turn) for turn in recorded(name)[:upto]]

    @property
    def matters(self) -> list[Matter]:
        with self.casework.store.reading() as work:
            return work.matters.for_conversation(self.conversation_id)


def recorded(name: str) -> list[dict[str, Any]]:
    """The turns of a recorded conversation: what was said, and Rasa's calls for it."""
    turns: list[dict[str, Any]] = json.loads((WIRE / f"{name}.json").read_text(encoding="utf-8"))
    return turns


def call_of(name: str, action: str) -> dict[str, Any]:
    """The first recorded turn in which Rasa called ``action``, with that call alone."""
    for turn in recorded(name):
        for call in turn["calls"]:
            if call["next_action"] == action:
                return {**turn, "calls": [call]}
    raise AssertionError(f"{action} was never recorded in {name}")


@pytest.fixture
def guidance() -> FakeGuidance:
    return FakeGuidance()


@pytest.fixture
def desk(settings: Settings, guidance: FakeGuidance) -> Iterator[Desk]:
    prepare(settings)
    casework = build(settings)
    context.use(context.Parts(casework, guidance))  # type: ignore[arg-type]
    yield Desk(casework, guidance, executor())
    context.use(None)
    casework.conversations.close()


Maker = Callable[[], Desk]
