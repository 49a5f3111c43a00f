"""Clocks of the topics that ship: the day a story tells is the day they are counted from."""

from __future__ import annotations

import pytest

from casework.outlining import OutlineWords
from casework.texts import Texts
from tests.unit.casework.outline.parts import TODAY, outline


@pytest.mark.parametrize(
    ("rule", "last", "text"),
    [
        ("insurance_claim", "2027-03-10", "我给车买了车险，2025年3月10日出险撞了护栏，保险公司拒赔"),
        ("life_insurance_claim", "2029-05-06", "我爸买的终身寿险，2024年5月6日去世了，保险公司拒赔说没如实告知"),
        ("construction_priority", "2026-12-30", "我们公司给开发商盖楼，合同约定2025年6月30日付清工程款，到现在还欠八十万，甲方在卖楼"),
        ("resolution_revocation", "2026-12-11", "我是公司小股东占百分之二十，2026年10月12日公司开股东会作出决议把设备卖给大股东，没有通知我"),
        ("criminal_appeal_judgment", "2026-11-26", "我弟弟因为盗窃被判刑，2026年11月16日收到一审判决书，判了两年，想上诉"),
        ("nonprosecution_complaint", "2026-11-25", "我被人打成轻伤，2026年11月18日收到检察院的不起诉决定书，不服"),
        ("not_filed_review", "2026-11-24", "我被邻居打成轻伤二级，2026年11月17日收到派出所的不予立案通知书，我不服"),
        ("protest_request", "2026-11-24", "我被人打成重伤，一审判太轻，2026年11月19日收到判决书，想让他坐牢更久"),
        ("not_filed_review", "2026-11-25", "网上投资被骗了六万块，报警后2026年11月18日拿到不予立案通知书"),
        ("partner_expulsion", "2026-12-02", "我跟三个人办的合伙企业，2026年11月2日收到他们把我除名的通知"),
        ("gift_revocation", "2027-03-01", "我七十六了，把房子过户给儿子说好他养老，他从2026年3月1日起就不养我，还赶我出门"),
        ("credit_objection_due", "2026-11-25", "征信报告有一笔逾期不是我的，2026年11月5日向银行提了征信异议，还没回"),
        ("collective_decision", "2027-02-01", "村里2026年2月1日开会表决不给外嫁女分征地款，我家承包地的钱一分没有，集体成员都分了"),
        ("execution_objection_suit", "2026-12-01", "法院查封了我的房子，可房子是我买的，我提了执行异议，2026年11月16日收到裁定驳回，执行法官说可以起诉"),
        ("creditor_revocation", "2027-05-01", "法院判他还我十二万，他2025年就把房子过户给他儿子了，我2026年5月1日才知道他把房子低价转移"),
        ("capacity_reappraisal", "2026-11-30", "单位给我申请了工伤，劳动能力鉴定结论2026年11月15日收到，十级，我不服"),
        ("traffic_review", "2026-11-25", "2026年11月20日收到交通事故认定书，说我主责，我不服"),
        ("product_liability", "2028-04-02", "买的电动车充电时2026年4月2日起火，把我烧伤住院了，商家不赔，厂家说没缺陷"),
        ("quality_notice", "2027-03-05", "我们厂从他那买了一批设备，2025年3月5日收到货，质量不合格，厂家不认"),
        ("hidden_illness", "2027-06-01", "我老婆婚前有精神病瞒着我，2026年6月1日才知道她有病，我想离婚"),
        ("property_redivision", "2029-04-08", "我们离婚以后，2026年4月8日我发现他离婚时隐藏了一笔存款，想再分财产"),
        ("answer", "2026-11-27", "我收到法院传票，2026年11月12日收到起诉状，说我欠钱，我成被告了要开庭怎么答辩"),
        ("owners_decision", "2027-05-20", "小区业委会2026年5月20日公示业主大会表决动用维修资金，签名是假的，物业也不管"),
        ("tenant_first_refusal", "2026-11-30", "房东2026年11月15日通知我他要卖房，我租的房子合同到明年，我想优先购买"),
        ("trademark_invalidation", "2029-03-07", "我们的商标被同行抢注，对方2024年3月7日注册成功，我想宣告无效"),
        ("seizure_term", "2026-11-07", "店里2026年10月8日被市场监管局查封了，扣押了一批货，说要处罚"),
        ("permit_decision", "2026-12-08", "2026年11月10日交了烟草证许可申请材料，窗口一直不给批"),
        ("employer_papers", "2026-11-20", "我和公司解除劳动合同，2026年11月5日被辞退，公司不给办社保转移，档案也不给"),
        ("suit_after_reconsideration", "2026-12-01", "不服行政处罚申请复议，2026年11月16日收到复议决定，维持了罚款五千元"),
        ("mediation_confirmation", "2026-12-03", "和邻居因为宅基地吵，村委调解员2026年11月3日给我们调解签了协议，他现在又反悔堵路"),
        ("court_execution", "2026-11-08", "法院判他还钱，我2026年5月8日申请了强制执行，执行法官一直不管"),
        ("distribution_objection", "2026-11-30", "执行款分配方案2026年11月14日收到，法院拍卖老赖的房子，分给我的太少，我有异议"),
        ("equity_first_refusal", "2026-12-01", "另一个股东要把股权卖给外人，2026年11月1日收到他的书面转让通知，我想优先购买"),
        ("information_due", "2026-11-30", "我申请政府信息公开，2026年11月2日提交的信息公开申请，镇政府不答复"),
        ("land_title_suit", "2026-12-07", "不服镇政府的土地权属处理决定，2026年11月6日收到处理决定，宅基地判给了邻居"),
        ("suit_after_land_award", "2026-12-09", "土地承包仲裁，2026年11月9日收到仲裁裁决书，我的承包地没要回来"),
        ("preservation_suit", "2026-12-04", "起诉前申请了诉前保全，法院2026年11月4日查封了他的车，我还没起诉"),
        ("rescission_mistake", "2027-01-08", "我签合同时把型号弄错了，2026年10月10日才发现弄错了，想撤销买卖合同，对方不退定金"),
        ("suit_after_arbitration", "2027-01-20", "合同约定仲裁，我收到仲裁委裁决，2026年10月20日收到裁决书，货款一分没要到，合同纠纷想撤销裁决"),
        ("share_buyback_suit", "2027-01-18", "股东会2026年10月20日作出决议，公司连续五年不分红还要延续经营，我投了反对票"),
    ],
)  # fmt: skip
def test_a_story_that_tells_the_day_has_the_last_day_of_its_clock(
    rule: str, last: str, text: str
) -> None:
    clock = next((clock for clock in outline(text).clocks if clock.rule.id == rule), None)
    assert clock is not None
    assert clock.deadline is not None
    assert str(clock.deadline.last_day) == last


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("appeal_judgment", "我弟弟盗窃被判刑两年，2026年11月16日收到一审判决书，想上诉"),
        ("reconsideration", "被人打成轻伤，2026年11月18日收到检察院的不起诉决定书"),
        ("suit_after_labour_award", "土地承包仲裁，2026年11月9日收到裁决书，承包地没要回来"),
        ("insurance_claim", "我爸买的终身寿险，2024年5月6日去世了，保险公司拒赔"),
        ("life_insurance_claim", "我在中国人寿买的车险，2025年3月10日出险，保险公司拒赔"),
        ("seizure_term", "起诉前诉前保全，法院2026年11月4日查封了他的车"),
        ("reconsideration", "行政处罚申请了复议，2026年11月16日收到复议决定，维持罚款"),
        ("execution_review", "案外人执行异议，2026年11月16日收到裁定驳回，法院要拍卖我买的房"),
    ],
)
def test_a_clock_of_another_procedure_does_not_run(rule: str, text: str) -> None:
    assert rule not in {clock.rule.id for clock in outline(text).clocks}


def test_what_an_authority_must_keep_is_in_the_summary_once_its_day_is_known() -> None:
    texts = Texts(values={})
    told = outline("征信上有一笔不是我的逾期，2026年11月5日向银行提了征信异议，还没回")
    untold = outline("征信上有一笔不是我的逾期，向银行提了征信异议，还没回")
    for found, rules in ((told, ["credit_objection_due"]), (untold, [])):
        clocks = OutlineWords(texts, found, TODAY).as_summary()["route"]["clocks"]
        assert [clock["rule"] for clock in clocks if clock["last_day"]] == rules


def test_an_heir_is_told_no_term_for_legacies() -> None:
    story = "爸爸今年2月6号走了没留遗嘱，继母和哥哥不肯分房子给我"
    assert "bequest" not in {clock.rule.id for clock in outline(story).clocks}
    legacy = "邻居老人立遗嘱把房子留给我这个外人，我上个月才知道"
    assert "bequest" in {clock.rule.id for clock in outline(legacy).clocks}


def test_a_fall_at_school_brings_no_word_of_abuse() -> None:
    clocks = outline("11月5号我儿子在学校被同学推倒摔断了手，9岁").clocks
    assert [clock.note for clock in clocks if clock.rule.id == "civil_claim"] == [""]


def test_what_never_runs_out_is_said_without_a_day_it_would_run_from() -> None:
    found = outline("隔壁邻居砌墙把我家过道堵得只剩半米，让他把墙拆了")
    clocks = OutlineWords(Texts(values={}), found, TODAY).as_summary()["route"]["clocks"]
    (never,) = [clock["text"] for clock in clocks if clock["rule"] == "no_limitation"]
    assert "停止侵害、排除妨碍" in never
    assert "起算" not in never
