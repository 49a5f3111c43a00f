"""People who only know what they want to say, played by an outsider's program.

What they answer is chosen from the words and buttons of the bot alone: nothing here knows the order
of the questions, or how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cli.chat_client import ChatClient, Turn

MOST_TURNS = 40
DONE = ("已提交成功", "已密封提交")
# What a question is about, by the words that stand in it. The first that fits is meant.
ABOUT: dict[str, tuple[str, ...]] = {
    "confirm": ("确认提交", "核对"),
    "paused": ("继续填写",),
    "consent": ("同意",),
    "people": ("多少人", "人数", "几户"),
    "earlier": ("诉讼", "仲裁", "复议", "官司"),
    "evidence": ("证据", "材料"),
    "phone": ("手机", "电话"),
    "name": ("姓名", "称呼"),
    "story": ("经过", "发生了什么"),
    "wanted": ("诉求", "希望", "结果"),
    "amount": ("多少钱", "金额"),
    "against": ("对方", "反映的是", "哪个单位"),
    "where": ("地方", "地点", "哪里"),
    "when": ("什么时候", "时间"),
}


@dataclass(frozen=True)
class Citizen:
    """``facts``: what is said to a question about it. ``told``: a|b must stand in the summary."""

    kind: str
    opening: tuple[str, ...]
    facts: dict[str, str]
    told: tuple[str, ...]
    absent: tuple[str, ...] = ()
    asides: dict[str, tuple[str, ...]] = field(default_factory=dict)  # said before the answer
    consent: str = "同意"
    confirm: str = "确认提交"
    presses: bool = True  # the button where there is one, else own words
    before_each: str = ""  # said before every answer
    sealed: bool = False


def live(citizen: Citizen, chat: ChatClient) -> Iterator[tuple[str, Turn]]:
    """The conversation: what was said, and what came back, until it is done or too long."""
    opening = list(citizen.opening)
    asides = {about: list(lines) for about, lines in citizen.asides.items()}
    used: list[str] = []
    turn, hesitated = Turn(), True
    for _ in range(MOST_TURNS):
        about = _about(turn.replies[-1] if turn.replies else "", used)
        if opening:
            said = opening.pop(0)
        elif asides.get(about):
            said = asides[about].pop(0)
        elif about in ("confirm", "consent"):
            said = citizen.confirm if about == "confirm" else citizen.consent
        elif about == "paused":
            said = "继续填写"
        elif citizen.before_each and not hesitated:
            said = citizen.before_each
        else:
            said = citizen.facts.get(about, "不清楚")
            used.append(about)
        hesitated = said == citizen.before_each
        pressed = citizen.presses and said in turn.buttons
        turn = chat.press(said) if pressed else chat.say(said)
        yield said, turn
        if any(done in reply for done in DONE for reply in turn.replies):
            return


def _about(question: str, used: list[str]) -> str:
    fitting = [about for about, words in ABOUT.items() if any(w in question for w in words)]
    fresh = [about for about in fitting if about not in used]
    return next(iter(fresh or fitting), "")


CITIZENS = {
    "terse, about wages": Citizen(
        "consultation",
        ("我要咨询律师",),
        {"story": "工资没给", "against": "县宏达建筑公司", "when": "去年10月", "where": "城关镇",
         "amount": "18000", "wanted": "要钱", "evidence": "微信记录", "name": "赵强", "phone": "13711112222"},
        ("工资没给", "宏达建筑", "去年10月", "城关镇", "18000", "要钱", "微信记录", "赵强", "13711112222"),
    ),
    "everything at once, about a house": Citizen(
        "petition",
        ("我叫孙桂兰，电话13922223333，我要反映问题：2025年5月12日柳河镇镇政府把我家在柳河镇石桥村的三间瓦房强拆了，"
         "说好补偿十二万到现在一分没给，我有房产证和照片，没有打过官司，要求按协议把十二万补偿款给我",),
        {"people": "就我一家"},
        ("孙桂兰", "13922223333", "三间瓦房", "石桥村", "十二万", "房产证和照片", "就我一家", "2025-05-12|2025年5月12日"),
    ),
    "angry, about a neighbour": Citizen(
        "petition",
        ("你们到底管不管！！！邻居盖房子把我家的出路堵了！！！", "我要反映问题"),
        {"story": "我忍他好久了！他从前年开春就开始盖，把墙砌到我家大门口，出路就剩一尺宽，我老娘八十二了坐轮椅都出不去，"
                  "找村里找了七八回没人管，你说气人不气人！！",
         "against": "邻居王二柱！就是他！", "when": "前年开春！", "where": "青山乡王家沟村三组",
         "wanted": "把墙给我拆了，把路让出来！", "name": "王大年", "phone": "13677778888",
         "earlier": "没打过官司！谁有钱打官司！", "people": "我们一家五口", "evidence": "我拍了照片！"},
        ("一尺宽", "王二柱", "前年", "王家沟村", "墙给我拆了", "王大年", "13677778888", "五口", "照片"),
        confirm="没错，提交吧",
        presses=False,
    ),
    "in dialect, without a telephone": Citizen(
        "consultation",
        ("俺想咨询咨询，俺三个娃都不管俺",),
        {"story": "俺今年七十六啦，老伴走得早，三个娃子都在外头打工，自打前年起谁也不给俺一分钱，俺病咧也没人管，烧火做饭都费劲",
         "against": "俺三个娃，大娃叫张铁柱", "when": "打前年起", "where": "青山乡张家湾", "amount": "一个月给五百就中",
         "wanted": "让娃们管俺，一个月一人给五百", "evidence": "没啥材料，村支书晓得",
         "name": "俺叫张王氏，旁人喊俺张大娘", "phone": "俺没手机"},
        ("张铁柱", "前年", "张家湾", "五百", "村支书晓得", "张王氏"),
        consent="中",
        confirm="中，交吧",
        presses=False,
    ),
    "refuses a name, about a property company": Citizen(
        "petition",
        ("小区物业乱收费我要投诉",),
        {"story": "去年7月开始停车费从80涨到200，没开业主大会，电梯坏了三个月也不修，去找他们经理，经理爱答不理",
         "against": "安居物业公司", "when": "去年7月", "where": "东城街道阳光花园小区",
         "wanted": "停车费退回来，把电梯修好", "name": "匿名可以吗", "phone": "不想留", "earlier": "没有",
         "people": "全小区两百多户", "evidence": "缴费单"},
        ("安居物业", "去年7月", "阳光花园", "停车费退回来", "200|两百多户", "缴费单", "电梯"),
    ),
    "corrects a number and comes back after a break": Citizen(
        "consultation",
        ("我要咨询律师",),
        {"story": "租房到期了房东不退押金，说我把墙弄脏了，押金三千", "against": "房东老谢", "when": "上个月",
         "where": "城关镇府前街", "amount": "三千", "wanted": "退押金", "evidence": "租房合同和转账记录",
         "name": "我不想说真名，叫我郭女士吧", "phone": "15900112233"},
        ("老谢", "上个月", "府前街", "三千", "退押金", "租房合同", "郭女士", "15900112234"),
        absent=("15900112233",),
        asides={"where": ("算了不填了",), "confirm": ("等等电话错了，是15900112234",)},
    ),
    "accuses the head of a village": Citizen(
        "petition",
        ("我要举报我们村村长",),
        {"story": "村长刘长贵把修路的扶贫款吞了二十多万，还把低保都给他亲戚，我们老百姓敢怒不敢言",
         "against": "村长刘长贵", "when": "从2022年到现在", "where": "柳河镇李庄村", "wanted": "查他",
         "name": "不留名", "phone": "不留", "earlier": "没有", "people": "全村", "evidence": "有账本照片"},
        ("刘长贵", "扶贫款", "李庄村", "二十多万"),
        sealed=True,
    ),
    "a group, and every answer is hesitated over": Citizen(
        "petition",
        ("嗯", "?", "我们23个人要反映工地欠薪"),
        {"story": "我们23个农民工从去年8月到今年1月在东城街道翡翠湾工地干活，劳务公司欠我们工资一共四十六万七，年前说给到现在也没给",
         "against": "鑫源劳务公司", "when": "去年8月到今年1月", "where": "东城街道翡翠湾工地",
         "wanted": "把四十六万七工资发给我们", "name": "我是带班的，叫牛三宝", "phone": "13012341234",
         "earlier": "去劳动监察投诉过，没仲裁", "people": "23个人", "evidence": "考勤表和工资条，还有承诺书"},
        ("牛三宝", "13012341234", "鑫源劳务", "翡翠湾", "四十六万七", "去年8月", "考勤表", "23", "劳动监察"),
        before_each="嗯",
    ),
}  # fmt: skip
