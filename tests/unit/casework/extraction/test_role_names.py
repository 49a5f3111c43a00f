"""Names behind what somebody is to the one who writes, and the words that only look like one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.extraction import extract
from casework.domain.extraction.role_names import ROLES
from casework.domain.redaction import redact

SUNDAY = date(2026, 11, 22)
NAMED = [
    ("邻居李大山把我打了", "name", "李大山", "邻居"),
    ("老板王建国欠我工资", "name", "王建国", "老板"),
    ("介绍人刘芳收了两千块", "name", "刘芳", "介绍人"),
    ("我前夫周斌把孩子藏了", "name", "周斌", "前夫"),
    ("村支书马有才贪污", "name", "马有才", "村支书"),
    ("我爸张福贵去世了", "name", "张福贵", "爸"),
    ("担保人郑楚钦拍着胸脯说没事", "name", "郑楚钦", "担保人"),
    ("他媳妇何秀兰也签字了", "name", "何秀兰", "媳妇"),
    ("货车司机韩磊撞的", "name", "韩磊", "货车司机"),
    ("经理欧阳明说的", "name", "欧阳明", "经理"),
    ("护工赵桂花把我妈摔了", "name", "赵桂花", "护工"),
    ("厂长汪翔私下签了协议", "name", "汪翔", "厂长"),
    ("包工头叫张三", "name", "张三", "包工头"),
    ("我的老板，王建国，欠我钱", "name", "王建国", "老板"),
    ("包工头老张跑了", "alias", "老张", "包工头"),
    ("我丈夫陈某打我", "alias", "陈某", "丈夫"),
    ("中介小陈骗我", "alias", "小陈", "中介"),
    ("媒人王婶介绍的", "alias", "王婶", "媒人"),
    ("房主陈大妈不退押金", "alias", "陈大妈", "房主"),
    ("邻居家老王头占了路", "alias", "老王头", "邻居"),
    ("老板李总不给钱", "alias", "李总", "老板"),
    ("包工头王某某没有资质", "alias", "王某某", "包工头"),
]
_WORDS = """
邻居经常半夜放音乐 老板不给工资 老板都说了 房东要涨价 同事张罗着聚餐 老板常常骂人 包工头解决不了 司机全责 邻居方便的话 邻居安装空调
老板强行辞退我 房东明天来 老板马上就走 经理单独找我谈 丈夫常年在外 儿子成年了 丈夫时常打我 老公连续三天不回家 邻居白天睡觉 老婆和别人跑了
邻居黄昏时吵架 老板万一不给 同事严重受伤 房东计划卖房 母亲单方面同意 儿子车祸 老板华丽转身 朋友任意来往 同学聚会打架 妻子全部拿走
老板利用我 房东陆续涨了 邻居关系不好 老板金额算错 经理安排加班 老板包吃住 债务人应当还 证人出庭作证 丈夫宁愿坐牢 邻居封闭了路 老板支付了
妻子曾提出离婚 老公苏醒了 邻居温和 丈夫甘愿净身出户 房东毛坯房 邻居游泳时 老板武断 老板冷漠 老板卫生差 邻居车位 同事牛奶被偷 妻子于心不忍
女儿毕业了 镇长全否决了 业主花高价买的 医生连考试都没过 患者钱财被骗 老板石材厂 老师古板 老板姓李
"""


@pytest.mark.parametrize(("text", "kind", "name", "role"), NAMED)
def test_a_name_after_a_role_is_found_with_the_role(
    text: str, kind: str, name: str, role: str
) -> None:
    found = [e for e in extract(text, SUNDAY) if e.kind in ("name", "alias")]
    assert [(e.kind, e.text, e.role) for e in found] == [(kind, name, role)]


@pytest.mark.parametrize("text", _WORDS.split())
def test_a_word_after_a_role_is_no_name(text: str) -> None:
    assert [e.text for e in extract(text, SUNDAY) if e.kind in ("name", "alias")] == []


def test_a_whole_name_is_masked_wherever_it_stands_and_an_alias_is_not() -> None:
    text = "介绍人刘芳收了钱，刘芳说没收；包工头老张跑了，我丈夫陈某去找过"
    assert redact(text, SUNDAY).text == (
        "介绍人〔姓名〕收了钱，〔姓名〕说没收；包工头老张跑了，我丈夫陈某去找过"
    )


@given(st.sampled_from(ROLES), st.text("张李王明国某老小家的，不给说把三万欠叫是", max_size=12))
def test_whatever_follows_a_role_is_read_within_the_text(role: str, rest: str) -> None:
    text = f"我{role}{rest}"
    for entity in extract(text, SUNDAY):
        assert text[entity.start : entity.end] == entity.text
