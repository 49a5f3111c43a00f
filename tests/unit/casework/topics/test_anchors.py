"""Questions that quote the story: of the right clause, and only where they belong."""

from __future__ import annotations

import pytest

from tests.unit.casework.outline.parts import outline


def _asked(text: str) -> dict[str, str]:
    return {question.id: question.text for question in outline(text).questions}


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("events.premises", "我在城西工地扎钢筋，工头欠我两个月工钱"),
        ("events.duty", "两个儿子都不养我，看病的钱互相推，我今年七十八"),
        ("events.death", "我家鱼塘的鱼全死了，是上游化工厂排的水"),
        ("events.death", "邻居砌墙把巷子堵死了，车出不去"),
        ("events.admission", "没领证生的孩子，他不承认，抚养费也不给"),
        ("events.promise", "公司叫我们签放弃社保的承诺书，入职半年没签劳动合同"),
        ("events.taken", "前夫把孩子藏起来了，离婚时判给我的，不让我见"),
        ("events.lawsuit", "我女儿被人猥亵，检察院通知说移送审查起诉了"),
        ("events.offer", "谈了两年恋爱给她转了五万，分手了想要回来"),
        ("events.signs_before", "村里的路塌了，找了镇里好几次没人修"),
        ("documents.license", "订婚给了十万彩礼，一直没领证，她家不退"),
        ("documents.license", "老公打我，打完写过两次保证书"),
        ("documents.no_clause", "公司欠我工资，没签劳动合同"),
        ("documents.forged", "商家说写错了，不算虚假宣传，茶叶就是不退"),
        ("money.property_title", "我骑电动车被货车撞断了腿，对方全责"),
        ("money.use_of_money", "修路占地的补偿款村里扣了一半没发"),
        ("people.group", "一个工人在工地摔伤了，保险公司拒赔"),
        ("people.witnesses", "邻居向我借款三万，写了借条不还"),
        ("people.adopted", "前夫上个月把孩子接走不还给我"),
        ("people.age", "我今年38岁，在商场买的电饭锅炸了把手烫伤"),
        ("people.intermediary", "我俩经人介绍认识，结婚六年，现在要离婚"),
        ("personal_injury.fight", "被邻居家的狗咬了，打了五针狂犬疫苗，主人不管"),
        ("traffic.at_work", "骑车被轿车撞了骨折，保险公司拖着不赔"),
        ("wages.relation", "包工头欠我工钱不给"),
        ("wages.contract", "厂里拖欠工资，从来没签过劳动合同"),
        ("dismissal.paid", "公司口头把我辞退了，一分补偿都不给"),
        ("engagement.pregnancy", "老婆要离婚，孩子才五岁，彩礼还欠着账"),
        ("medical.own_condition", "妈妈手术后一直发烧，原来的医院不承认，病历也不给"),
        ("house_purchase.delay", "饭馆租我的门面，半年没交房租"),
        ("inheritance.will", "父亲去年病故，没留遗嘱，一套房子后妈占着不让分"),
        ("litigation.judge", "我上个月收到一审判决，输了，要上诉"),
        ("domestic_violence.order", "老公又打我，我想申请保护令"),
        ("finance.lender", "银行卡半夜被转走一万，银行说是我自己操作的"),
        ("work_injury.dependants", "我真的快愁死了，爸爸在工地摔断了腿，老板不管，工伤也不给报"),
        ("property.renovation_deposit", "电梯坏了物业不修，还把我家门禁卡停了"),
        ("services.refused_date", "户口本出生日期错了，派出所让我去开证明"),
        ("ip.warranty", "同行用我注册的商标卖货，怎么让他停止并赔偿"),
        ("ip.side", "同行抢注了我们的商标，我想请求宣告无效"),
        ("people.working_relation", "单位给我申请了工伤，劳动能力鉴定是十级"),
        ("events.transferred", "店被市场监管局查封了，还要罚款"),
        ("company.paid_in", "股东会决议卖设备，我投了反对票，公司五年不分红"),
        ("property.leak_public", "业委会表决动用维修资金，签名是假的，物业不管"),
        ("traffic.happened", "2026年11月20日收到交通事故认定书，说我主责"),
        ("neighbours.noise", "和邻居因为宅基地吵了起来，他垒墙堵路"),
        ("documents.doc_notice", "报案后收到不予立案通知书，我被打成轻伤"),
    ],
)
def test_a_question_does_not_quote_a_clause_that_it_is_not_about(question: str, text: str) -> None:
    assert "您说" not in _asked(text).get(question, "")


@pytest.mark.parametrize(
    ("question", "quoted", "text"),
    [
        ("wages.no_contract", "没签过劳动合同", "厂里拖欠工资，从来没签过劳动合同"),
        ("events.premises", "健身房", "在健身房跑步机上摔了，骨折住院，店里不管"),
        ("people.witnesses", "邻居都看见", "他把两家的地界挪了，还占了我的宅基地，邻居都看见了"),
        ("events.admission", "承认了", "他后来承认了是他推的，我骨折住院"),
        ("events.death", "当场死了", "我爸给私人盖房，从架子上摔下来当场死了"),
        ("administrative.seizure", "扣走", "城管把我的三轮车扣走了，清单都没给"),
        ("contracts.quality", "不合格", "买了一批设备质量不合格，厂家不退货款"),
    ],
)
def test_a_question_quotes_the_clause_it_is_about(question: str, quoted: str, text: str) -> None:
    assert quoted in _asked(text)[question]


def test_a_day_told_in_the_negative_starts_no_clock() -> None:
    found = outline("我2026年9月1日在外地打工，没收到过传票，法院缺席判决，判决都生效了")
    assert not [clock for clock in found.clocks if clock.rule.id == "answer" and clock.start]
