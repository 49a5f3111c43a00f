"""A conversation that asks what decides the matter, says where it can go, and leaves the rest open."""

from __future__ import annotations

from casework.domain.draft import Stage
from casework.domain.matter import MatterKind
from tests.integration.casework.intake.town_hall import Citizen
from tests.unit.casework.intake.test_summary import SCHEMA, obeys

CONSULTATION, PETITION = MatterKind.CONSULTATION, MatterKind.PETITION
LOAN = (
    "我叫周文，13812345678。我表弟叫刘强，2025年3月1日他找我借了八万元，写了借条，到现在不还，我要求他把八万块和利息还给我，"
    "我在城关镇人民路住，有借条和微信聊天记录"
)


def _probes(citizen: Citizen) -> list[str]:
    assert citizen.draft is not None
    return [probe["id"] for probe in citizen.draft.notes.get("probes", [])]


def test_the_topics_own_questions_are_asked_and_stand_in_the_summary(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells("同意", LOAN)
    assert len(_probes(citizen)) == 2
    assert all(probe.startswith("loans.") for probe in _probes(citizen))
    assert "现金" in citizen.asked  # how the money was handed over comes first
    why = citizen.says("为什么问这个", "why")
    assert "借条" in why.ack[0].text
    citizen.says("转账的，从我的农行卡转的")
    citizen.says("不清楚")
    assert citizen.steps[-1].stage is Stage.REVIEW
    assert "钱怎么给的：转账的，从我的农行卡转的" in citizen.asked
    citizen.says("确认提交")
    citizen.submits()
    (matter,) = citizen.matters
    obeys(matter.summary, SCHEMA)
    fields = {field["id"]: field for field in matter.summary["fields"]}
    assert fields["loans.delivered"]["state"] == "told"
    assert len(fields["loans.delivered"]["sources"]) == 1
    assert matter.summary["topics"][0]["id"] == "loans"
    assert not any(q["id"] == "loans.delivered" for q in matter.summary["open_questions"])
    assert len(matter.summary["open_questions"]) >= 10
    assert "待核实" in matter.summary["text"]


def test_the_way_is_said_before_the_summary_is_confirmed_and_only_once(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells("同意", LOAN, "转账的")
    citizen.says("不清楚")
    assert citizen.steps[-1].stage is Stage.REVIEW
    assert "向法院起诉" in citizen.acknowledged
    assert "第二十四条" in citizen.acknowledged
    citizen.says("电话改成13912345678")
    assert "向法院起诉" not in citizen.acknowledged


def test_a_petition_is_never_refused_and_its_citizen_learns_which_clock_goes_on(
    citizen: Citizen,
) -> None:
    citizen.begins(PETITION, "我要反映问题")
    citizen.tells(
        "同意",
        "我叫赵敏，13812345678。城关镇的恒丰家具公司拖欠我四个月工资一共两万，我2026年6月10日辞职的，没签合同，"
        "要求公司把工资付给我，没有打过官司，就我一个人，有工资条",
    )
    while citizen.steps[-1].stage is Stage.COLLECTING:
        citizen.says("不清楚")
    assert "您可以接着提交信访" in citizen.acknowledged
    assert "劳动仲裁时效：最后一天是2027年6月10日" in citizen.acknowledged
    assert "不会让" in citizen.acknowledged
    citizen.says("确认提交")
    citizen.submits()
    (matter,) = citizen.matters
    assert matter.summary["route"]["main"]["way"] == "arbitration"
    assert matter.summary["route"]["clocks"][0]["last_day"] == "2027-06-10"
    assert matter.summary["class"]["value"] == "appeal"


def test_what_does_not_fit_together_is_asked_once_and_then_settled(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells(
        "同意",
        "我叫赵敏，13812345678。城关镇的恒丰家具公司每月工资4500元，欠我3个月，一共欠我18000元，我2026年6月10日辞职，"
        "要求公司把工资付给我，有工资条",
    )
    assert _probes(citizen)[0] == "gap"
    assert "13500" in citizen.asked
    citizen.says("还有一个月的奖金4500")
    while citizen.steps[-1].stage is Stage.COLLECTING:
        citizen.says("不清楚")
    citizen.says("确认提交")
    citizen.submits()
    (matter,) = citizen.matters
    assert matter.summary["contradictions"] == []
    fields = {field["id"]: field["text"] for field in matter.summary["fields"]}
    assert fields["gap"] == "还有一个月的奖金4500"


def test_an_accusation_is_asked_nothing_of_its_topic_and_told_no_way(citizen: Citizen) -> None:
    citizen.begins(PETITION, "我要举报我们村村长")
    citizen.tells(
        "同意", "村长刘长贵贪污修路款二十万，把低保给他亲戚，是柳河镇张庄村的", "不留电话"
    )
    assert citizen.draft is not None
    assert citizen.draft.notes["sealed"]
    assert _probes(citizen) == []
    while citizen.steps[-1].stage is Stage.COLLECTING:
        citizen.says("不清楚")
    assert "可以这样走" not in citizen.acknowledged
    citizen.says("确认提交")
    citizen.submits()
    (matter,) = citizen.matters
    assert "open_questions" not in matter.summary


def test_who_tells_little_is_not_asked_more_than_needed(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells("同意", "工资没给", "就这些")
    assert _probes(citizen) == []


def test_what_was_chosen_survives_a_change_of_kind(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells("同意", LOAN, "转账的，从我的农行卡转的")
    chosen = _probes(citizen)
    citizen.begins(PETITION, "我要反映问题")
    assert _probes(citizen) == chosen
    assert citizen.draft is not None
    assert "loans.delivered" in citizen.draft.facts


def test_a_yes_or_a_no_answers_a_question_of_the_topic(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells("同意", LOAN)
    citizen.says("没有", "deny")
    assert citizen.draft is not None
    assert citizen.draft.facts["loans.delivered"].text == "没有"


def test_a_topic_that_is_unknown_asks_nothing_of_its_own(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells(
        "同意",
        "我叫周文，13812345678，去年三月在城关镇的某某石材有限公司门口的石狮子倒了，要求他们扶起来，有照片",
    )
    assert _probes(citizen) == []


def test_danger_is_spoken_to_before_the_next_question_and_once(citizen: Citizen) -> None:
    citizen.begins(CONSULTATION)
    citizen.tells(
        "同意", "我老公又动手打我，我要离婚，我们有一个儿子六岁，房子是婚后买的，在城关镇人民路"
    )
    assert "110" in citizen.acknowledged
    citizen.says("他叫张三")
    assert "110" not in citizen.acknowledged


def test_the_class_of_a_petition_is_named_with_its_reason_and_may_be_changed(
    citizen: Citizen,
) -> None:
    citizen.begins(PETITION, "我要反映问题")
    citizen.tells(
        "同意",
        "我叫周文，13812345678。建议县里在柳河镇张庄村口装红绿灯，去年三月起车很多，希望政府研究一下，没有打过官司，就我一个",
    )
    while citizen.steps[-1].stage is Stage.COLLECTING:
        citizen.says("不清楚")
    assert "第二十九条" in citizen.acknowledged
    assert "向法院起诉" not in citizen.acknowledged
    citizen.says("信访目的改成求决")
    citizen.says("确认提交")
    citizen.submits()
    (matter,) = citizen.matters
    assert matter.summary["class"]["value"] == "appeal"
