"""The whole way of an intake over a real database."""

from __future__ import annotations

import pytest

from casework.adapters.store import SqlStore
from casework.domain.conversation import Owner
from casework.domain.draft import Stage
from casework.domain.errors import NothingToSubmit
from casework.domain.matter import MatterKind, MatterStatus
from casework.texts import Texts
from tests.fakes.clock import FakeClock
from tests.integration.casework.intake.town_hall import LABOUR, ROAD, Citizen, open_intake

CONSULTATION, PETITION = MatterKind.CONSULTATION, MatterKind.PETITION


def test_a_consultation_reaches_the_lawyer_with_all_that_was_told(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells(*LABOUR)
    assert citizen.steps[-1].stage is Stage.REVIEW
    citizen.says("确认提交")
    done = citizen.submits()

    (matter,) = citizen.matters
    fields = {field["id"]: field["value"] for field in matter.summary["fields"]}
    assert fields["name"] == "王建国"
    assert fields["phone"] == "13812345678"
    assert fields["against"] == "青河县宏达建材有限公司"
    assert fields["when"] == "2026-06/2026-08"
    assert fields["amount"] == 18000
    assert fields["where"] == "青河县城关镇工业路"
    assert "双倍工资" in fields["wanted"]
    assert "考勤照片" in fields["evidence"]
    assert (matter.number, matter.code) == (done.number, done.code)
    assert matter.number.startswith("ZX20261123-")
    assert done.number in done.text
    assert done.code in done.text
    assert citizen.draft is None
    with citizen.store.reading() as work:
        conversation = work.conversations.get(citizen.conversation_id)
    assert (conversation.owner, conversation.waiting_reason) == (Owner.WAITING, "consultation")


def test_a_petition_is_promised_to_the_petition_system_with_the_matter(citizen: Citizen) -> None:
    citizen.begins(PETITION, "我要反映问题")
    citizen.tells(*ROAD, "确认提交")
    done = citizen.submits()
    (matter,) = citizen.matters
    (promise,) = citizen.promises
    assert (promise.kind, promise.target, promise.key) == (
        "matter",
        "ledger",
        f"matter:{matter.id}",
    )
    assert promise.payload["number"] == done.number
    assert promise.payload["summary"] == matter.summary
    assert "code" not in promise.payload
    assert done.code not in str(promise.payload)
    with citizen.store.reading() as work:
        (event,) = work.matters.events(matter.id)
    assert (event.what, event.by, event.status) == ("submitted", "citizen", MatterStatus.SUBMITTED)


def test_the_words_as_written_are_kept_beside_the_summary(citizen: Citizen) -> None:
    citizen.begins(PETITION, "我要反映问题")
    citizen.tells(*ROAD, "确认提交")
    citizen.submits()
    (matter,) = citizen.matters
    quotes = {quote["source"]: quote["text"] for quote in matter.summary["quotes"]}
    for field in matter.summary["fields"]:
        if field["state"] == "told":
            assert all(source in quotes for source in field["sources"])
    assert ROAD[1] in quotes.values()


def test_every_kind_runs_on_postgresql_too(
    postgres_store: SqlStore, clock: FakeClock, texts: Texts
) -> None:
    citizen = Citizen(open_intake(postgres_store, clock, texts), postgres_store, clock)
    citizen.begins(PETITION, "我要反映问题")
    citizen.tells(*ROAD, "确认提交")
    done = citizen.submits()
    assert [matter.number for matter in citizen.matters] == [done.number]
    assert len(citizen.promises) == 1


def test_a_message_that_begins_and_tells_is_the_story(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION, "我要咨询律师，老板拖欠我工资三万五，拖了半年了一直说没钱不给")
    citizen.says("同意")
    assert "三万五" in citizen.acknowledged
    draft = citizen.draft
    assert draft is not None
    assert draft.facts["narrative"].text.startswith("老板拖欠我工资")


def test_the_question_asked_before_is_offered_as_the_story(citizen: Citizen) -> None:
    citizen.writes("公司拖欠我三个月工资怎么办")
    citizen.begins(CONSULTATION)
    citizen.says("同意")
    assert "公司拖欠我三个月工资怎么办" in citizen.acknowledged


@pytest.mark.parametrize("before", ["你好", "公证要带什么材料", "我要查一下进度"])
def test_other_things_said_before_are_not(citizen: Citizen, before: str) -> None:
    citizen.writes(before)
    citizen.begins(CONSULTATION)
    citizen.says("同意")
    draft = citizen.draft
    assert draft is not None
    assert draft.facts == {}


def test_a_question_of_yesterday_is_not_taken_for_todays_story(citizen: Citizen) -> None:
    citizen.writes("公司拖欠我三个月工资怎么办")
    citizen.clock.advance(days=1)
    citizen.begins(CONSULTATION)
    citizen.says("同意")
    draft = citizen.draft
    assert draft is not None
    assert draft.facts == {}


def test_what_one_matter_was_made_of_is_not_taken_for_the_next(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells(*LABOUR, "确认提交")
    citizen.submits()
    citizen.begins(PETITION, "我要反映问题")
    draft = citizen.draft
    assert draft is not None
    assert draft.facts == {}


# ── consent ──────────────────────────────────────────────────────────────────────────────────────


def test_consent_is_asked_for_first_and_only_once(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    assert citizen.steps[-1].stage is Stage.CONSENT
    citizen.tells(*LABOUR, "确认提交")
    citizen.submits()
    citizen.begins(PETITION, "我要反映问题")
    assert citizen.steps[-1].stage is Stage.COLLECTING
    with citizen.store.reading() as work:
        conversation = work.conversations.get(citizen.conversation_id)
        assert work.audit.about(citizen.conversation_id)[0][2] == "consented"
    assert conversation.consent_version is not None


def test_who_refuses_is_told_other_ways_and_nothing_is_kept(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION, "我要咨询律师，我叫王建国，老板拖欠我工资三万五一直不给")
    step = citizen.says("不同意")
    assert not step.active
    assert "12348" in citizen.acknowledged
    assert citizen.draft is None
    with pytest.raises(NothingToSubmit):
        citizen.submits()


# ── once and only once ───────────────────────────────────────────────────────────────────────────


def test_a_turn_that_is_run_twice_changes_things_once(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells("同意", LABOUR[1])
    before = citizen.draft
    again = citizen.intake.answer(citizen.conversation_id, citizen.last_message, "inform")
    assert citizen.draft == before
    assert again == citizen.steps[-1]


def test_the_message_that_began_an_intake_is_no_answer_to_it(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION, "我要咨询律师")
    citizen.says("同意")
    step = citizen.begins(CONSULTATION, "继续咨询吧我要咨询律师")
    before = citizen.draft
    again = citizen.intake.answer(citizen.conversation_id, citizen.last_message, "inform")
    assert (again.ack, again.question) == ([], step.question)
    assert citizen.draft == before


def test_the_word_that_takes_a_draft_up_again_is_no_answer_to_it(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells("同意", LABOUR[1], "取消")
    citizen.resumes()
    draft = citizen.draft
    assert draft is not None
    citizen.intake.answer(citizen.conversation_id, draft.seen[-1], "inform")
    assert citizen.draft == draft


def test_submitting_twice_makes_one_matter(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells(*LABOUR, "确认提交")
    first, second = citizen.submits(), citizen.submits()
    assert first == second
    assert len(citizen.matters) == len(citizen.promises) == 1


def test_another_message_cannot_submit_the_same_draft_again(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells(*LABOUR, "确认提交")
    citizen.submits()
    with pytest.raises(NothingToSubmit):
        citizen.submits(citizen.writes("确认提交"))
    assert len(citizen.matters) == 1


def test_nothing_is_handed_over_before_it_is_confirmed(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    for text in LABOUR:
        citizen.says(text)
        with pytest.raises(NothingToSubmit):
            citizen.submits()
    assert citizen.matters == []


def test_a_confirmed_draft_that_lost_its_story_is_not_handed_over(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells(*LABOUR, "确认提交")
    with citizen.store() as work:
        draft = work.drafts.open_for(citizen.conversation_id)
        assert draft is not None
        del draft.facts["narrative"]
        work.drafts.save(draft)
        work.commit()
    with pytest.raises(NothingToSubmit):
        citizen.submits()
    draft = citizen.draft
    assert draft is not None
    assert (draft.stage, draft.asking) == (Stage.COLLECTING, "narrative")


# ── pausing, switching, sealing ──────────────────────────────────────────────────────────────────


def test_a_draft_set_aside_is_taken_up_where_it_was(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells("同意", LABOUR[1])
    asked = citizen.asked
    step = citizen.says("先不填了")
    assert (step.active, step.stage) == (False, Stage.CANCELLED)
    assert citizen.intake.cancel(citizen.conversation_id, citizen.last_message).ack == step.ack
    citizen.clock.advance(days=5)
    step = citizen.resumes()
    assert step.active
    assert citizen.asked == asked


def test_cancelling_a_second_time_drops_the_draft_for_good(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells("同意", LABOUR[1], "取消")
    citizen.cancels()
    assert citizen.draft is None
    assert not citizen.resumes().active


def test_beginning_again_goes_on_with_the_open_draft(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells("同意", LABOUR[1], "取消")
    step = citizen.begins(CONSULTATION)
    assert step.active
    draft = citizen.draft
    assert draft is not None
    assert draft.facts["name"].value == "王建国"


def test_turning_a_consultation_into_a_petition_and_back_loses_nothing(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells("同意", LABOUR[1])
    citizen.begins(PETITION, "我要反映问题")
    draft = citizen.draft
    assert draft is not None
    assert draft.kind is PETITION
    assert {"name", "phone", "narrative", "amount"} <= set(draft.facts)
    while not citizen.asked.startswith("（") or "打过官司" not in citizen.asked:
        citizen.says("不知道" if "诉求" not in citizen.asked else "把工资要回来")
    citizen.says("都没有")
    citizen.begins(CONSULTATION)
    draft = citizen.draft
    assert draft is not None
    assert "earlier" not in draft.facts
    citizen.begins(PETITION, "我要反映问题")
    draft = citizen.draft
    assert draft is not None
    assert draft.facts["earlier"].value == "none"


def test_an_accusation_is_sealed_and_its_promise_too(citizen: Citizen) -> None:
    citizen.begins(
        PETITION, "我要举报村支书王大山贪污低保款，去年柳河镇张庄村的事，低保户一分钱没拿到"
    )
    citizen.says("同意")
    assert "密封" in citizen.acknowledged
    for number in ("12388", "12337", "12389"):
        assert number in citizen.acknowledged
    asked = 0
    while citizen.steps[-1].stage is Stage.COLLECTING:
        asked += 1
        citizen.says("张庄村村支书" if "对方" in citizen.asked else "不留")
    assert asked <= 3
    citizen.says("确认提交")
    citizen.submits()
    (matter,) = citizen.matters
    assert matter.sealed
    with citizen.store.reading() as work:
        assert work.matters.ledger() == ([], 0)


def test_a_person_of_another_conversation_has_a_draft_of_their_own(
    citizen: Citizen, neighbour: Citizen
) -> None:
    citizen.begins(CONSULTATION)
    neighbour.begins(PETITION, "我要反映问题")
    citizen.tells("同意", LABOUR[1])
    draft = neighbour.draft
    assert draft is not None
    assert draft.facts == {}


# ── what Rasa is told ────────────────────────────────────────────────────────────────────────────


def test_the_dialogue_knows_what_kind_of_answer_is_waited_for(citizen: Citizen) -> None:
    kinds = []
    citizen.begins(PETITION, "我要反映问题")
    for text in (*ROAD, "修改", "联系电话"):
        draft = citizen.draft
        assert draft is not None
        kinds.append(citizen.intake.asking_kind(draft))
        citizen.says(text)
    draft = citizen.draft
    assert draft is not None
    kinds.append(citizen.intake.asking_kind(draft))
    assert kinds == [
        "yesno",
        "text",
        "text",
        "place",
        "text",
        "choice",
        "text",
        "name",
        None,
        "choice",
        "phone",
    ]


def test_a_draft_that_is_set_aside_waits_for_nothing(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells("同意", LABOUR[1], "取消")
    draft = citizen.draft
    assert draft is not None
    assert citizen.intake.asking_kind(draft) is None
    assert citizen.intake.current(citizen.conversation_id).question is None


def test_an_empty_message_changes_nothing(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells("同意")
    before = citizen.draft
    citizen.says("   ")
    after = citizen.draft
    assert before is not None
    assert after is not None
    assert after.facts == before.facts
    assert citizen.asked
