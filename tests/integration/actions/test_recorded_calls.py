"""Calls that Rasa 3.6.21 really made, answered by the actions over a whole casework."""

from __future__ import annotations

import asyncio
import json

import pytest

from casework.domain.conversation import Owner
from casework.domain.errors import StorageUnavailable
from casework.domain.matter import MatterKind
from tests.integration.actions.conftest import WIRE, Answered, Desk, FakeGuidance, call_of, recorded


def by_turn(desk: Desk, name: str) -> dict[str, dict[str, Answered]]:
    """For each message said, the answers by action."""
    turns = asyncio.run(desk.play(name))
    said = [turn["says"] for turn in recorded(name)]
    return {
        words: {answer.action: answer for answer in turn}
        for words, turn in zip(said, turns, strict=True)
    }


def test_a_recorded_petition_becomes_a_matter(desk: Desk) -> None:
    turns = by_turn(desk, "petition")
    (matter,) = desk.matters
    fields = {field["id"]: field["text"] for field in matter.summary["fields"]}
    assert fields["phone"] == "13800138001"
    assert fields["name"] == "王建国"
    confirmed = turns["确认提交"]
    assert confirmed["validate_petition_form"].slots == {
        "petition_done": True,
        "intake_outcome": "confirmed",
    }
    assert matter.number in confirmed["action_submit_petition"].text
    assert matter.code in confirmed["action_submit_petition"].text
    assert set(confirmed["action_submit_petition"].slots.values()) == {None}
    assert matter.number in turns["查进度"]["action_progress"].text


def test_a_question_in_between_is_answered_and_the_form_asks_again(desk: Desk) -> None:
    turn = by_turn(desk, "petition")["信访多久给答复？"]
    assert turn["action_answer_question"].text == "可以申请劳动仲裁。"
    assert (turn["validate_petition_form"].events, turn["validate_petition_form"].wire) == ([], [])
    assert "（第" in turn["action_ask_petition_form_petition_done"].text


def test_an_answer_is_acknowledged_by_the_validator_and_asked_by_the_ask_action(desk: Desk) -> None:
    turn = by_turn(desk, "petition")["电话错了，是13800138001"]
    assert turn["validate_petition_form"].text == "好的，联系电话改为“13800138001”。"
    assert turn["validate_petition_form"].slots == {"petition_done": None}
    assert "官司" in turn["action_ask_petition_form_petition_done"].text


def test_the_message_that_begins_a_form_is_no_answer_to_it(desk: Desk) -> None:
    turns = asyncio.run(desk.play("petition", upto=2))
    validated = [answer for answer in turns[1] if answer.action == "validate_petition_form"]
    assert validated
    assert all(answer.events == [] and answer.wire == [] for answer in validated)


def test_a_cancelled_form_says_so_once_and_is_resumed(desk: Desk) -> None:
    turns = by_turn(desk, "consultation")
    resumed = turns["继续填写"]
    assert resumed["action_resume"].slots["intake_kind"] == "consultation"
    assert "对方是谁" in resumed["action_ask_consultation_form_consultation_done"].text


def test_cancelling_ends_the_form_and_keeps_the_draft(desk: Desk) -> None:
    turns = asyncio.run(desk.play("consultation", upto=4))
    validate, cancelled = turns[3]
    assert validate.slots == {"consultation_done": True, "intake_outcome": "cancelled"}
    assert validate.wire == []
    assert "继续填写" in cancelled.text
    assert set(cancelled.slots.values()) == {None}


def test_fear_of_violence_is_helped_first_and_still_counts_as_an_answer(desk: Desk) -> None:
    turn = by_turn(desk, "consultation")["他经常打我，我害怕得不敢回家"]
    assert "110" in turn["action_crisis"].text
    assert "我也记下了" in turn["action_crisis"].text
    with desk.casework.store.reading() as work:
        draft = work.drafts.open_for(desk.conversation_id)
    assert draft is not None
    assert "他经常打我" in str([fact.text for fact in draft.facts.values()])


def test_present_danger_stops_the_form_and_calls_a_person(desk: Desk) -> None:
    asyncio.run(desk.play("consultation", upto=7))
    (crisis,) = asyncio.run(desk.turn(recorded("consultation")[7]))
    assert "110" in crisis.text
    assert "120" in crisis.text
    assert "继续填写" in crisis.text
    with desk.casework.store.reading() as work:
        conversation = work.conversations.get(desk.conversation_id)
    assert (conversation.owner, conversation.waiting_reason) == (Owner.WAITING, "risk")


@pytest.mark.parametrize("name", ["petition", "consultation", "question"])
def test_every_recorded_call_is_answered_with_words_or_events(desk: Desk, name: str) -> None:
    for turn in asyncio.run(desk.play(name)):
        assert any(answer.wire for answer in turn)
        for answer in turn:
            assert "没有办成" not in answer.text, answer.action


@pytest.mark.parametrize("name", ["petition", "consultation"])
def test_nothing_personal_goes_back_to_rasa(desk: Desk, name: str) -> None:
    turns = asyncio.run(desk.play(name))
    sent = json.dumps([answer.wire for turn in turns for answer in turn], ensure_ascii=False)
    for secret in ("13800138000", "13800138001", "王建国", "三分地", "出路堵了"):
        assert secret not in sent
    for matter in desk.matters:
        assert matter.number not in sent
        assert matter.code not in sent


@pytest.mark.parametrize("path", sorted(WIRE.glob("*.json")), ids=lambda path: path.stem)
def test_what_rasa_was_sent_holds_nothing_personal(path: str) -> None:
    for turn in json.loads(open(path, encoding="utf-8").read()):  # noqa: SIM115
        calls = json.dumps(turn["calls"], ensure_ascii=False)
        for secret in ("13800138000", "13800138001", "王建国"):
            assert secret not in calls


def test_a_turn_that_rasa_runs_twice_changes_things_once(desk: Desk) -> None:
    asyncio.run(desk.play("petition", upto=14))
    last = recorded("petition")[14]
    first = asyncio.run(desk.turn(last))
    with desk.casework.store.reading() as work:
        message_id = work.transcript.last(desk.conversation_id, 1)[0].message_id
    filled = json.dumps(last["calls"]).replace("<conversation>", desk.conversation_id)
    calls = json.loads(filled.replace(last["message_id"], str(message_id)))
    second = [asyncio.run(desk.call(call)) for call in calls]
    assert [answer.wire for answer in second] == [answer.wire for answer in first]
    assert len(desk.matters) == 1


# ── questions ────────────────────────────────────────────────────────────────────────────────────


def ask(desk: Desk) -> Answered:
    (answer,) = asyncio.run(desk.turn(call_of("question", "action_answer_question")))
    return answer


def buttons(answer: Answered) -> list[tuple[str, str]]:
    return [(b["title"], b["payload"]) for response in answer.wire for b in response["buttons"]]


def test_a_question_goes_to_the_guidance_word_for_word(desk: Desk, guidance: FakeGuidance) -> None:
    answer = ask(desk)
    assert guidance.asked == [("公司拖欠工资怎么办", "000000")]
    assert answer.text == "可以申请劳动仲裁。"
    assert [payload for _, payload in buttons(answer)] == ["/petition", "/consultation", "/person"]


def test_several_entries_are_offered_as_choices(desk: Desk, guidance: FakeGuidance) -> None:
    guidance.outcome = "choices"
    answer = ask(desk)
    offered = buttons(answer)
    assert "“拖欠工资怎么办”：可以申请劳动仲裁。" in answer.text.splitlines()
    assert offered[0] == ("拖欠工资怎么办", '/choose_entry{"entry":"labour-wages"}')
    assert [payload for _, payload in offered[-3:]] == ["/consultation", "/petition", "/person"]


def test_what_else_may_be_meant_is_offered_beside_the_answer(
    desk: Desk, guidance: FakeGuidance
) -> None:
    guidance.readings = ("labour-overtime",)
    answer = ask(desk)
    assert answer.text == "可以申请劳动仲裁。"
    assert buttons(answer)[0][1] == '/choose_entry{"entry":"labour-overtime"}'
    assert buttons(answer)[-1][1] == "/person"


def test_a_chosen_entry_is_shown(desk: Desk) -> None:
    (answer,) = asyncio.run(desk.turn(call_of("question", "action_choose_entry")))
    assert answer.text == "可以申请劳动仲裁。"


def test_an_entry_that_is_gone_leaves_nobody_without_a_way_on(desk: Desk) -> None:
    turn = call_of("question", "action_choose_entry")
    changed = json.loads(json.dumps(turn).replace("labour-wages", "gone"))
    (answer,) = asyncio.run(desk.turn(changed))
    assert "/person" in dict(map(reversed, buttons(answer)))  # type: ignore[arg-type]


@pytest.mark.parametrize("outcome", ["no_match", "out_of_scope", "unavailable"])
def test_no_answer_and_a_retriever_that_is_down_are_told_apart(
    desk: Desk, guidance: FakeGuidance, outcome: str
) -> None:
    guidance.outcome = outcome  # type: ignore[assignment]
    answer = ask(desk)
    assert answer.text == f"（{outcome}）"
    assert "/person" in [payload for _, payload in buttons(answer)]


def test_a_question_in_a_form_is_no_answer_while_the_retriever_is_down(
    desk: Desk, guidance: FakeGuidance
) -> None:
    guidance.outcome = "unavailable"
    begun = desk.write("我要咨询律师，老板欠我工资三个月没给，我在他厂里干了一年")
    intake = desk.casework.intake
    intake.begin(desk.conversation_id, begun, MatterKind.CONSULTATION)
    intake.answer(desk.conversation_id, desk.write("同意"), "affirm")
    turn = json.loads(json.dumps(call_of("question", "action_answer_question")))
    turn["says"] = "没签合同算不算劳动关系吗？"
    turn["calls"][0]["tracker"]["active_loop"] = {"name": "consultation_form"}
    (answer,) = asyncio.run(desk.turn(turn))
    assert answer.text.startswith("（unavailable）")
    with desk.casework.store.reading() as work:
        draft = work.drafts.open_for(desk.conversation_id)
    assert draft is not None
    assert all("劳动关系" not in fact.text for fact in draft.facts.values())


@pytest.mark.parametrize(
    ("outcome", "words"), [("out_of_scope", "都记下了"), ("unavailable", "（unavailable）")]
)
def test_words_that_ask_nothing_are_noted_for_the_person_who_is_coming(
    desk: Desk, guidance: FakeGuidance, outcome: str, words: str
) -> None:
    message_id = desk.write("转人工")
    desk.casework.handover.request(desk.conversation_id, message_id)
    guidance.outcome = outcome  # type: ignore[assignment]
    assert words in ask(desk).text


def test_a_question_that_is_a_cry_for_help_gets_help(desk: Desk, guidance: FakeGuidance) -> None:
    guidance.outcome = "crisis"
    assert "110" in ask(desk).text


# ── failures ─────────────────────────────────────────────────────────────────────────────────────


def broken(*_: object, **__: object) -> None:
    raise StorageUnavailable("no connection became free")


@pytest.mark.parametrize(
    ("name", "action", "slots"),
    [
        ("petition", "validate_petition_form", {"petition_done": None}),
        ("consultation", "validate_consultation_form", {"consultation_done": None}),
        (
            "petition",
            "action_begin_petition",
            {"petition_done": None, "intake_outcome": None, "intake_kind": None},
        ),
        (
            "petition",
            "action_submit_petition",
            {"petition_done": None, "intake_outcome": None, "intake_kind": None},
        ),
        ("consultation", "action_resume", {"intake_kind": None}),
    ],
)
def test_an_action_that_fails_apologises_and_leaves_every_slot_unset(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, action: str, slots: dict[str, None]
) -> None:
    for method in ("begin", "answer", "submit", "resume"):
        monkeypatch.setattr(desk.casework.intake, method, broken)
    turn = call_of(name, action)
    turn["calls"][0]["tracker"]["latest_message"]["intent"]["name"] = "inform"
    (answer,) = asyncio.run(desk.turn(turn))
    assert answer.slots == slots
    assert "没有" in answer.text
    assert "StorageUnavailable" not in str(answer.wire)


def test_a_call_without_a_message_id_is_answered_with_an_apology(desk: Desk) -> None:
    turn = call_of("petition", "validate_petition_form")
    call = json.loads(json.dumps(turn["calls"][0]).replace('"message_id"', '"lost"'))
    answer = asyncio.run(desk.call(call))
    assert "没有办成" in answer.text
    assert answer.slots == {"petition_done": None}


def test_without_casework_there_is_still_an_apology(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actions.context.parts", broken)
    (answer,) = asyncio.run(desk.turn(call_of("petition", "action_menu")))
    assert "没有办成" in answer.text


def test_submitting_what_was_never_confirmed_hands_nothing_over(desk: Desk) -> None:
    asyncio.run(desk.play("petition", upto=5))
    (answer,) = asyncio.run(desk.turn(call_of("petition", "action_submit_petition")))
    assert "没有提交成功" in answer.text
    assert desk.matters == []


def test_the_words_of_an_error_never_reach_the_log(
    desk: Desk, guidance: FakeGuidance, capsys: pytest.CaptureFixture[str]
) -> None:
    guidance.error = RuntimeError("我叫王建国")
    assert "没有办成" in ask(desk).text
    printed = capsys.readouterr()
    assert "action failed" in printed.out + printed.err
    assert "王建国" not in printed.out + printed.err


def test_a_question_taken_for_an_answer_is_answered_and_fills_nothing(
    desk: Desk, guidance: FakeGuidance
) -> None:
    asyncio.run(desk.play("consultation", upto=2))
    story = recorded("consultation")[2]
    told = "宏达建材有限公司去年三月在柳河镇石桥村把我家的出路堵了，说了也不让"
    asyncio.run(desk.turn({**story, "says": told}))
    aside, *_ = asyncio.run(desk.turn({**story, "says": "恢复原状是啥意思？"}))
    assert aside.text == "可以申请劳动仲裁。"
    assert guidance.asked[-1][0] == "恢复原状是啥意思？"
    with desk.casework.store.reading() as work:
        draft = work.drafts.open_for(desk.conversation_id)
    assert draft is not None
    assert draft.asking not in draft.facts
    assert all("啥意思" not in fact.text for fact in draft.facts.values())
    again, *_ = asyncio.run(desk.turn({**story, "says": "恢复原状是啥意思？"}))
    assert "可以申请" not in again.text
