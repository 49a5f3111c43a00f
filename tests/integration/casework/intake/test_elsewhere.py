"""A draft kept on one channel and taken up on another, on both databases."""

from __future__ import annotations

import re

import pytest

from casework.adapters.store import SqlStore
from casework.domain.draft import Stage
from casework.domain.matter import MatterKind
from casework.domain.people import Role
from casework.intake import Intake
from casework.keeping import ATTEMPTS
from casework.matters import Matters
from casework.texts import Texts
from tests.fakes.clock import FakeClock
from tests.integration.casework.conftest import member
from tests.integration.casework.intake.town_hall import ROAD, Citizen, open_intake

CODE = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){2}")
STORY = "我是村里的会计亲戚，要检举村主任李某把修路款装进自己腰包，去年十月的事"


@pytest.fixture
def hall(store: SqlStore, clock: FakeClock, texts: Texts) -> Intake:
    return open_intake(store, clock, texts)


@pytest.fixture
def phone(hall: Intake, store: SqlStore, clock: FakeClock) -> Citizen:
    return Citizen(hall, store, clock, sender="openid-1", channel="wechat")


@pytest.fixture
def web(hall: Intake, store: SqlStore, clock: FakeClock) -> Citizen:
    return Citizen(hall, store, clock, sender="visitor-1", channel="widget")


def _kept(citizen: Citizen, text: str = "先停一下", told: int = 4) -> str:
    """Begins a petition, tells a part of it and puts the rest off: the code."""
    citizen.begins(MatterKind.PETITION, "我要反映问题")
    citizen.tells(*ROAD[:told])
    citizen.says(text)
    found = CODE.search(citizen.acknowledged)
    assert found, citizen.acknowledged
    return found.group()


def _finish(citizen: Citizen) -> None:
    answers = {
        "诉求": "希望按标准把占地的钱补给我",
        "姓名": "李秀英，13912345678",
        "电话": "13912345678",
        "诉讼": "没有打过官司，也没有仲裁过",
        "多少人": "就我们一家",
        "材料": "有当时量地的单子和照片",
        "地点": "柳河镇张庄村",
    }
    for _ in range(12):
        if "确认提交" in citizen.asked:
            citizen.says("确认提交")
            return
        citizen.says(next((v for k, v in answers.items() if k in citizen.asked), "没有了"))
    raise AssertionError(citizen.asked)


def test_a_draft_goes_on_days_later_on_another_channel(
    phone: Citizen, web: Citizen, store: SqlStore, clock: FakeClock, texts: Texts
) -> None:
    code = _kept(phone)
    before = phone.draft
    assert before is not None
    clock.advance(days=5)
    step = web.resumes(f"继续 {code}")
    assert step.active
    assert "说过的不用重说" in web.acknowledged
    assert phone.draft is None
    assert web.draft is not None
    assert web.draft.facts == before.facts
    _finish(web)
    done = web.submits()
    assert done.number.startswith("XF")
    (matter,) = web.matters
    with store.reading() as work:
        for field in matter.summary["fields"]:
            for source in field["sources"]:
                assert work.inbox.get(source).text
        told_on = {
            work.conversations.get(work.inbox.get(s).conversation_id).channel
            for field in matter.summary["fields"]
            for s in field["sources"]
        }
    assert told_on == {"wechat", "widget"}
    assert len(web.promises) == 1
    clerk = member(store, "赵窗口", Role.CLERK)
    words = [line.text for line in Matters(store, clock).open(clerk, done.number).words]
    assert ROAD[1] in words  # told on the phone
    assert "希望按标准把占地的钱补给我" in words  # told on the web
    assert words.index(ROAD[1]) < words.index("希望按标准把占地的钱补给我")


def test_the_conversation_that_was_left_is_told_and_asks_no_more(
    phone: Citizen, web: Citizen, store: SqlStore, texts: Texts
) -> None:
    code = _kept(phone)
    web.resumes(f"继续 {code}")
    notice = texts.say("intake.taken.notice", channel="网页")
    with store.reading() as work:
        assert [u.text for u in work.transcript.last(phone.conversation_id)].count(notice) == 1
        assert work.outbox.counts()["pending"] == 1
    assert web.draft is not None
    told = web.draft.facts
    step = phone.says("我叫王建国，电话13812345678")
    assert not step.active
    assert phone.acknowledged == texts.say("intake.taken.gone")
    assert phone.resumes().ack[0].text == texts.say("intake.taken.gone")
    assert web.draft.facts == told  # what is said there now belongs to nothing


def test_a_notice_is_pushed_only_while_the_platform_lets_it_through(
    phone: Citizen, web: Citizen, store: SqlStore, clock: FakeClock
) -> None:
    code = _kept(phone)
    clock.advance(days=3)
    web.resumes(code)
    with store.reading() as work:
        assert work.outbox.counts().get("pending", 0) == 0
    web.says("保存")
    again = CODE.search(web.acknowledged)
    assert again
    phone.resumes(again.group())  # and back again, which the web page is told on its own line
    web.resumes(_kept_again(phone))
    with store.reading() as work:
        assert work.outbox.counts().get("pending", 0) == 1


def _kept_again(citizen: Citizen) -> str:
    citizen.says("明天再说")
    found = CODE.search(citizen.acknowledged)
    assert found
    return found.group()


def test_the_move_happens_once_however_often_the_message_is_acted_on(
    phone: Citizen, web: Citizen, store: SqlStore
) -> None:
    code = _kept(phone)
    message_id = web.writes(f"继续{code}")
    first = web.intake.resume(web.conversation_id, message_id)
    second = web.intake.resume(web.conversation_id, message_id)
    assert [r.text for r in first.replies] == [r.text for r in second.replies]
    with store.reading() as work:
        draft = work.drafts.open_for(web.conversation_id)
        assert draft is not None
        assert len(work.drafts.came_from(draft.id)) == 1
        notices = [u for u in work.transcript.last(phone.conversation_id) if "暂存码在" in u.text]
    assert len(notices) == 1


def test_whatever_is_wrong_with_a_code_the_words_are_the_same(
    phone: Citizen, web: Citizen, clock: FakeClock, texts: Texts
) -> None:
    old = _kept(phone)
    phone.resumes()
    newer = _kept_again(phone)
    unknown = "ABCD-EFGH-2345"
    wrong = texts.say("intake.taken.unknown")
    for code in (old, unknown):
        web.resumes(f"继续 {code}")
        assert web.acknowledged == wrong
    phone.cancels()  # it is set aside already: dropped
    web.resumes(newer)
    assert web.acknowledged == wrong
    expired = _kept(phone)
    clock.advance(days=31)
    assert phone.intake.keeping.forget_old() == 1
    web.resumes(expired)
    assert web.acknowledged == wrong
    assert phone.draft is None


def test_codes_cannot_be_tried_for_ever(phone: Citizen, web: Citizen, texts: Texts) -> None:
    code = _kept(phone)
    for _ in range(ATTEMPTS):
        web.resumes("继续 ABCD-EFGH-2345")
    web.resumes(f"继续 {code}")
    assert web.acknowledged == texts.say("intake.taken.too_many")
    assert phone.draft is not None


def test_an_accusation_stays_sealed_where_it_goes_on(
    phone: Citizen, web: Citizen, store: SqlStore
) -> None:
    phone.begins(MatterKind.PETITION, "我要反映问题")
    phone.tells("同意", STORY)
    assert phone.draft is not None
    assert phone.draft.notes["sealed"]
    code = _kept_again(phone)
    web.resumes(code)
    assert web.draft is not None
    assert web.draft.notes["sealed"]
    _finish(web)
    web.submits()
    (matter,) = web.matters
    assert matter.sealed
    web.resumes(code)
    assert matter.number not in web.acknowledged


def test_what_was_handed_over_is_not_taken_up_again(
    phone: Citizen, web: Citizen, texts: Texts
) -> None:
    code = _kept(phone)
    phone.resumes()
    _finish(phone)
    done = phone.submits()
    web.resumes(f"继续 {code}")
    assert web.acknowledged == texts.say("intake.taken.submitted", number=done.number)
    assert "查询码" in web.acknowledged
    assert done.code not in web.acknowledged
    assert web.draft is None


def test_a_draft_that_waits_to_be_handed_over_is_not_taken_away(
    phone: Citizen, web: Citizen, texts: Texts
) -> None:
    code = _kept(phone)
    phone.resumes()
    _finish(phone)
    assert phone.draft is not None
    assert phone.draft.stage is Stage.CONFIRMED
    web.resumes(code)
    assert web.acknowledged == texts.say("intake.taken.confirmed")
    assert phone.submits().number


def test_a_draft_that_tells_something_here_is_not_pushed_aside(
    phone: Citizen, web: Citizen, texts: Texts
) -> None:
    code = _kept(phone)
    web.begins(MatterKind.PETITION, "我要反映问题")
    web.tells("同意", "邻居盖房子把我家的出路堵了，说了好几次都不让")
    step = web.resumes(code)
    assert step.ack[0].text == texts.say("intake.taken.busy")
    assert step.active  # and the form asks on
    assert phone.draft is not None


def test_a_draft_just_begun_here_makes_room(phone: Citizen, web: Citizen) -> None:
    code = _kept(phone)
    web.begins(MatterKind.CONSULTATION)
    assert web.resumes(code).kind is MatterKind.PETITION
    assert web.draft is not None
    assert web.draft.facts


def test_consent_goes_with_the_draft_and_an_older_one_is_asked_for_again(
    phone: Citizen, web: Citizen, store: SqlStore, texts: Texts
) -> None:
    code = _kept(phone)
    web.resumes(code)
    with store() as work:
        here = work.conversations.get(web.conversation_id)
        assert here.consent_version == texts.say("consent.version")
        here.consent_version = "1999-01-01"
        work.conversations.save(here)
        work.commit()
    newer = _kept_again(web)
    other = Citizen(web.intake, store, web.clock, sender="visitor-2")
    step = other.resumes(newer)
    assert step.stage is Stage.CONSENT
    told = other.draft
    assert told is not None
    other.says("同意")
    assert other.draft is not None
    assert set(told.facts) <= set(other.draft.facts)
    assert other.draft.stage is not Stage.CONSENT


def test_giving_up_offers_to_keep_it_or_to_drop_it(
    phone: Citizen, web: Citizen, texts: Texts
) -> None:
    phone.begins(MatterKind.PETITION, "我要反映问题")
    phone.tells(*ROAD[:3])
    step = phone.says("不填了")
    assert [button.label for button in step.ack[0].buttons] == ["保存", "不要了", "继续填写"]
    assert CODE.search(phone.pauses().ack[0].text)
    phone.cancels("不要了")
    assert phone.acknowledged == texts.say("intake.cancelled.dropped")
    assert phone.draft is None


def test_nothing_is_kept_before_the_consent(phone: Citizen, texts: Texts) -> None:
    phone.begins(MatterKind.PETITION, "我要反映问题")
    phone.says("明天再说")
    assert phone.acknowledged == texts.say("intake.cancelled.early")
    assert not CODE.search(phone.acknowledged)
    assert phone.resumes().stage is Stage.CONSENT


def test_drafts_are_kept_as_long_as_they_are_gone_on_with(
    phone: Citizen, web: Citizen, clock: FakeClock
) -> None:
    code = _kept(phone)
    clock.advance(days=20)
    web.resumes(code)
    web.says("保存")
    clock.advance(days=20)
    assert web.intake.keeping.forget_old() == 0
    assert web.draft is not None
    clock.advance(days=11)
    assert web.intake.keeping.forget_old() == 1
    assert web.draft is None
