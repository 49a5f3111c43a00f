"""Names that nothing announces: 周国强于2021年借款, known by the characters that names are made of.

A surname that is seldom a word and two characters that are common in given names, with a boundary
on either side. What misses any of that is left to the words around it (``names``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casework.domain.extraction import surnames

_FAMILY = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范姚谭廖邹"
    "熊陆郝孔崔康毛邱秦顾侯邵孟龙段雷汤尹黎武贺赖龚樊兰殷陶翟倪严牛葛韦申尤聂焦柳邢岳齐梅庄辛祝左谷耿詹苗凌纪靳童欧裴席屈鲍覃翁"
    "隋甘柯阮桂闵柴房辜饶刁瞿戚米池滕晋苑邬臧畅苟褚娄符穆燕郎邸冀姬屠郜晏栾郁蒙窦敖鄢卓仇巩练虞卞冼佟栗"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰凤珍琴云莲红春梅菊香月莉萍燕玲荣爱雪慧颖婷雯倩琳晶瑶怡婵雁蓓纨仪荷丹蓉眉君"
    "琳晓欣佳嘉琼勤珠翠雅芝芬翔宇浩然子涵轩梓博文思雨晨辰昊泽睿俊峰凯鹏飞龙虎彪山川江河海波林森木松柏竹松树根土坤地天星辉光亮耀煌"
    "国建民志忠诚信义仁礼智德才学富贵福禄寿喜庆祥瑞吉康健安宁顺发财宝金银铜铁钢铭鑫锋锐振兴旺盛昌隆伯仲叔季大小二三四五少青年"
    "立新成功利胜斌武威雄豪杰毅坚恒永久远长生有良贤厚朴正清廉洁洪涌湧涛润泉水源深渊景宏宗祖继承先绍孝敬谦恭温柔美艺诗书琪琦璐璇"
    "瑾瑜珊玥彤彬炳炎焕灿烨煜照熙曦旭昌晖晔映东西南北中伦荫达运启向自希望远志道玄秋冬夏春花草莹萱菲蕾薇蓝紫如若妍姣妮媛婉妹姐女娥"
    "改变巧云英芹素淑贞惠娴素佩佑佐保全来好心意乐笑欢悦怀念钦奇伟民卫疆援朝跃进革勋"
)
# Surnames that are seldom words, and characters that are common in given names.
FAMILY = frozenset(_FAMILY)
GIVEN = frozenset(_GIVEN)
_ONE = "伟芳娜敏静丽强磊军勇艳杰娟涛超霞刚鹏婷辉斌俊玲莉萍燕琳倩晶雯凯浩宇帆峰"
_TOP = "王李张刘陈杨赵黄周吴徐孙胡朱郭罗梁宋郑谢韩唐冯董程曹袁邓许沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
_BEFORE = "来有和与跟同向被把给找由替让对是叫请诉告欠借骗系及将为使说称"
# 李先生, 牛学生, 桂花树: a surname and a word, or a word.
_WORDS = frozenset({"先生", "学生", "女士", "宝宝", "花树", "小姐", "大学", "三角", "山子"})
_NAME = re.compile(
    f"(?<![\\u4e00-\\u9fff](?<![{_BEFORE}]))([{_FAMILY}][{_GIVEN}]{{2}}|[{_TOP}][{_ONE}])(?=(.?))",
    re.DOTALL,
)
_AFTER = frozenset("于把被向因将欠借骗打骂跟与和在说称的是从系等已曾已未没不也就还又却未购诉")
_AFTER_WORDS = ("驾驶", "签订", "夫妇", "名下", "两人", "二人", "一家", "出生", "拒绝", "反映", "承诺", "支付", "受伤", "死亡", "去世")  # fmt: skip


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where such names stand in folded text."""
    for match in _NAME.finditer(text):
        start, end = match.span(1)
        following = match.group(2)
        free = not "\u4e00" <= following <= "\u9fff"
        if not (free or following in _AFTER or text.startswith(_AFTER_WORDS, end)):
            continue
        said = match.group(1)
        if {said, said[:2], said[1:]} & (surnames.NO_NAMES | _WORDS):
            continue
        yield start, end
