"""People type on while a question comes: what they send before they can read it is no answer."""

from __future__ import annotations

import pytest

from casework.domain.matter import MatterKind
from casework.domain.messages import Author
from casework.intake import Step
from tests.integration.casework.intake.town_hall import LABOUR, ROAD, Citizen

CONSULTATION, PETITION = MatterKind.CONSULTATION, MatterKind.PETITION
STORY = "去年十月村里修路占了我家三分地，说好给补偿"


def answered(citizen: Citizen, message_id: str) -> None:
    """The turn of a message ends: what was said to it stands in the transcript."""
    with citizen.store() as work:
        for reply in citizen.steps[-1].replies:
            work.transcript.append(
                *(citizen.conversation_id, Author.BOT, reply.text, citizen.clock.now()),
                message_id=message_id,
            )
        work.commit()


def says(citizen: Citizen, text: str) -> Step:
    step = citizen.says(text)
    answered(citizen, citizen.last_message)
    return step


def typing_on(citizen: Citizen, *texts: str) -> list[str]:
    """The first is answered while the others are on their way; these are then one turn."""
    sent = [citizen.writes(text) for text in texts]
    citizen._keep(citizen.intake.answer, sent[0], "inform")
    answered(citizen, sent[0])
    return sent


def together(citizen: Citizen, sent: list[str], intent: str = "inform") -> Step:
    with citizen.store() as work:
        work.inbox.mark_done(sent[0], citizen.clock.now())
        work.inbox.bind(sent[1:-1], sent[-1])
        work.commit()
    step = citizen._keep(citizen.intake.answer, sent[-1], intent)
    answered(citizen, sent[-1])
    return step


@pytest.fixture
def telling(citizen: Citizen) -> Citizen:
    """Asked for the story."""
    citizen.begins(PETITION, "我要反映问题")
    answered(citizen, citizen.last_message)
    says(citizen, "同意")
    return citizen


def test_lines_typed_on_belong_to_the_story_and_name_their_messages(telling: Citizen) -> None:
    sent = typing_on(
        telling, STORY, "村委会到现在没给", "我们12户都这样", "我们希望按标准把补偿款发下来"
    )
    together(telling, sent)
    assert telling.draft is not None
    facts = telling.draft.facts
    for line in (STORY, "村委会到现在没给", "我们12户都这样"):
        assert line in facts["narrative"].text
    assert facts["narrative"].sources == tuple(sent)
    assert facts["people"].sources == (sent[2],)
    assert facts["wanted"].sources == (sent[3],)
    assert facts["against"].sources == (sent[1],)


def test_no_question_takes_an_unread_line_for_its_answer(telling: Citizen) -> None:
    sent = typing_on(telling, STORY, "我跟他们吵过三回")
    question = telling.asked
    together(telling, sent)
    assert telling.asked.split("）", 1)[1] == question.split("）", 1)[1]
    assert telling.draft is not None
    asked_for = telling.draft.asking
    assert asked_for not in telling.draft.facts
    assert "吵过三回" in telling.draft.facts["narrative"].text


@pytest.mark.parametrize("text", ["好的", "没有", "不知道", "就这些", "嗯嗯"])
def test_a_short_answer_to_a_question_nobody_read_does_nothing(telling: Citizen, text: str) -> None:
    sent = typing_on(telling, STORY, text)
    before = telling.draft
    step = together(telling, sent)
    assert telling.draft is not None
    assert before is not None
    assert (telling.draft.facts, telling.draft.asking) == (before.facts, before.asking)
    assert step.ack == []
    assert step.question is not None


def test_nobody_consents_to_a_notice_that_was_not_shown_yet(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)  # makes the conversation
    citizen.cancels()
    citizen.cancels()
    first, second = citizen.writes("我要咨询律师"), citizen.writes("好的")
    citizen._keep(citizen.intake.begin, first, CONSULTATION)
    answered(citizen, first)
    citizen._keep(citizen.intake.answer, second, "affirm")
    answered(citizen, second)
    assert citizen.draft is not None
    assert citizen.draft.stage.value == "consent"
    says(citizen, "好的")
    assert citizen.draft.stage.value == "collecting"


def test_nobody_confirms_a_summary_that_was_not_shown_yet(citizen: Citizen) -> None:
    citizen.begins(PETITION)
    citizen.tells(*ROAD[:-1])
    sent = typing_on(citizen, ROAD[-1], "确认提交")
    together(citizen, sent, "affirm")
    assert citizen.draft is not None
    assert citizen.draft.stage.value == "review"
    says(citizen, "确认提交")
    assert citizen.draft.stage.value == "confirmed"


def test_a_question_that_was_asked_before_may_be_answered_unseen(citizen: Citizen) -> None:
    """Name and telephone are asked for at once, and given in two lines."""
    citizen.begins(PETITION)
    citizen.tells(*ROAD[:7])
    assert "姓名" in citizen.asked
    sent = typing_on(citizen, "13912345678", "李秀英")
    together(citizen, sent)
    assert citizen.draft is not None
    assert citizen.draft.facts["phone"].value == "13912345678"
    assert citizen.draft.facts["name"].text == "李秀英"


def test_a_correction_typed_on_corrects(telling: Citizen) -> None:
    sent = typing_on(telling, STORY + "，一共欠我两万元", "说错了，金额是三万元")
    together(telling, sent)
    assert telling.draft is not None
    assert telling.draft.facts["amount"].value == 30000


def test_a_story_that_goes_on_at_once_is_no_answer_though_the_question_stands(
    telling: Citizen,
) -> None:
    says(telling, STORY)
    question = telling.asked.split("）", 1)[1]
    says(telling, "后来挖机又把我家的麦子毁了")
    assert telling.asked.split("）", 1)[1] == question
    assert telling.draft is not None
    assert "麦子毁了" in telling.draft.facts["narrative"].text


def test_after_a_line_that_breaks_off_the_next_goes_on(telling: Citizen) -> None:
    says(telling, "去年十月村里修路占了我家三分地，说好给补偿，")
    telling.clock.advance(20)
    says(telling, "挖机把麦子也毁了")
    assert telling.draft is not None
    assert "麦子也毁了" in telling.draft.facts["narrative"].text
    assert "against" not in telling.draft.facts


def test_what_is_said_later_answers_the_question(telling: Citizen) -> None:
    says(telling, STORY)
    telling.clock.advance(30)
    asked_for = telling.draft.asking if telling.draft else None
    says(telling, "后来那个施工队")
    assert telling.draft is not None
    assert asked_for in telling.draft.facts


def test_pieces_told_before_the_intake_are_one_story(citizen: Citizen) -> None:
    sent = [citizen.writes(t) for t in ("你好", "老板不给工资", "三个月了", "一共两万多")]
    citizen.begins(CONSULTATION)
    citizen.tells("同意")
    assert citizen.draft is not None
    narrative = citizen.draft.facts["narrative"]
    assert narrative.text == "老板不给工资\n三个月了\n一共两万多"
    assert narrative.sources == tuple(sent[1:])
    assert citizen.draft.facts["amount"].sources == (sent[3],)


def test_pieces_told_while_the_consent_is_asked_for_are_kept(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION, "我要咨询律师，老板拖欠我三个月工资")
    citizen.says("两万")
    citizen.tells("同意")
    assert citizen.draft is not None
    assert "两万" in citizen.draft.facts["narrative"].text
    assert citizen.draft.facts["amount"].value == 20000


def test_the_summary_quotes_each_message_by_itself(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells("同意")
    pieces = [
        "我一直在青河县宏达建材有限公司开叉车，活又脏又累",
        "今年6月到8月的工资一直没发",
        "一共欠我一万八千块",
        "没签劳动合同",
    ]
    sent = typing_on(citizen, *pieces)
    together(citizen, sent)
    for line in (
        "青河县城关镇工业路",
        *LABOUR[3:],
        "我叫王建国",
        "13812345678",
        "没有了",
        "不清楚",
        "不清楚",
    ):
        if citizen.draft is not None and citizen.draft.stage.value == "collecting":
            says(citizen, line)
    says(citizen, "确认提交")
    citizen.submits()
    (matter,) = citizen.matters
    quotes = {quote["source"]: quote["text"] for quote in matter.summary["quotes"]}
    assert [quotes[each] for each in sent] == pieces
    fields = {field["id"]: field for field in matter.summary["fields"]}
    assert fields["narrative"]["text"].split("\n")[:4] == pieces
    assert fields["narrative"]["sources"][:4] == sent
    assert fields["amount"]["sources"] == [sent[2]]
