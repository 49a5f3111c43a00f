"""A whole casework on a real database, with fakes at the ports to the outside."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

import pytest

from casework.adapters.bureau_file import DEMO, load_bureau, standing_values
from casework.adapters.directory_file import load_directory
from casework.adapters.store import SqlStore
from casework.conversations import Conversations, Receipt, TurnResult
from casework.domain.bureau import Bureau
from casework.domain.matter import Matter, MatterEvent, MatterKind
from casework.domain.messages import Author, Inbound, MessageKind, Utterance
from casework.domain.people import Role, Staff
from casework.handover import Handover
from casework.settings import Settings
from casework.texts import Texts
from tests.fakes.assessor import FakeAssessor
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue import FakeDialogue
from tests.fakes.limiter import FakeLimiter


def _monday_to_friday(day: date) -> bool:
    return day.weekday() < 5


@pytest.fixture
def bureau() -> Bureau:
    return load_bureau(DEMO, _monday_to_friday)


@pytest.fixture
def texts(bureau: Bureau, settings: Settings) -> Texts:
    return Texts(values=standing_values(bureau, load_directory(settings.directory_file)))


@pytest.fixture
def casework_store(request: pytest.FixtureRequest) -> SqlStore:
    """SQLite; a module that asks for ``@on_both_databases`` gets PostgreSQL as well."""
    name = getattr(request, "param", "sqlite")
    found: SqlStore = request.getfixturevalue(f"{name}_store")
    return found


on_both_databases = pytest.mark.parametrize("casework_store", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def dialogue() -> FakeDialogue:
    return FakeDialogue()


@pytest.fixture
def limiter() -> FakeLimiter:
    return FakeLimiter()


@dataclass
class Town:
    """The citizens of a test and the process that answers them."""

    conversations: Conversations
    store: SqlStore
    clock: FakeClock
    dialogue: FakeDialogue
    texts: Texts
    asking: dict[str, str | None] = field(default_factory=lambda: {"kind": None})
    _keys: Iterator[int] = field(default_factory=lambda: count(1))

    def write(
        self,
        text: str,
        sender: str = "张三",
        channel: str = "widget",
        kind: MessageKind = MessageKind.TEXT,
        key: str | None = None,
    ) -> Receipt:
        """The message arrives; nobody has looked at it yet."""
        key = key or f"k{next(self._keys)}"
        inbound = Inbound(channel, sender, key, kind, text, self.clock.now())
        return self.conversations.receive(inbound)

    def wait(self, receipt: Receipt, seconds: float = 20) -> TurnResult:
        return self.conversations.attend(receipt.conversation_id, receipt.message_id, seconds)

    def say(self, text: str, **where: Any) -> TurnResult:
        """The message arrives and is answered."""
        return self.wait(self.write(text, **where))

    def hear(self, text: str, **where: Any) -> list[str]:
        return [line.text for line in self.say(text, **where).replies]

    def lines(self, conversation_id: str) -> list[Utterance]:
        return self.conversations.transcript(conversation_id)

    def bot_lines(self, conversation_id: str) -> list[str]:
        return [u.text for u in self.lines(conversation_id) if u.author is Author.BOT]

    def conversation(self, conversation_id: str) -> Any:
        with self.store.reading() as work:
            return work.conversations.get(conversation_id)


ProcessMaker = Callable[[], Conversations]


@pytest.fixture
def asking() -> dict[str, str | None]:
    """What kind of answer the open draft waits for."""
    return {"kind": None}


@pytest.fixture
def another_process(
    casework_store: SqlStore,
    dialogue: FakeDialogue,
    clock: FakeClock,
    texts: Texts,
    asking: dict[str, str | None],
) -> Iterator[ProcessMaker]:
    """Makes processes of the gateway or the worker, all on the same database."""
    made: list[Conversations] = []

    def make(**options: Any) -> Conversations:
        made.append(
            Conversations(
                casework_store,
                dialogue,
                clock,
                texts,
                FakeAssessor(),
                lambda draft: asking["kind"],
                **options,
            )
        )
        return made[-1]

    yield make
    for process in made:
        process.close()


@pytest.fixture
def town(
    another_process: ProcessMaker,
    casework_store: SqlStore,
    clock: FakeClock,
    dialogue: FakeDialogue,
    texts: Texts,
    asking: dict[str, str | None],
) -> Town:
    return Town(another_process(), casework_store, clock, dialogue, texts, asking)


def member(store: SqlStore, name: str, role: Role) -> Staff:
    """A member of staff with an account."""
    staff = Staff(f"id-{name}", f"user-{name}", name, role, "!")
    with store() as work:
        work.staff.add(staff)
        work.commit()
    return staff


@pytest.fixture
def lawyer(casework_store: SqlStore) -> Staff:
    return member(casework_store, "李律师", Role.LAWYER)


@pytest.fixture
def other_lawyer(casework_store: SqlStore) -> Staff:
    return member(casework_store, "王律师", Role.LAWYER)


@pytest.fixture
def clerk(casework_store: SqlStore) -> Staff:
    return member(casework_store, "赵窗口", Role.CLERK)


@pytest.fixture
def supervisor(casework_store: SqlStore) -> Staff:
    return member(casework_store, "钱督办", Role.SUPERVISOR)


@pytest.fixture
def handover(casework_store: SqlStore, clock: FakeClock, texts: Texts, bureau: Bureau) -> Handover:
    return Handover(casework_store, clock, texts, bureau)


def waits_for_a_person(
    town: Town, handover: Handover, sender: str = "张三", channel: str = "widget"
) -> str:
    """A citizen who has asked for a person."""
    receipt = town.write("我要找律师", sender=sender, channel=channel)
    town.wait(receipt)
    handover.request(receipt.conversation_id, receipt.message_id, "asked")
    return receipt.conversation_id


def confirmed_matter(
    town: Town,
    kind: MatterKind = MatterKind.PETITION,
    sender: str = "张三",
    sealed: bool = False,
    code: str = "K7QM-3XPD",
) -> Matter:
    """A matter a citizen has confirmed, with the promise to deliver it."""
    receipt = town.write("公司拖欠我三个月工资", sender=sender)
    town.wait(receipt)
    now = town.clock.now()
    with town.store() as work:
        matter = Matter(
            id=uuid.uuid4().hex,
            number=work.matters.next_number(kind, now.date()),
            code=code,
            kind=kind,
            conversation_id=receipt.conversation_id,
            draft_id=uuid.uuid4().hex,
            summary={"title": "拖欠工资"},
            created_at=now,
            sealed=sealed,
        )
        work.matters.add(matter)
        submitted = MatterEvent(now, "submitted", "citizen", matter.status)
        work.matters.add_event(matter.id, submitted)
        work.outbox.add(
            kind="matter",
            target="ledger",
            key=f"matter:{matter.id}",
            payload={"number": matter.number, "sealed": sealed},
            now=now,
            conversation_id=receipt.conversation_id,
            matter_id=matter.id,
        )
        work.commit()
    return matter
