"""Places by their suffixes, from province to house number, and by names a bureau knows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from casework.domain.extraction.entity import ADDRESS, PLACE, Entity

_PROVINCE_NAMES = """
北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南
陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门
"""
_PROVINCE = re.compile(
    "(?:"
    + "|".join(_PROVINCE_NAMES.split())
    + ")(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)?"
)
_HAN = "\u4e00-\u9fff"
# Characters before which a place name does not reach back: function words, verbs of living and moving.
_STOP = "我你他她它们的了在是有和与跟于到去从来往住位及或把被将向对给叫这那哪某每各其为说让也就还又再不没，,。；;：:！!？?、（()）“”\"' \n"
# Names with such a character in them: the stop does not hold there.
_WHOLE = re.compile(
    "呼和浩特|和林格尔|和布克赛尔|于[洪田都]|从[化江]|[云仁共兴南太平政新民永泰西人中义祥顺德三安颐元保清昌]和(?=[县区市镇乡村路街庄])|"
    "和(?:县|[安康平政田硕静顺龙兴谐睦](?=[县区市镇乡村路街地家]))|向阳|图们|将乐|怀来|惠来|无为(?=[市县])|来[凤安宾]|泰来|犍为|让胡路|那[坡曲]|错那"
)
_SUFFIX = re.compile(
    r"自治州|自治县|自治旗|开发区|高新区|示范区|新区|街道办?|社区|小区|居委会(?=\d)|村民组|家属院|公寓|花苑|嘉园|家苑|名苑|花园(?![路街])|大厦|广场(?![路街])|[省市县区旗镇乡村州盟屯庄寨湾街路巷]|(?<=[\d一二三四五六七八九十])弄|大道|胡同|国道|省道|\d{1,5}号?[栋幢座楼]|[A-Za-z][座栋]|\d{1,5}号院?|\d{1,2}单元|[A-Za-z]?\d{1,5}室|(?<=[单元栋幢座楼])\d{2,4}(?![\d个人名户家年月元万%-])|[\d一二三四五六七八九十]{1,3}组|[\d一二三四五六七八九十]{1,3}队",
    re.ASCII,
)
_DETAIL = re.compile(
    r"[\d一二三四五六七八九十]{1,5}(?:号|栋|幢|楼|单元|室|组|队|弄)|\d{1,5}座", re.ASCII
)
# Words that end like a place and are none, or say nothing about where.
_NO_PLACE = re.compile(
    r"(?:城市|超市|上市|门市|股市|集市|夜市|菜市|楼市|本市|全市|我市|市|县城|本县|全县|我县|县|地区|社区|小区|校区|厂区|片区|景区|辖区|山区|灾区|郊区|城区|园区|区|农村|乡村|全村|本村|我村|新农村|村|"
    r"城镇|乡镇|本镇|全镇|镇|下乡|老乡|家乡|同乡|城乡|乡|我们村|他们村|这个村|那个村|国庄|饭庄|山庄|钱庄|庄|一路|马路|公路|铁路|道路|半路|网路|思路|套路|短路|水泥路|柏油路|石子路|土路|小路|大路|销路|出路|走路|带路|问路|修路|回路|路|"
    r"上街|逛街|大街|街|街道|小巷|巷|广场|港湾|屯|湾|寨|州|盟|联盟|加盟|弄|玩弄|同盟|节省|反省|省|外省|本省|我们小区|某小区|本小区|楼|花园)"
)
_SHORT = "市区县省镇乡路街州庄号湾旗"
_GOES_ON = "舰帜袍场别间域长城里上下边坏虚费过面线程径口头民干部"
_WALK_BACK = 9
_LONGEST = 80
_GAP = re.compile(r"的| |[东西南北中]{1,2}段|[东西南北][侧边]")
_NUMBER = re.compile(r"[\dA-Za-z号栋幢座楼单元室组队一二三四五六七八九十]+")
_VERBS = re.compile(
    r".*(?:家住|居住|现居|暂住|户籍|籍贯|老家|发生|地点|地址|住址|现住|位于|地处|出租|租|买|卖|坐落|发到|寄到|来自|就是|大概|具体|老家是|属于|工作单位|打工|上班|干活|举报|反映|投诉|检举|控告|当时|后来|现在|以前|原来|时任|现任|然后|结果|要|想|找|修|堵|占|拦|挖|[村镇乡县市区][里上])(?:地|在|是|于)?"
)


def find(text: str, known: Collection[str] = ()) -> Iterator[Entity]:
    """Places in folded text, as long as their parts follow each other.

    ``known`` are names (townships, villages) that count without a suffix. A place that goes down
    to the house or the village group is an ``address``: it tells where somebody lives.
    """
    parts = sorted(_parts(text, known))
    merged: list[list[int]] = []
    for start, end in parts:
        if merged and end - merged[-1][0] > _LONGEST:
            merged.append([max(start, merged[-1][1]), end])
        elif merged and start <= merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        elif merged and _GAP.fullmatch(text, merged[-1][1], start) and not _is_number(text, merged):
            merged[-1][1] = end
        else:
            merged.append([start, end])
    for start, end in merged:
        said = text[start:end]
        if _NO_PLACE.fullmatch(said) or _NUMBER.fullmatch(said):
            continue
        detailed = bool(_DETAIL.search(said)) and len(said) > 4
        value = said.replace(" ", "")
        yield Entity(ADDRESS if detailed else PLACE, start, end, said, value)


def _is_number(text: str, merged: list[list[int]]) -> bool:
    """Whether the last part is a bare number: 二组 in 二组的水泥路 is no address."""
    return _NUMBER.fullmatch(text, *merged[-1]) is not None


def _parts(text: str, known: Collection[str]) -> Iterator[tuple[int, int]]:
    # Where a whole province begins, nothing before belongs to the place.
    begins: set[int] = set()
    inside = {at for match in _WHOLE.finditer(text) for at in range(*match.span())}
    for match in _PROVINCE.finditer(text):
        yield match.span()
        if match.end() - match.start() > 2 and match.group() not in ("黑龙江", "内蒙古"):
            begins.add(match.start())
    for name in known:
        at = text.find(name) if len(name) >= 2 else -1
        while at >= 0:
            yield at, at + len(name)
            at = text.find(name, at + len(name))
    previous = 0
    for match in _SUFFIX.finditer(text):
        if _looks_like_a_word(text, match):
            continue
        start = match.start()
        if not re.match(r"[\dA-Za-z一二三四五六七八九十]", match.group()):
            start = _walk_back(text, match.start(), previous, begins, inside)
            if start == match.start() and not (start == previous > 0 and len(match.group()) > 1):
                continue
        said = text[start : match.end()]
        if _NO_PLACE.fullmatch(said) and start != previous:
            continue
        yield start, match.end()
        previous = match.end()


def _walk_back(
    text: str, at: int, floor: int, begins: Collection[int], inside: Collection[int]
) -> int:
    start = at
    while start > floor and at - start < _WALK_BACK and start not in begins:
        char = text[start - 1]
        if (char in _STOP and start - 1 not in inside) or not "\u4e00" <= char <= "\u9fff":
            break
        start -= 1
    verb = _VERBS.match(text, start, at)
    if verb:
        start = verb.end()
    return start


def _looks_like_a_word(text: str, match: re.Match[str]) -> bool:
    """A suffix that goes on into another word (市场, 区别, 村委会, 县城, 路上, 街上)."""
    following = text[match.end() : match.end() + 2]
    if match.group() in "庄屯寨湾州街旗" and re.match(
        "[村镇乡路街县市区]|街道|社区|大道", following
    ):
        return True  # 张庄村, 红旗街 and 红旗大道 are one name
    if following[:1] == "式":
        return True  # 花园式
    if match.group() == "村":
        return following[:1] == "长"  # 张庄村村民 and 柳河村里 name a village all the same
    return bool(following) and match.group() in _SHORT and following[0] in _GOES_ON
