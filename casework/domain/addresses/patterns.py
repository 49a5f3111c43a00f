"""What stands around the names in an address, and what a name may look like that no table has."""

from __future__ import annotations

import re

_HAN = "\u4e00-\u9fff"
# What may stand before an address.
BEFORE = re.compile(
    r"[\W_]*(?:(?:详细|家庭|居住|收货|联系|户籍|现|通讯)?(?:地址|住址|住所地?)[\W_]*)?"
)
# What may stand between its parts.
BETWEEN = re.compile(
    r"(?:[\s,，、._/|·—-]|中国|中华人民共和国|null|市辖区(?![东西南北中路街])|其[它他]区"
    r"|[\u4e00-\u9fff]族自治[区州县]|盟(?=.{1,4}[旗市县])|地区(?!.?[路街]))*"
)
WAY = r"(?:[东西南北中]|环[东西南北]?|新|老)?(?:路|街(?!道)|大道|大街|巷|弄|胡同)"
KIND = r"[东西南北中新老]?(?:街道|社区|村|镇|乡|苏木)"
# A short name before one of these is part of another name: 上海路, 西湖社区, 江东街道.
GOES_ON = re.compile(f"{WAY}|{KIND}")
# The same for the short names of counties and streets, which are names of much else.
GOES_FAR = re.compile(
    f"{WAY}|{KIND}|支路|[山江河湖湾岛]{WAY}|[院苑园]|国际机场|大[桥厦]|公寓|小区|花园|广场|公园|家苑|新[园村]|国际|文化|商业|"
    "银泰|市场|工业|开发区|经济|机场|火车|大学|[一二三四五六七八九十\\d][区期]"
)
ROAD = re.compile("路|街(?!道)|大道|大街|巷|弄|胡同")
ZONE = re.compile(
    rf"(?:[{_HAN}]{{0,8}}?(?:开发区|高新区|经开区|工业园区|工业区|工业园|产业园|园区|度假区|示范区|集聚区|管理区))(?![路街])"
)
STREET = re.compile(
    rf"(?P<name>[{_HAN}]{{1,6}}?(?P<kind>街道(?:办事处|办)?|地区办事处|办事处|民族乡|镇|乡|苏木))(?![镇乡]|街道|路|街|大道|巷|[企海]业|村[路街])"
)
NO_STREET = re.compile(
    r"[我你他她它们的了是在从到住与号栋幢楼]|路|大道|[省市县区村](?=..)|小区|^(?:城|乡)镇"
)
VILLAGE = re.compile(
    rf"(?P<name>[{_HAN}]{{1,7}}?(?:村民委员会|居民委员会|村委会|居委会|社区|行政村|自然村|村))(?![镇乡路街道口]|[东西南北中][路街])"
)
NO_VILLAGE = re.compile(r"路|街|大道|巷|号|[区镇乡县市](?=.)|小区|[幢栋楼]")
