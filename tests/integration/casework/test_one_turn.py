"""One message and its answer."""

from __future__ import annotations

import pytest

from casework.domain.conversation import Owner, RiskLevel
from casework.domain.messages import Author, MessageKind, Reply
from casework.hearing import KEPT_CHARACTERS
from tests.integration.casework.conftest import Town


def test_a_message_is_answered_and_both_stand_in_the_transcript(town: Town) -> None:
    receipt = town.write("公司拖欠工资")
    result = town.wait(receipt)
    assert result.done
    assert result.owner is Owner.BOT
    assert [(u.author, u.text) for u in town.lines(receipt.conversation_id)] == [
        (Author.CITIZEN, "公司拖欠工资"),
        (Author.BOT, "收到：公司拖欠工资"),
    ]
    assert town.lines(receipt.conversation_id)[1:] == result.replies


def test_a_message_sent_again_is_not_acted_on_again_and_gets_the_same_replies(town: Town) -> None:
    first = town.write("你好", key="same")
    answer = town.wait(first)
    again = town.write("你好", key="same")
    assert (again.message_id, again.is_new) == (first.message_id, False)
    assert town.wait(again).replies == answer.replies
    assert len(town.dialogue.asked) == 1


def test_the_same_key_from_somebody_else_is_another_message(town: Town) -> None:
    town.say("我的秘密", sender="张三", key="1")
    other = town.write("你好", sender="李四", key="1")
    assert other.is_new
    assert [r.text for r in town.wait(other).replies] == ["收到：你好"]


def test_personal_data_never_reaches_the_dialogue(town: Town) -> None:
    town.say("我叫王小明，电话13900001234")
    asked = town.dialogue.asked[0]
    assert "13900001234" not in asked.text
    assert "〔手机号〕" in asked.text
    spans = {e["kind"]: asked.text[e["start"] : e["end"]] for e in asked.metadata["entities"]}
    assert spans["phone"] == "〔手机号〕"
    assert all(set(e) == {"kind", "start", "end"} for e in asked.metadata["entities"])


def test_a_number_across_the_end_of_what_the_dialogue_gets_is_marked_whole(town: Town) -> None:
    for before in range(985, 1003):
        town.say("的" * before + "13900001234" + "了" * 500)
        asked = town.dialogue.asked[-1].text
        assert "139" not in asked
        assert len(asked) <= 1000


@pytest.mark.parametrize(
    "typed", ["/restart", "/session_start", '/petition{"phone":"1"}', "／restart", "\u200b/menu"]
)
def test_typed_text_is_never_a_command(town: Town, typed: str) -> None:
    town.dialogue.offers("请选择", 菜单="/menu")
    town.say("你好")
    town.say(typed)
    assert [turn.trusted for turn in town.dialogue.asked] == [False, False]


@pytest.mark.parametrize("typed", ["反映问题", "2", "2.", "２", "２、", "②", "(2)", " 反映问题。"])
def test_an_offered_button_travels_trusted_however_it_is_named(town: Town, typed: str) -> None:
    town.dialogue.offers("请选择", 咨询律师="/consultation", 反映问题="/petition")
    town.say("你好")
    town.say(typed)
    asked = town.dialogue.asked[-1]
    assert (asked.text, asked.trusted) == ("/petition", True)


def test_only_the_buttons_of_the_last_turn_count(town: Town) -> None:
    town.dialogue.offers("请选择", 反映问题="/petition")
    town.say("你好")
    town.dialogue.answering = lambda turn: [Reply("好的")]
    town.say("今天天气不错")
    town.say("反映问题", kind=MessageKind.BUTTON)
    asked = town.dialogue.asked[-1]
    assert (asked.text, asked.trusted) == ("反映问题", False)


@pytest.mark.parametrize("typed", ["0", "3", "99"])
def test_a_number_that_names_no_button_is_words(town: Town, typed: str) -> None:
    town.dialogue.offers("请选择", 咨询="/consultation", 反映="/petition")
    town.say("你好")
    town.say(typed)
    assert not town.dialogue.asked[-1].trusted


def test_text_beyond_what_is_kept_is_cut_and_the_citizen_is_told(town: Town) -> None:
    receipt = town.write("长" * 1_000_000)
    result = town.wait(receipt)
    assert result.replies[0].text == town.texts.say("turn.too_long")
    assert len(result.replies) == 2
    assert len(town.lines(receipt.conversation_id)[0].text) == KEPT_CHARACTERS
    assert len(town.dialogue.asked[0].text) <= 1000


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t", "\u200b\u200d", "\ud800", "\x00\x07"])
def test_a_message_of_nothing_is_answered_without_the_dialogue(town: Town, nothing: str) -> None:
    assert town.hear(nothing) == [town.texts.say("turn.empty")]
    assert town.dialogue.asked == []


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ("image", "image"),
        ("〔图片〕", "image"),
        ("〔位置〕人民路", "location"),
        ("", "other"),
        ("?", "other"),
    ],
)
def test_a_message_without_words_is_kept_and_answered_with_a_sentence(
    town: Town, told: str, key: str
) -> None:
    receipt = town.write(told, kind=MessageKind.OTHER)
    assert [r.text for r in town.wait(receipt).replies] == [town.texts.say(f"turn.other.{key}")]
    assert town.lines(receipt.conversation_id)[0].text.startswith("〔")
    assert town.dialogue.asked == []


def test_a_picture_between_leaves_the_offered_buttons_standing(town: Town) -> None:
    town.dialogue.offers("请选择", 咨询律师="/consultation")
    town.say("你好")
    picture = town.say("image", kind=MessageKind.OTHER)
    assert picture.replies[0].labels == ("咨询律师",)
    town.say("1")
    assert town.dialogue.asked[-1].text == "/consultation"


@pytest.mark.parametrize(
    ("event", "payload"), [("subscribe", "/menu"), ("scan", "/menu"), ("petition", "/petition")]
)
def test_an_event_travels_as_the_payload_it_stands_for(
    town: Town, event: str, payload: str
) -> None:
    receipt = town.write(event, kind=MessageKind.EVENT)
    assert town.wait(receipt).replies
    assert (town.dialogue.asked[0].text, town.dialogue.asked[0].trusted) == (payload, True)
    assert [u.author for u in town.lines(receipt.conversation_id)] == [Author.BOT]


def test_a_report_of_the_platform_is_done_with_and_not_answered(town: Town) -> None:
    result = town.say("unsubscribe", kind=MessageKind.EVENT)
    assert (result.done, result.replies, town.dialogue.asked) == (True, [], [])
    town.dialogue.offers("请选择", 咨询律师="/consultation")
    town.say("你好")
    town.say("view", kind=MessageKind.EVENT)
    town.say("1")
    assert town.dialogue.asked[-1].text == "/consultation"


def test_the_dialogue_is_told_what_the_turn_starts_from(town: Town) -> None:
    town.say("好几户都被拖欠了")
    metadata = town.dialogue.asked[0].metadata
    assert metadata == {
        "message_id": town.dialogue.asked[0].message_id,
        "risk": "yellow",
        "entities": metadata["entities"],
        "asking": None,
        "asking_kind": None,
        "stage": None,
        "owner": "bot",
    }


def test_a_push_channel_gets_a_push_that_is_due_after_the_passive_window(town: Town) -> None:
    town.dialogue.offers("请选择", 咨询律师="/consultation")
    receipt = town.write("你好", sender="openid-1", channel="wechat")
    town.wait(receipt)
    with town.store() as work:
        now = town.clock.now()
        assert work.outbox.claim_due(now, "w", 30, 10) == []
        (push,) = work.outbox.claim_for_message(receipt.message_id, now, "w", 30)
    assert push.payload == {
        "recipient": "openid-1",
        "replies": [{"text": "请选择", "labels": ["咨询律师"]}],
    }
    assert push.due_at > town.clock.now()
    assert "/consultation" not in str(push.payload)


def test_the_widget_gets_no_push(town: Town) -> None:
    town.say("你好")
    with town.store() as work:
        assert work.outbox.counts()["pending"] == 0


def test_risk_is_kept_on_the_conversation_and_only_rises(town: Town) -> None:
    receipt = town.write("我害怕")
    town.wait(receipt)
    assert town.conversation(receipt.conversation_id).risk is RiskLevel.ORANGE
    town.say("好几户")
    found = town.conversation(receipt.conversation_id)
    assert found.risk is RiskLevel.ORANGE
    assert found.risk_signals == ("害怕", "好几户")
