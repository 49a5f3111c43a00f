"""What a narrative tells beside what was asked: facts that need not be asked for any more."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from casework.domain.extraction import places
from casework.domain.extraction.entity import (
    ADDRESS,
    ALIAS,
    AMOUNT,
    DATE,
    NAME,
    ORGANISATION,
    PLACE,
    Entity,
)
from casework.domain.intake.answers import Answer
from casework.domain.intake.topic import FactSpec, Told, Topic
from casework.domain.intake.words import han
from casework.domain.text import fold

_SENTENCE = re.compile(r"[^。!?;\n]+")
_CLAUSE = re.compile(r"[^,。!?;\n]+")
# Bodies that people go to for help are not whom the matter is about.
_VISITED = re.compile(
    r"(?:到|去|向|找|跟|报|经|被|由|通过|问)(?:了|过)?(?:当地|县|区|市|镇|乡)?(?:的)?$"
)
_HELPERS = re.compile(
    r"法院|检察院|派出所|公安局|公安分局|交警|劳动监察|监察大队|人社局|劳动局|信访局|司法所|司法局|仲裁委|律师|市场监管局|消协|妇联|12345|医院|银行"
)
_TOTAL = re.compile(
    r"(?:一共|总共|共计|合计|总计|共|加起来|欠|拖欠|欠款|借|借款|损失|赔偿|补偿|骗|诈骗|未付|没给|没发|货款|工程款)[^,。;\d一二三四五六七八九十]{0,6}$"
)
_BESIDE = re.compile("大?门口|旁边?|附近|对面|路口|边上|周围|后面|前面|门前|楼下")
# Where a request ends and something else is told in the same sentence.
_OTHER_CLAUSE = re.compile(
    r",(?=(?:我)?(?:之前|以前|曾|已经?|我叫|本人|姓名|电话|手机|联系|手里|我有|有|没有?|因为|不过|但|(?:我|俺)?(?:老公|丈夫|男人|老婆|妻子|前夫|前妻)))"
)
_NOT_HERE = re.compile(r"(?:是|来自|户籍|老家|籍贯|老家在|原籍)$")
# Down to the township, the street office or the village: 东城街道翡翠湾 lies in 东城街道.
_TOWN = re.compile("^.*(?:[镇乡村]|街道|社区)")
_NO_NAME = re.compile(
    "[听过得着把被说问找给让等快都很]|老乡|马路|^(?:[一这那每同邻各哪某本我你他俺咱全半]|隔壁|旁边|附近|整个)"
)
_FILLER = re.compile(
    r"[\s,，。.!！?？、;；:：\"“”()（）]|我叫|我是|姓名|名字|本人|我的|我|电话|手机号?|联系|方式|号码|叫|是|在|的|了|住|身份证"
)
# 我今年七十六啦 says how old somebody is, not when it happened.
_AGE = re.compile(
    r"(?<=今年)(?:都|已经|快|刚|满|才)?(?:\d{2,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)"
    r"(?:周?岁|多|啦|了|[,。!;]|$)"
)
# What ends like a place, short enough to be nothing else.
_HERE = re.compile(
    "[^不没我他她]{1,12}(?:门口?|学校?|中|园|医院|市场|超市|广场|公司|厂|店|馆|工地|小区|楼|路口?|街|巷"
    "|村|屯|组|乡|镇|县|区|市|站|桥|院|旁边?|附近|对面)"
)
_ALSO = re.compile("(?:还|也)有(?!人|个人|什么|多|几)|以及|(?:另外|加上)(?:还)?有?")
_KIND_RANK = {ADDRESS: 0, PLACE: 1}


def mine(
    topic: Topic,
    text: str,
    entities: Sequence[Entity],
    wanted: Collection[str],
    *,
    story: bool = False,
) -> dict[str, Answer]:
    """Answers that ``text`` holds to the facts ``wanted`` (their ids).

    In a ``story`` the name of a body may say where it happened (青石镇金盛鞋厂); where somebody only
    names a body, the place is asked for.
    """
    if story:
        entities = [*entities, *_inside(entities)]
    folded = fold(text)
    found: dict[str, Answer] = {}
    for spec in topic.facts:
        if spec.id not in wanted or spec.told is None:
            continue
        answer = _by_entity(spec, spec.told, folded, entities) or _by_clause(
            spec, spec.told, text, folded
        )
        if answer is not None:
            found[spec.id] = answer
    return found


def place_beside(spec: FactSpec, text: str, entities: Sequence[Entity]) -> dict[str, Answer]:
    """The clause beside the day that ends like a place, where both were asked for together:
    9月27日上午，菜市场西门."""
    days = [entity.text for entity in entities if entity.kind == DATE]
    clauses = [clause.group().strip() for clause in _CLAUSE.finditer(text.replace("，", ","))]
    here = [c for c in clauses if _HERE.fullmatch(c) and not any(day in c for day in days)]
    return {spec.id: Answer(here[0], here[0])} if len(here) == 1 else {}


def beyond(text: str, entities: Sequence[Entity]) -> int:
    """How many characters of ``text`` say something that is in none of its entities."""
    pieces, position = [], 0
    for entity in entities:
        pieces.append(text[position : entity.start])
        position = entity.end
    pieces.append(text[position:])
    return han(_FILLER.sub("", "".join(pieces)))


def is_value(text: str, entities: Sequence[Entity]) -> bool:
    """Whether ``text`` is a sum, a day or a number and nothing else: 三千 is nobody."""
    return text.strip().isdecimal() or (bool(entities) and not beyond(text, entities))


def _by_entity(spec: FactSpec, told: Told, text: str, entities: Sequence[Entity]) -> Answer | None:
    if ORGANISATION in told.entities:
        return _other_side(told, text, entities)
    fitting = [
        e
        for e in entities
        if e.kind in told.entities and (not told.detail or e.detail in (told.detail, ""))
    ]
    if not fitting:
        return None
    if spec.kind == "date":
        dates = [e for e in fitting if e.kind == DATE and not _AGE.match(text, e.end)][:3]
        if not dates:
            return None
        value: Any = dates[0].value if len(dates) == 1 else [e.value for e in dates]
        return Answer("、".join(e.text for e in dates), value)
    if spec.kind == "amount":
        return _sum(text, fitting)
    if spec.kind == "place":
        here = [
            e
            for e in fitting
            if not _NOT_HERE.search(text[max(0, e.start - 4) : e.start]) and _names_a_place(e)
        ]
        if not here:
            return None
        best = min(here, key=lambda e: (_KIND_RANK[e.kind], e.start - e.end))
        return Answer(best.text, best.value)
    return Answer(fitting[0].text, fitting[0].value)


def _names_a_place(entity: Entity) -> bool:
    """Whether words that end like a place name one: 邻村, 古镇 and 孩子过马路 do not."""
    return entity.kind == ADDRESS or not (
        len(entity.text) < 3 or _NO_NAME.search(fold(entity.text))
    )


def _inside(entities: Sequence[Entity]) -> list[Entity]:
    """Places down to a township or village that the name of a body begins with: 青石镇金盛鞋厂."""
    return [
        replace(place, text=inside[0], value=inside[0], end=inside.end())
        for entity in entities
        if entity.kind == ORGANISATION
        for place in places.find(entity.text)
        if place.start == 0 and (inside := _TOWN.match(place.text))
    ]


def _other_side(told: Told, text: str, entities: Sequence[Entity]) -> Answer | None:
    for entity in entities:
        if entity.kind != ORGANISATION:
            continue
        before = text[max(0, entity.start - 6) : entity.start]
        if entity.detail == "vague" or (entity.detail and not told.vague):
            continue
        if entity.text.endswith("工地") or _BESIDE.match(text, entity.end):
            continue  # where they worked, or where it happened, not who owes them
        helper = _HELPERS.search(entity.text)
        if (helper and not told.vague) or ((helper or entity.detail) and _VISITED.search(before)):
            continue
        return Answer(entity.text, entity.value)
    if told.roles is None:
        return None
    for entity in entities:
        if entity.kind in (NAME, ALIAS) and (entity.detail == "other" or entity.role):
            role = re.search(
                f"(?:{told.roles.pattern})家?(?:是|叫|名叫|,|:)?$",
                text[max(0, entity.start - 8) : entity.start],
            )
            if role:
                said = text[max(0, entity.start - 8) + role.start() : entity.end]
                return Answer(said, said)
    return None


def _sum(text: str, sums: Sequence[Entity]) -> Answer:
    whole = [e for e in sums if e.detail not in ("month", "day", "year")]
    totals = [e for e in whole if _TOTAL.search(text[max(0, e.start - 12) : e.start])]
    chosen = totals[-1] if totals else whole[0] if len(whole) == 1 else None
    if chosen:
        return Answer(chosen.text, chosen.value)
    several = [e for e in sums if e.kind == AMOUNT][:3]
    value = several[0].value if len(several) == 1 else [e.value for e in several]
    return Answer("、".join(e.text for e in several), value)


def _by_clause(spec: FactSpec, told: Told, text: str, folded: str) -> Answer | None:
    """The clauses that match; for a request, to the end of its sentence."""
    if told.clauses is None:
        return None
    kept: list[str] = []
    for sentence in _SENTENCE.finditer(folded):
        for clause in _CLAUSE.finditer(folded, *sentence.span()):
            match = told.clauses.search(clause.group())
            if match is None and spec.id == "evidence" and kept:
                match = _ALSO.match(clause.group())  # 有视频，还有水样检测单
            if match is None or (told.unless and told.unless.search(clause.group())):
                continue
            if spec.kind == "text" and spec.id == "wanted":
                stop = _OTHER_CLAUSE.search(folded, clause.end(), sentence.end())
                end = stop.start() if stop else sentence.end()
                said = text[clause.start() + match.start() : end]
            else:
                said = text[clause.start() : clause.end()]
            if han(said) >= told.least:
                kept.append(said.strip(" ,，"))
            if spec.id == "wanted":
                break
    if not kept:
        return None
    joined = "；".join(dict.fromkeys(kept))
    value: Any = joined
    if spec.kind == "choice":
        value = next(
            (c.value for c in spec.choices[1:] if c.match and c.match.search(fold(joined))), joined
        )
        if re.match(r"没有?", joined) and spec.choices:
            value = spec.choices[0].value
    return Answer(joined, value)
