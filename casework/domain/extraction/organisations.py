"""Companies, offices, villages' committees and other bodies, by how their names end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casework.domain.extraction.entity import ORGANISATION, Entity

_SUFFIX = re.compile(
    r"有限责任公司|股份有限公司|有限公司|分公司|公司|集团|合作社|工作室|事务所|项目部|村民委员会|居民委员会|管理委员会|业主委员会|委员会|村委会?|居委会|业委会|管委会|街道办事处|办事处|街道办|"
    r"人民政府|镇政府|乡政府|县政府|区政府|市政府|人民法院|法院|检察院|派出所|公安分局|公安局|交警队|交警大队|执法大队|执法局|监察大队|司法所|司法局|信访局|人社局|教育局|住建局|国土所|国土局|自然资源局|城管局|民政局|农业农村局|市场监管局|卫健委|"
    r"人民医院|中医院|卫生院|卫生所|医院|诊所|幼儿园|小学|中学|高中|学院|大学|学校|培训机构|培训班|建筑工地|工地|砖厂|工厂|制衣厂|厂|农商行|信用社|银行|营业部|酒店|宾馆|饭店|超市|商场|健身房|健身中心|美容院|装饰城|门诊部|养老院|物业服务中心|物业|中介"
)
_HAN_OR_ASCII = re.compile(r"[\u4e00-\u9fffA-Za-z0-9()（）·]")
_STOP = "我你他她们的了在是有和与跟去到从于把被将向对给叫这那哪各某每该其个家为说让找问及或因就都也还又再不没来往做干当替帮，,。；;：:！!？?、“”\"' \n"
_VERBS = re.compile(
    r".*?(?:一下|然后|后来|就是|因为|所以|但是|可是|结果|现在|当时|投诉|举报|反映|起诉|状告|拖欠|上班|打工|入职|工作|进了?|属于|承包|通过|要求|欠|由|经|包给|单位|用人单位|对方|开发商|发包方|名叫|原|咨询)(?:的|是|于)?"
)
_VAGUE = re.compile(
    r"(?:公司|集团|工厂|厂|医院|学校|工地|银行|法院|检察院|超市|酒店|饭店|商场|中介|物业|委员会|办事处|大学|高中|中学|小学|诊所|一家公司|两家公司|家公司|总公司|分公司|建筑公司|物业公司|保险公司|劳务公司|装修公司|中介公司|"
    r"小公司|大公司|子公司|老公司|化工厂|砖厂|砖瓦厂|服装厂|制衣厂|鞋厂|纸厂|造纸厂|水泥厂|食品厂|电子厂|家具厂|木材厂|石料厂|塑料厂|玻璃厂|钢铁厂|小区物业|前公司|原公司|新公司|本公司|贷款公司|培训机构|培训班|上高中|上大学|上小学|厂里|(?:派遣|外包|运输|物流|快递|搬家|家政|旅游|网络|广告|投资|担保|租赁|汽车|房产|房地产|供电|自来水|燃气|公交|装饰|家装|人力|信贷|催收|理财)公司|(?:石子|采石|石料|砂石|沙|砂|电|水|纺织|化肥|农药|饲料|面粉|皮革|印刷|机械|五金|玩具|箱包|印染|铸造|陶瓷|瓷砖|建材|涂料|药|酒)厂)"
)
_POINTED = re.compile(
    r"隔壁|旁边|楼下|附近|对面|那家|一家|这家|本地|网上|某"
)  # 隔壁饭店 has no name
_BODIES = re.compile(
    r"(?:村委会?|居委会|业委会|派出所|镇政府|乡政府|县政府|区政府|市政府|街道办|公安局|交警队|信访局|人社局|教育局|住建局|国土所|国土局|自然资源局|司法所|司法局|城管局|执法局|民政局|村民委员会|管委会)"
)
_WALK_BACK = 24


def find(text: str) -> Iterator[Entity]:
    """Bodies in folded text. ``detail`` is ``vague`` for one without a name (公司, 我们厂)."""
    previous = 0
    for match in _SUFFIX.finditer(text):
        start = _walk_back(text, match.start(), previous)
        said = text[start : match.end()]
        if said in ("上学校", "中介"):
            continue
        detail = (
            "vague"
            if _VAGUE.fullmatch(said) or _POINTED.match(said)
            else "office"
            if _BODIES.fullmatch(said)
            else ""
        )
        previous = match.end()
        yield Entity(ORGANISATION, start, match.end(), said, said, detail)


def _walk_back(text: str, at: int, floor: int) -> int:
    start = at
    while start > floor and at - start < _WALK_BACK:
        char = text[start - 1]
        if char in _STOP or not _HAN_OR_ASCII.match(char):
            break
        start -= 1
    verb = _VERBS.match(text, start, at)
    if verb and verb.end() <= at:
        start = verb.end()
    return start
