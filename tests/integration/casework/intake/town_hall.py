"""Citizens who talk to the intake over a real store, with no dialogue in between."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from casework import intakes
from casework.adapters.store import SqlStore
from casework.domain.choices import resolve
from casework.domain.draft import Draft
from casework.domain.matter import Matter, MatterKind
from casework.domain.messages import Author, Inbound, MessageKind
from casework.intake import Intake, Step
from casework.ports import OutboxItem
from casework.submission import Submission
from casework.texts import Texts
from tests.fakes.clock import FakeClock
from tests.fakes.limiter import FakeLimiter

LOADED = intakes.load()
_keys = count(1)


@dataclass
class Citizen:
    """Writes messages down as a channel does, and passes them to the intake as the dialogue does."""

    intake: Intake
    store: SqlStore
    clock: FakeClock
    sender: str = "citizen"
    channel: str = "widget"
    conversation_id: str = ""
    steps: list[Step] = field(default_factory=list)

    def writes(self, text: str) -> str:
        """The message is written down; its id."""
        self.clock.advance(3)
        now = self.clock.now()
        inbound = Inbound(self.channel, self.sender, f"k{next(_keys)}", MessageKind.TEXT, text, now)
        with self.store() as work:
            conversation = work.conversations.find_or_create(self.channel, self.sender, now)
            message, _ = work.inbox.add(inbound, conversation.id)
            work.transcript.append(
                conversation.id, Author.CITIZEN, text, now, message_id=message.id
            )
            conversation.offered, conversation.last_at = self.offered, now
            work.conversations.save(conversation)
            work.commit()
        self.conversation_id = conversation.id
        return message.id

    def begins(self, kind: MatterKind, text: str = "我要咨询律师") -> Step:
        return self._keep(self.intake.begin, self.writes(text), kind)

    def says(self, text: str, intent: str | None = None) -> Step:
        """An answer; what the dialogue would make of a button is done here."""
        draft = self.draft
        kind = self.intake.asking_kind(draft) if draft else None
        button = resolve(text, self.offered, kind)
        meant = intent or (button.payload[1:].split("{")[0] if button else "inform")
        return self._keep(self.intake.answer, self.writes(text), meant)

    def tells(self, *texts: str) -> Citizen:
        for text in texts:
            self.says(text)
        return self

    def cancels(self, text: str = "取消") -> Step:
        step = self.intake.cancel(self.conversation_id, self.writes(text))
        self.steps.append(step)
        return step

    def pauses(self, text: str = "保存") -> Step:
        message_id = self.writes(text)
        self.steps.append(self.intake.pause(self.conversation_id, message_id))
        return self.steps[-1]

    def resumes(self, text: str = "继续填写") -> Step:
        message_id = self.writes(text)
        self.steps.append(self.intake.resume(self.conversation_id, message_id))
        return self.steps[-1]

    def submits(self, message_id: str | None = None) -> Submission:
        return self.intake.submit(self.conversation_id, message_id or self.last_message)

    def _keep(self, act, message_id: str, *arguments: object) -> Step:  # type: ignore[no-untyped-def]
        self.last_message = message_id
        step: Step = act(self.conversation_id, message_id, *arguments)
        self.steps.append(step)
        return step

    @property
    def offered(self):  # type: ignore[no-untyped-def]
        question = self.steps[-1].question if self.steps else None
        return question.buttons if question else ()

    @property
    def asked(self) -> str:
        question = self.steps[-1].question
        return question.text if question else ""

    @property
    def acknowledged(self) -> str:
        return "\n".join(reply.text for reply in self.steps[-1].ack)

    @property
    def draft(self) -> Draft | None:
        if not self.conversation_id:
            return None
        with self.store.reading() as work:
            return work.drafts.open_for(self.conversation_id)

    @property
    def matters(self) -> list[Matter]:
        with self.store.reading() as work:
            return work.matters.for_conversation(self.conversation_id)

    @property
    def promises(self) -> list[OutboxItem]:
        with self.store.reading() as work:
            return [item for m in self.matters for item in work.outbox.for_matter(m.id)]


def open_intake(store: SqlStore, clock: FakeClock, texts: Texts) -> Intake:
    return Intake(store, clock, texts, LOADED, limiter=FakeLimiter(), places=("柳河镇", "张庄村"))


LABOUR = (
    "同意",
    "我叫王建国，手机13812345678，我在青河县宏达建材有限公司干了两年，从今年6月到8月的工资一直没发，"
    "一共欠我一万八千块，没签劳动合同",
    "青河县城关镇工业路",
    "我想把工资要回来，还想要没签合同的双倍工资",
    "有工资卡流水、工作群聊天记录和考勤照片",
)
ROAD = (
    "同意",
    "去年十月村里修路占了我家三分地，说好给补偿，到现在一分钱没给",
    "柳河镇张庄村村委会",
    "柳河镇张庄村",
    "希望按标准把占地的钱补给我",
    "没有打过官司，也没有仲裁过",
    "有当时量地的单子和照片",
    "李秀英，13912345678",
)
