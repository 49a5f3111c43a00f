"""Names that follow what somebody is to the one who writes: 邻居李大山, 包工头老张, 我丈夫陈某.

A whole name is a name like any other. What does not tell who it is (老张, 王婶, 陈某) is an ``alias``:
it says against whom, but hides nothing that would have to be masked. Words that only look like a
name (老板武断, 邻居封闭了路) are told apart by a table of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from casework.domain.extraction import bare_names, surnames
from casework.domain.extraction.entity import ALIAS, NAME, Entity

_FILE = Path(__file__).parents[2] / "data" / "surname_words.txt"
_HAN = "\u4e00-\u9fff"
_ROLES = """
老板娘 老板 包工头 小包工头 工头 班长 班组长 组长 车间主任 厂长 店长 店主 队长 经理 项目经理 总经理 副总 会计 财务 人事 主管 领班 老师傅 师傅 带班
同事 工友 室友 同学 朋友 好友 网友 男友 女友 男朋友 女朋友 前男友 前女友 熟人 老乡 战友 亲戚 邻居 街坊 对门 楼上 楼下 房东 二房东 房主 业主 租客 租户 房客 中介 介绍人 媒人 中间人 经办人 业务员 代理人
客户 供货商 供应商 老主顾 债主 债务人 债权人 借款人 欠款人 出借人 担保人 保证人 保人 合伙人 股东 法人 法定代表人 负责人 联系人 证人
丈夫 妻子 老公 老婆 媳妇 爱人 对象 未婚夫 未婚妻 前夫 前妻 爸爸 妈妈 父亲 母亲 爸 妈 爹 娘 继父 继母 后爸 后妈 养父 养母 公公 婆婆 公爹 岳父 岳母 丈人 丈母娘 亲家 亲家公 亲家母
儿子 女儿 闺女 儿媳 儿媳妇 女婿 孙子 孙女 外孙 外孙女 侄子 侄女 外甥 外甥女 哥哥 弟弟 姐姐 妹妹 大哥 二哥 大姐 二姐 弟媳 嫂子 姐夫 妹夫 小叔子 小舅子 小姑子 大伯子 表哥 表弟 表姐 表妹 堂哥 堂弟 堂姐 堂妹 舅舅 舅妈 叔叔 婶婶 伯伯 姑姑 姑父 姨妈 姨夫 爷爷 奶奶 外公 外婆 姥姥 姥爷
司机 车主 肇事者 肇事司机 货车司机 对方司机 患者 伤者 死者 受害人 被害人 嫌疑人 被告人 被告 原告 第三人 上诉人 被上诉人 申请人 被申请人 被执行人
村长 支书 村支书 村主任 村干部 书记 主任 镇长 乡长 局长 所长 院长 校长 园长 班主任 老师 医生 大夫 护士 护工 保姆 月嫂 律师 法官 民警 警察 保安 城管 养殖户 承包户 村民
"""
ROLES = tuple(sorted(_ROLES.split(), key=len, reverse=True))
_ROLE = re.compile("|".join(ROLES))
_BEFORE = re.compile(
    rf"({'|'.join(ROLES)})家?(?:的?(?:名字|姓名))?(?:就?是|叫做?|名叫|为)?[,:(“‘ ]?$"
)
_OUTRIGHT = re.compile(r"(?:就?是|叫做?|名叫|为|姓名|名字)[:,“ ]?$")
# Surnames that a nickname is made of; the others make words (老年, 小时, 小区, 老师).
_FAMILY = "".join(sorted(bare_names.FAMILY)) + "马高于江史白钱田任方金石"
_ALIAS = re.compile(
    rf"(?:家(?=[老小]))?(?P<alias>[老小阿][{_FAMILY}](?:头儿?|子)?|[{_FAMILY}](?:[大二三]?(?:哥|姐|婶|叔|伯|嫂|妈|爷|娘)|某(?:某{{1,2}}|[甲乙丙丁强伟军明])?"
    r"|师傅|老板|经理|总|队长|主任|书记|律师|医生|大夫|老师|工头|会计))"
)
# What a sentence goes on with after a name, and hardly anybody is called.
_VERBS = frozenset(
    "撞拍摔收偷抢砍捅推扣赖赔退甩诈瞒霸挪殴辱踢咬追堵拦躲贪骚扰躺停逼拒催拆砸毁侵吞违嫁娶死病拖雇派赶罚帮让陪送扶接转汇输赌喝吸"
    "又竟看硬偏按替丢盖挖倒填挡垒搭锁卸拔擅冒伪隐"
)
_VERB_WORDS = (
    "占", "藏", "使", "离", "养", "管", "照", "约", "总", "才", "刚", "居", "至今", "随", "为", "比", "同意", "写", "种", "换", "装", "卷",
    "携", "私", "怀孕", "毒打",
)  # fmt: skip
_GOES_ON = (*surnames.FOLLOWING, *_VERB_WORDS)
# Surnames that are words: 全否决, 花高价, 连考试. Behind them something has to sound like a name.
_WORDY = surnames.WORDY | surnames.NEVER | frozenset("连管白高时车万")
_FORTUNE = frozenset("才财德福贵良志明亮")


def find(text: str) -> Iterator[Entity]:
    """Names (``other``) and aliases that stand right after a role, in folded text."""
    for role in _ROLE.finditer(text):
        alias = _ALIAS.match(text, role.end())
        if alias and _goes_on(text, alias.end()):
            yield Entity(ALIAS, *alias.span("alias"), alias["alias"], alias["alias"], "other")
            continue
        end = _whole(text, role.end())
        if end:
            said = text[role.end() : end]
            yield Entity(NAME, role.end(), end, said, said, "other")


def role_of(text: str, start: int) -> str:
    """What the person whose name starts at ``start`` of folded text was called before it: 邻居."""
    before = _BEFORE.search(text[max(0, start - 12) : start])
    return before[1] if before else ""


def is_word(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` after a role is a word and no name, unless 叫 or 是 stands there."""
    if _OUTRIGHT.search(text[max(0, start - 4) : start]) or not role_of(text, start):
        return False
    given, third = text[start + 1 : end], text[start + 2 : end]
    if text[start] in _WORDY and not bare_names.GIVEN.intersection(given):
        return True
    if len(given) == 1 and given not in bare_names.GIVEN and re.match(f"[{_HAN}]", text[end:]):
        return True  # 妻子曾提出…
    return text[start : start + 2] in _words() and third not in bare_names.GIVEN


def _whole(text: str, at: int) -> int | None:
    """Where the whole name that starts at ``at`` ends."""
    family = 2 if text[at : at + 2] in surnames.COMPOUND else 1
    seldom_a_word = family == 2 or text[at : at + 1] in bare_names.FAMILY
    if family == 1 and text[at : at + 1] not in surnames.SINGLE - surnames.NEVER:
        return None
    for length in (2, 1):
        end = at + family + length
        given = text[at + family : end]
        if len(given) < length or not re.fullmatch(f"[{_HAN}]+", given) or not _goes_on(text, end):
            continue
        common = [char in bare_names.GIVEN for char in given]
        if common == [True, False] and text.startswith(_VERB_WORDS, end - 1):
            continue  # 汪翔私下…
        lucky = given[:1] == "有" and given[1:] in _FORTUNE
        if not lucky and any(char in surnames.NOT_GIVEN or char in _VERBS for char in given):
            continue
        alone = not re.match(f"[{_HAN}]", text[end : end + 1])
        likely = (
            all(common) or lucky or (seldom_a_word and (alone or (length == 2 and any(common))))
        )
        if not likely or (length == 1 and not seldom_a_word):
            continue
        if is_word(text, at, end) or {text[at:end], text[at : at + 2]} & surnames.NO_NAMES:
            return None
        return end
    return None


def _goes_on(text: str, at: int) -> bool:
    """Whether a name can end here: at the end, at a mark, or where the sentence goes on."""
    following = text[at : at + 1]
    return (
        not re.match(f"[{_HAN}]", following)
        or following in surnames.NOT_GIVEN
        or following in _VERBS
        or text.startswith(_GOES_ON, at)
    )


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
