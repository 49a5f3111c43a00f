"""Who may be in danger, and who only uses the words of it.

Both columns matter: a cry for help that goes unheard costs a life, and a false alarm at every
question about criminal law makes staff stop looking.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.conversation import RiskLevel
from casework.domain.risk import RiskAssessor

LEXICON = Path(__file__).parents[3] / "casework" / "data" / "risk.yml"
ASSESSOR = RiskAssessor(yaml.safe_load(LEXICON.read_text(encoding="utf-8")))

RED = [
    "我要自杀",
    "我现在就去跳楼",
    "再不给我解决我就跳楼",
    "今晚就喝农药死了算了",
    "我已经吃了一瓶安眠药",
    "我刚喝了百草枯",
    "遗书我都写好了",
    "我在楼顶，不想活了",
    "我站在桥上，想跳下去",
    "我要死在你们政府门口",
    "你们不管我就死给你们看",
    "活着没意思，绳子都准备好了，今晚就走",
    "自 杀 算了",
    "我带着孩子一起死",
    "我就去上吊",
    "逼急了我就自焚",
    "我要杀了他",
    "我今天就去弄死那个包工头",
    "我明天就拿刀去找他",
    "再不还钱我就跟他同归于尽",
    "我要一把火烧了他家",
    "我准备买汽油把公司炸了",
    "不给我工资我就砍死他",
    "我要让他偿命",
    "我老公正在打我",
    "他拿着刀在门外砸门",
    "救命啊",
    "我被他锁在屋里出不去",
    "门外有人要冲进来",
    "他又在打孩子",
    "他现在掐我脖子，快报警",
    "我们被关在传销窝点出不来",
    "我女儿被继父猥亵了",
    "孩子被老师虐待",
    "他天天毒打孩子",
    "邻居性侵了我的女儿",
    "刚刚被骗转账两万",
    "我刚才扫码付了八千，现在对方把我拉黑了",
    "半小时前给骗子转了五万",
    "今天被骗了三万块钱怎么办，刚转过去",
]
ORANGE = [
    "我不想活了",
    "活着没意思",
    "活不下去了",
    "真想死了算了",
    "生不如死",
    "没有活路了",
    "我被逼得走投无路",
    "想一死了之",
    "有时候我有自杀的念头",
    "以前想过自杀",
    "我撑不下去了",
    "老公打我，我害怕，不敢回家",
    "他天天打我",
    "他说要杀了我全家",
    "前夫威胁要砍我",
    "不跟他复婚，他就要把我的脸毁容",
    "离了婚他还说给我脸上泼硫酸",
    "老板扬言要打断我的腿",
    "他喝了酒就打我，我躲在娘家",
    "大不了坐牢，跟他们拼了",
    "逼急了鱼死网破",
    "恨不得杀了他",
    "我一定要报复他",
    "我不会放过他的",
    "我们几十个人明天去堵政府大门",
    "明天组织全村人去拦路",
    "我们准备去公司拉横幅",
    "上诉期还有三天就到了怎么办",
    "仲裁时效只剩5天了",
    "明天就是起诉期的最后一天",
]
YELLOW = [
    "我们二十多户都没拿到补偿",
    "我们小区三百多业主都受影响",
    "三十多个工人都没拿到工资",
    "全村人都不同意",
    "太欺负人了，咽不下这口气",
    "还有没有王法了",
    "我恨死他们了",
    "上诉期还有二十天",
    "仲裁时效快到了",
    "我老公家暴，想离婚",
]
NONE = [
    "杀人判几年",
    "故意杀人罪怎么判",
    "故意伤害致死怎么量刑",
    "他威胁说要告我",
    "老板说要起诉我",
    "家庭暴力的认定标准是什么",
    "虐待儿童判几年",
    "猥亵儿童罪的立案标准",
    "员工在公司自杀，公司有责任吗",
    "邻居跳楼死了，房子贬值能索赔吗",
    "自杀算工伤吗",
    "自杀保险赔不赔",
    "遗书有法律效力吗",
    "老人留下遗书没有公证有效吗",
    "什么是正当防卫",
    "我要去北京上访",
    "我还要继续信访",
    "我们准备去省里反映",
    "再不解决我就去市里找领导",
    "我要投诉他",
    "我要举报村长",
    "公司拖欠我三个月工资怎么办",
    "房东不退押金怎么办",
    "离婚孩子归谁",
    "高利贷怎么还",
    "我不想自杀",
    "我不会自杀的",
    "他没打我",
    "我不想死",
    "老公没有打孩子",
    "没有人拿刀",
    "笑死我了",
    "热死了",
    "累死我了，天天加班",
    "打死我也不签字",
    "跳楼价甩卖买到假货",
    "手机杀毒软件收费合法吗",
    "电影里他跳楼了",
    "在网上看到一个跳楼的新闻",
    "交通事故死亡赔偿多少",
    "我父亲去世了，怎么继承",
    "工人从楼上摔下来死了，算工伤吗",
    "死亡赔偿金怎么算",
    "我该怎么办",
    "我该怎么维权",
    "合同今天签的，定金两千能退吗",
    "身份证过期了能起诉吗",
    "今天是交房最后一天，开发商不交房",
    "被骗了三个月了，能立案吗",
    "去年被网贷骗了两万，怎么追回",
    "如果老公打我怎么办",
    "假如有人要砍我，我还手算正当防卫吗",
    "法院判死缓是什么意思",
    "死刑复核要多久",
    "我想问下被判故意杀人罪15年，能减刑吗",
    "未成年人被侵犯肖像权怎么办",
    "孩子在学校摔伤了，学校要赔吗",
    "孩子被同学打了，对方家长不赔",
    "狗咬伤孩子怎么赔",
    "砍树要办什么手续",
    "把路堵了怎么办，邻居盖房",
    "信用卡还不上会坐牢吗",
    "想解除合同",
    "想结束这段婚姻",
    "不想活动房被拆",
    "我想死磕到底打官司",
    "杀猪场污染环境找谁",
    "公司年底裁员，我撑死拿一个月补偿",
    "",
    "？？？",
]


@pytest.mark.parametrize("text", RED)
def test_present_danger_is_red(text: str) -> None:
    assert ASSESSOR.assess(text).level is RiskLevel.RED


@pytest.mark.parametrize("text", ORANGE)
def test_danger_that_builds_up_is_orange(text: str) -> None:
    assert ASSESSOR.assess(text).level is RiskLevel.ORANGE


@pytest.mark.parametrize("text", YELLOW)
def test_many_people_growing_anger_and_near_deadlines_are_yellow(text: str) -> None:
    assert ASSESSOR.assess(text).level is RiskLevel.YELLOW


@pytest.mark.parametrize("text", NONE)
def test_questions_idioms_denials_and_petitioning_are_no_alarm(text: str) -> None:
    assert ASSESSOR.assess(text).level is RiskLevel.NONE


def test_the_most_urgent_signal_of_a_long_text_comes_first() -> None:
    risk = ASSESSOR.assess("我们二十多户都没拿到钱。我恨死他们了。再不解决我就跳楼！")
    assert risk.level is RiskLevel.RED
    assert risk.signals[0] == "自杀计划或行为"
    assert set(risk.signals) >= {"涉及多户多人", "怨气上升"}


def test_full_width_and_spaced_words_are_heard_too() -> None:
    assert ASSESSOR.assess("我 不 想 活 了").level is RiskLevel.ORANGE
    assert ASSESSOR.assess("我要自·杀").level is RiskLevel.RED


def test_one_thought_in_two_sentences_is_heard() -> None:
    assert ASSESSOR.assess("我在楼顶。我不想活了。").level is RiskLevel.RED


def test_a_lexicon_that_names_an_unknown_frame_is_refused() -> None:
    broken = {
        "negation": ["不"],
        "frames": {},
        "signals": [{"name": "x", "level": "red", "patterns": ["死"], "unless": ["nowhere"]}],
    }
    with pytest.raises(ValueError, match="nowhere"):
        RiskAssessor(broken)


@given(st.text(max_size=300))
def test_any_text_gets_a_level(text: str) -> None:
    assert ASSESSOR.assess(text).level in RiskLevel


@pytest.mark.parametrize("unit", ["我要", "死", "1", "不想活", "刚刚被骗", "。", "打我怕"])
@pytest.mark.timeout(60)
def test_twenty_thousand_characters_do_not_stop_the_assessment(unit: str) -> None:
    ASSESSOR.assess(unit * (20_000 // len(unit)))
