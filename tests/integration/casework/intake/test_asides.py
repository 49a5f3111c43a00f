"""Messages that are taken for something else than an answer, and may be one all the same."""

from __future__ import annotations

import pytest

from casework.domain.matter import MatterKind
from tests.integration.casework.intake.town_hall import LABOUR, Citizen

CONSULTATION = MatterKind.CONSULTATION


@pytest.fixture
def asked_for_evidence(citizen: Citizen) -> Citizen:
    citizen.begins(CONSULTATION)
    return citizen.tells("同意", LABOUR[1], LABOUR[2], LABOUR[3])


@pytest.mark.parametrize(
    ("text", "intent", "interrupts"),
    [
        ("聊天记录我都留着", "privacy", False),
        ("你们会不会泄露我的信息", "privacy", True),
        ("工资条和打卡记录查得到", "progress", False),
        ("我上次的事办到哪一步了", "progress", True),
        ("今天天气怎么样", "out_of_scope", True),
        ("转人工", "person", True),
    ],
)
def test_an_open_question_is_interrupted_only_by_words_that_mean_it(
    asked_for_evidence: Citizen, text: str, intent: str, interrupts: bool
) -> None:
    citizen = asked_for_evidence
    message_id = citizen.writes(text)
    asides = citizen.intake.asides
    assert asides.interrupts(citizen.conversation_id, message_id, intent) is interrupts


def test_what_is_said_twice_in_a_row_is_the_answer(asked_for_evidence: Citizen) -> None:
    citizen = asked_for_evidence
    citizen.writes("你们隐私里面那个照片")
    message_id = citizen.writes("你们隐私里面那个照片")
    asides = citizen.intake.asides
    assert not asides.interrupts(citizen.conversation_id, message_id, "privacy")
    kept = asides.keep(citizen.conversation_id, message_id)
    assert kept is not None
    assert kept.told


def test_what_tells_nothing_is_kept_from_filling_a_fact(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells("同意", "邻居盖房子把我家的出路堵了，说了好几次都不让", "邻居李大山")
    kept = citizen.intake.asides.keep(citizen.conversation_id, citizen.writes("仲裁要交钱吗？"))
    assert kept is not None
    assert not kept.told


def test_where_nothing_is_asked_nothing_is_kept(citizen: Citizen) -> None:
    message_id = citizen.writes("聊天记录我都留着")
    asides = citizen.intake.asides
    assert asides.keep(citizen.conversation_id, message_id) is None
    citizen.begins(CONSULTATION)
    assert asides.keep(citizen.conversation_id, citizen.writes("聊天记录我都留着")) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我想咨询律师，我叫郑强，去年三月在鞋厂上班时手被机器压断了", CONSULTATION),
        ("你好，想找律师，老板拖欠我三个月工资", CONSULTATION),
        ("我要反映我们村修路占地不给补偿的事，找了好几次都没人管", MatterKind.PETITION),
        ("我收到法院传票了，不懂怎么弄，要咨询律师", CONSULTATION),
        ("干了一年活一分钱没拿到，急得我饭都吃不下，帮我找个律师看看吧", CONSULTATION),
        ("村里的路烂了三年没人修，我要反映问题", MatterKind.PETITION),
        ("老板说我要是想找律师就去找", None),
        ("我要咨询律师的话要交钱吗？", None),
        ("我要举报老板偷税，去哪里举报", None),
        ("公司拖欠我三个月工资怎么办", None),
    ],
)
def test_a_long_story_that_begins_with_a_wish_begins_the_intake(
    citizen: Citizen, text: str, kind: MatterKind | None
) -> None:
    assert citizen.intake.asides.wanted_by(text) is kind
