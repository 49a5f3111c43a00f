"""One person with several matters: listed, begun one after another, and added to."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from casework.adapters.store import SqlStore
from casework.domain.choices import resolve
from casework.domain.matter import Matter, MatterKind, MatterStatus
from casework.domain.messages import Author, Inbound, MessageKind, Reply
from casework.domain.people import Role, Staff
from casework.intake import Intake
from casework.matters import Matters
from casework.progress import ATTEMPTS, Progress
from casework.supplements import Supplements
from casework.texts import Texts
from casework.wishes import SUPPLEMENT, Wishes
from tests.fakes.clock import FakeClock
from tests.fakes.limiter import FakeLimiter
from tests.integration.casework.conftest import member
from tests.integration.casework.intake.town_hall import (
    LABOUR,
    LOADED,
    ROAD,
    Citizen,
    open_intake,
)

FINDING = "昨天测量的人来过了，说占了三分二"


@pytest.fixture
def hall(store: SqlStore, clock: FakeClock, texts: Texts) -> Intake:
    return open_intake(store, clock, texts)


@pytest.fixture
def citizen(hall: Intake, store: SqlStore, clock: FakeClock) -> Citizen:
    return Citizen(hall, store, clock)


@pytest.fixture
def desk(store: SqlStore, clock: FakeClock) -> Matters:
    return Matters(store, clock)


@pytest.fixture
def clerk(store: SqlStore) -> Staff:
    return member(store, "赵窗口", Role.CLERK)


@dataclass
class Talk:
    """A conversation outside of an intake: what is said is offered again with the next message."""

    store: SqlStore
    clock: FakeClock
    texts: Texts
    sender: str = "citizen"
    replies: list[Reply] = field(default_factory=list)
    _limiter: FakeLimiter = field(default_factory=FakeLimiter)
    _said: int = 0

    def says(self, text: str) -> str:
        """A message; the words of the answer, or nothing where it is left to the dialogue."""
        self._said += 1
        now = self.clock.advance(3)
        offered = tuple(button for reply in self.replies for button in reply.buttons)
        inbound = Inbound(
            "widget", self.sender, f"{self.sender} {self._said}", MessageKind.TEXT, text, now
        )
        with self.store() as work:
            here = work.conversations.find_or_create("widget", self.sender, now)
            message, _ = work.inbox.add(inbound, here.id)
            work.transcript.append(here.id, Author.CITIZEN, text, now, message_id=message.id)
            here.offered = offered
            work.conversations.save(here)
            work.commit()
        self.conversation_id, self.message_id = here.id, message.id
        button = resolve(text, offered)
        payload = button.payload if button else Wishes(LOADED.words).payload(text, here, None)
        progress = Progress(self.store, self.clock, self.texts, self._limiter)
        if payload == SUPPLEMENT:
            supplements = Supplements(self.store, self.clock, self.texts, LOADED.words, progress)
            self.replies = supplements.hear(here.id, message.id)
        elif payload == "/progress" or "进度" in text:
            self.replies = progress.look_up(here.id, message.id)
        else:
            self.replies = []
        return "\n".join(reply.text for reply in self.replies)

    @property
    def labels(self) -> list[str]:
        return [button.label for reply in self.replies for button in reply.buttons]


@pytest.fixture
def talk(store: SqlStore, clock: FakeClock, texts: Texts) -> Talk:
    return Talk(store, clock, texts)


def _petition(citizen: Citizen) -> Matter:
    citizen.begins(MatterKind.PETITION, "我要反映问题")
    return _told(citizen, ROAD)


def _consultation(citizen: Citizen) -> Matter:
    citizen.begins(MatterKind.CONSULTATION)
    return _told(citizen, LABOUR)


def _told(citizen: Citizen, answers: tuple[str, ...]) -> Matter:
    for text in answers:
        if text == "同意" and "同意" not in citizen.asked:
            continue
        citizen.says(text)
    for _ in range(8):
        if "确认提交" in citizen.asked:
            break
        citizen.says("没有了")
    citizen.says("确认提交")
    number = citizen.submits().number
    return next(matter for matter in citizen.matters if matter.number == number)


# ── looking after them ───────────────────────────────────────────────────────────────────────────


def test_open_matters_are_listed_with_a_button_each(
    citizen: Citizen, talk: Talk, desk: Matters, clerk: Staff
) -> None:
    road, pay = _petition(citizen), _consultation(citizen)
    told = talk.says("查进度")
    assert "2 件" in told
    for matter in (road, pay):
        assert matter.number in told
    assert [label.split()[-1] for label in talk.labels] == [pay.number, road.number]
    one = talk.says(talk.labels[1])
    assert road.number in one
    assert pay.number not in one
    talk.says("查进度")
    assert pay.number in talk.says("1")
    desk.change_status(clerk, road.number, MatterStatus.WITHDRAWN)
    told = talk.says("查进度")
    assert pay.number in told
    assert road.number not in told
    assert "1 件已经办结或撤回" in told


def test_a_sealed_matter_is_listed_without_what_it_is_about(citizen: Citizen, talk: Talk) -> None:
    _petition(citizen)
    citizen.begins(MatterKind.PETITION, "我要反映问题")
    sealed = _told(citizen, ("我要举报村主任贪污修路款，去年十月把钱装进自己腰包", *ROAD[2:]))
    assert sealed.sealed
    talk.says("查进度")
    (label,) = [label for label in talk.labels if sealed.number in label]
    assert "贪污" not in label
    assert label == f"信访事项 {sealed.number}"


# ── beginning another ────────────────────────────────────────────────────────────────────────────


def test_who_somebody_is_needs_not_be_typed_again_and_is_never_copied(
    citizen: Citizen, store: SqlStore
) -> None:
    _petition(citizen)
    citizen.begins(MatterKind.CONSULTATION, "我要咨询律师")
    assert "同意" not in citizen.asked  # the consent stands
    told = "公司拖欠我三个月工资，一共一万八千块，从今年6月起一直没发，没签合同，公司叫宏达建材"
    citizen.says(told)
    draft = citizen.draft
    assert draft is not None
    assert not {"name", "phone", "where"} & set(draft.facts)
    tapped = []
    for _ in range(12):
        labels = [button.label for button in citizen.offered]
        same = next((label for label in labels if label.startswith("和上次一样")), None)
        if "确认提交" in citizen.asked:
            break
        tapped += [same] if same else []
        citizen.says(same or "没有了")
    assert citizen.draft is not None
    facts = citizen.draft.facts
    assert facts["name"].text == "李秀英"
    assert facts["phone"].value == "13912345678"
    assert "张庄村" in facts["where"].text
    assert len(tapped) == 2
    with store.reading() as work:
        for name in ("name", "phone", "where"):
            assert "和上次一样" in work.inbox.get(facts[name].sources[-1]).text


def test_what_is_as_before_can_be_said_in_words(citizen: Citizen) -> None:
    _petition(citizen)
    citizen.begins(MatterKind.CONSULTATION, "我要咨询律师")
    citizen.says("公司拖欠我三个月工资，一共一万八千块，从今年6月起一直没发，没签合同")
    for _ in range(12):
        if "姓名" in citizen.asked:
            break
        citizen.says("没有了")
    citizen.says("还是上次的")
    assert citizen.draft is not None
    assert citizen.draft.facts["name"].text == "李秀英"


def test_nothing_of_a_sealed_matter_is_offered_for_another(citizen: Citizen) -> None:
    citizen.begins(MatterKind.PETITION, "我要反映问题")
    citizen.says("同意")
    sealed = _told(citizen, ("我要举报村主任贪污修路款，去年十月把钱装进自己腰包", *ROAD[2:]))
    assert sealed.sealed
    citizen.begins(MatterKind.CONSULTATION, "我要咨询律师")
    assert citizen.draft is not None
    assert citizen.draft.notes["before"] == {}


# ── adding to one ────────────────────────────────────────────────────────────────────────────────


def test_what_is_added_is_read_back_and_stands_in_the_matter_once_confirmed(
    citizen: Citizen, talk: Talk, desk: Matters, clerk: Staff, store: SqlStore
) -> None:
    matter = _petition(citizen)
    told = talk.says(f"给上次那件事补充一下：{FINDING}")
    assert FINDING in told
    assert matter.number in told
    assert "补充" in told
    assert "supplements" not in desk.open(clerk, matter.number).matter.summary
    asked = talk.message_id
    assert matter.number in talk.says("确认补充")
    opened = desk.open(clerk, matter.number)
    (added,) = opened.matter.summary["supplements"]
    assert added["text"] == FINDING
    assert added["sources"] == [asked]
    assert [e.note for e in opened.events if e.what == "supplement"] == [FINDING]
    assert any(FINDING in line.text for line in opened.words)
    assert opened.matter.summary["fields"] == matter.summary["fields"]
    assert FINDING in talk.says("查进度")


def test_words_come_in_several_messages_and_are_added_once(
    citizen: Citizen, talk: Talk, desk: Matters, clerk: Staff
) -> None:
    matter = _petition(citizen)
    assert "发给我" in talk.says("我要补充材料")
    talk.says(FINDING)
    told = talk.says("还有一份村里的公示，写的是两分")
    assert FINDING in told
    talk.says("是的")
    supplements = Supplements(
        talk.store,
        talk.clock,
        talk.texts,
        LOADED.words,
        Progress(talk.store, talk.clock, talk.texts, FakeLimiter()),
    )
    again = supplements.hear(talk.conversation_id, talk.message_id)
    assert [r.text for r in again] == [r.text for r in talk.replies]
    opened = desk.open(clerk, matter.number)
    (added,) = opened.matter.summary["supplements"]
    assert added["text"] == f"{FINDING}\n还有一份村里的公示，写的是两分"
    assert len(added["sources"]) == 2


def test_of_several_matters_one_is_chosen(
    citizen: Citizen, talk: Talk, desk: Matters, clerk: Staff
) -> None:
    road, pay = _petition(citizen), _consultation(citizen)
    talk.says(f"我要补充材料：{FINDING}")
    assert [label.split()[-1] for label in talk.labels[:2]] == [pay.number, road.number]
    assert FINDING in talk.says(talk.labels[1])
    talk.says("确认补充")
    assert desk.open(clerk, road.number).matter.summary["supplements"]
    assert pay.number in talk.says(f"补充一下编号{pay.number}")


@pytest.mark.parametrize("no", ["不补充了", "取消", "算了"])
def test_nothing_is_added_without_a_yes(
    citizen: Citizen, talk: Talk, desk: Matters, clerk: Staff, no: str
) -> None:
    matter = _petition(citizen)
    talk.says(f"我要补充材料：{FINDING}")
    assert talk.says(no) == talk.texts.say("supplement.left")
    talk.says("确认补充")
    assert talk.replies == []
    assert "supplements" not in desk.open(clerk, matter.number).matter.summary


def test_once_something_else_was_talked_about_a_yes_adds_nothing(
    citizen: Citizen, talk: Talk, desk: Matters, clerk: Staff
) -> None:
    matter = _petition(citizen)
    talk.says(f"我要补充材料：{FINDING}")
    talk.says("查进度")
    talk.says("是的")
    assert talk.replies == []
    assert "supplements" not in desk.open(clerk, matter.number).matter.summary


def test_a_stranger_adds_nothing_without_the_query_code(
    citizen: Citizen, store: SqlStore, clock: FakeClock, texts: Texts, desk: Matters, clerk: Staff
) -> None:
    matter = _petition(citizen)
    stranger = Talk(store, clock, texts, sender="stranger")
    assert stranger.says("我要补充材料") == texts.say("supplement.none")
    for _ in range(ATTEMPTS):
        told = stranger.says(f"补充 {matter.number} ABCD-2345：{FINDING}")
        assert told == texts.say("supplement.wrong")
    told = stranger.says(f"补充 {matter.number} {matter.code}：{FINDING}")
    assert told == texts.say("supplement.too_many")
    owner = Talk(store, clock, texts, sender="the same on another channel")
    assert FINDING in owner.says(f"补充 {matter.number} {matter.code}：{FINDING}")
    owner.says("确认补充")
    opened = desk.open(clerk, matter.number)
    assert opened.matter.summary["supplements"][0]["text"] == FINDING
    assert sum(FINDING in line.text for line in opened.words) == 1


def test_a_matter_that_is_over_takes_nothing_more(
    citizen: Citizen, talk: Talk, desk: Matters, clerk: Staff
) -> None:
    matter = _petition(citizen)
    desk.change_status(clerk, matter.number, MatterStatus.WITHDRAWN)
    assert talk.says(f"我要补充材料：{FINDING}") == talk.texts.say("supplement.over")
