"""Everything a channel needs of casework: real use cases on a real store, fakes at the ports."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from argon2 import PasswordHasher

from casework import intakes
from casework.accounts import Accounts
from casework.adapters.bureau_file import DEMO, load_bureau, standing_values
from casework.adapters.directory_file import load_directory
from casework.adapters.store import SqlStore
from casework.adapters.wording_file import load_vocabulary
from casework.conversations import Conversations
from casework.delivery import Delivery
from casework.domain.bureau import Bureau
from casework.domain.directory import Directory
from casework.domain.draft import Draft, Stage
from casework.domain.matter import Matter, MatterEvent, MatterKind, MatterStatus
from casework.domain.messages import Button, Inbound, MessageKind, Reply
from casework.domain.people import Role, Staff
from casework.domain.wording.proposal import Paragraph, Proposal, ProposalState
from casework.given_answers import GivenAnswers
from casework.handover import Handover
from casework.intake import Intake
from casework.matters import Matters
from casework.ports import Clock, DialogueTurn
from casework.progress import Progress
from casework.settings import Settings
from casework.texts import Texts
from casework.wording import Wording
from tests.fakes.assessor import FakeAssessor
from tests.fakes.dialogue import FakeDialogue
from tests.fakes.law_texts import CUTS, PAY
from tests.fakes.limiter import FakeLimiter
from tests.fakes.petition_system import FakePetitionSystem

PASSWORD = "correct horse 42"
CODE = "K7QM-3XPD"
# Passwords are hashed for every test; the real cost has no business here.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Office:
    """Has the attributes of ``casework.bootstrap.Container`` that channels use."""

    settings: Settings
    clock: Clock
    store: SqlStore
    texts: Texts
    bureau: Bureau
    directory: Directory
    dialogue: FakeDialogue
    limiter: FakeLimiter
    petitions: FakePetitionSystem
    conversations: Conversations
    handover: Handover
    matters: Matters
    progress: Progress
    accounts: Accounts
    delivery: Delivery
    intake: Intake
    given_answers: GivenAnswers
    wording: Wording

    @classmethod
    def open(cls, settings: Settings, store: SqlStore, clock: Clock) -> Office:
        bureau = load_bureau(DEMO, lambda day: day.weekday() < 5)
        directory = load_directory(settings.directory_file)
        texts = Texts(values=standing_values(bureau, directory))
        dialogue, limiter, petitions = FakeDialogue(), FakeLimiter(), FakePetitionSystem()
        office = cls(
            settings=settings,
            clock=clock,
            store=store,
            texts=texts,
            bureau=bureau,
            directory=directory,
            dialogue=dialogue,
            limiter=limiter,
            petitions=petitions,
            conversations=Conversations(
                store, dialogue, clock, texts, FakeAssessor(), asking_kind=lambda draft: None
            ),
            handover=Handover(store, clock, texts, bureau),
            matters=Matters(store, clock),
            progress=Progress(store, clock, texts, limiter),
            accounts=Accounts(store, clock, limiter, CHEAP),
            delivery=Delivery(store, clock, texts, [petitions]),
            intake=Intake(store, clock, texts, intakes.load(), limiter=limiter),
            given_answers=GivenAnswers(store, clock),
            wording=Wording(store, clock, texts, load_vocabulary()),
        )
        dialogue.answering = office.scripted
        return office

    def scripted(self, turn: DialogueTurn) -> list[Reply]:
        """A short dialogue: fetches a person when asked for one, else repeats what it heard."""
        if turn.text == "/person" or "转人工" in turn.text:
            return self.handover.request(turn.conversation_id, turn.message_id)
        if "工资" in turn.text:
            self.given_answers.record(turn.conversation_id, turn.message_id, "wages", [PAY, CUTS])
            return [
                Reply("可以向劳动监察投诉，也可以申请劳动仲裁。\n依据：《劳动合同法》第三十条"),
                Reply("要我帮您整理成材料吗？", (Button("好", "/affirm"), Button("不用", "/deny"))),
            ]
        return [Reply(f"收到：{turn.text}")]

    def staff(self, role: Role, username: str = "", name: str = "") -> Staff:
        """An account with ``PASSWORD``."""
        member = self.accounts.add(username or role.value, name or f"{role.value}甲", role)
        return self.accounts.set_password(member, PASSWORD)

    def says(self, text: str, sender: str = "visitor-1", channel: str = "widget") -> str:
        """A citizen says something and is answered: the conversation's id."""
        receipt = self.conversations.receive(
            Inbound(channel, sender, uuid.uuid4().hex, MessageKind.TEXT, text, self.clock.now())
        )
        self.conversations.attend(receipt.conversation_id, receipt.message_id, 10)
        return receipt.conversation_id

    def matter(
        self,
        kind: MatterKind = MatterKind.PETITION,
        sealed: bool = False,
        conversation_id: str = "",
        **facts: str,
    ) -> Matter:
        """A confirmed matter, with a promise to deliver it."""
        now = self.clock.now()
        conversation_id = conversation_id or self.says(
            "村里修路占了我家的地", sender=uuid.uuid4().hex
        )
        told = {
            "narrative": "去年十月村里修路占了我家三分地，电话13900001234",
            "name": "张建军",
            "phone": "13900001234",
        } | facts
        with self.store() as work:
            matter = Matter(
                id=uuid.uuid4().hex,
                number=work.matters.next_number(kind, date(2026, 11, 23)),
                code=CODE,
                kind=kind,
                conversation_id=conversation_id,
                draft_id=uuid.uuid4().hex,
                summary=summary_of(told),
                created_at=now,
                sealed=sealed,
            )
            work.drafts.save(
                Draft(matter.draft_id, conversation_id, kind, now, now, Stage.SUBMITTED)
            )
            work.matters.add(matter)
            submitted = MatterEvent(now, "submitted", "citizen", MatterStatus.SUBMITTED)
            work.matters.add_event(matter.id, submitted)
            work.outbox.add(
                "matter", "ledger", f"matter:{matter.id}", {"number": matter.number}, now,
                matter_id=matter.id,
            )  # fmt: skip
            work.commit()
        return matter

    def worded(self, matter: Matter, *paragraphs: Paragraph, dropped: int = 0) -> None:
        """A machine has worded the matter, and this is what passed the checks."""
        now = self.clock.now()
        made = Proposal(
            matter.id, ProposalState.MADE, 1, "small-model", "", now, paragraphs, dropped
        )
        with self.store() as work:
            work.proposals.claim(matter.id, now, now)
            work.proposals.keep(made, now)
            work.commit()


LABELS = {"narrative": "反映的情况", "name": "姓名", "phone": "联系电话"}


def summary_of(told: dict[str, str]) -> dict[str, Any]:
    """A summary as the intake writes it."""
    return {
        "fields": [
            {
                "id": id_,
                "label": LABELS.get(id_, id_),
                "value": None,
                "text": text,
                "sources": ["m1"],
                "state": "told",
            }
            for id_, text in told.items()
        ],
    }
