"""How people take something back: 电话错了，是139…; 不是3万是5万; 把金额改成5万; 改第2项."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.domain.draft import Fact
from casework.domain.extraction.entity import (
    ADDRESS,
    AMOUNT,
    DATE,
    EMAIL,
    NAME,
    ORGANISATION,
    PEOPLE,
    PHONE,
    PLACE,
    Entity,
)
from casework.domain.intake.topic import FactSpec, Topic
from casework.domain.text import fold

# Longer messages tell a story; what looks like a correction in them is part of it.
LONGEST = 80

_FACT_OF = {
    PHONE: "phone",
    EMAIL: "phone",
    AMOUNT: "amount",
    DATE: "when",
    ADDRESS: "where",
    PLACE: "where",
    PEOPLE: "people",
    NAME: "name",
    ORGANISATION: "against",
}
_LEAD = r"^(?:(?:哦|噢|啊|对了|等等|等一下|不好意思|抱歉|对不起|不对|错了|更正一下|纠正一下|补充一下|那个|还有|刚才|刚刚|前面|上面|我的|我|请|麻烦|帮我|帮忙|能不能|可以)[,。!: ]?){0,4}"
_FIELD = r"(?P<field>[^,。;:!?\s]{1,12}?)"
_SET = re.compile(
    rf"{_LEAD}(?:把|将)?(?:我的)?{_FIELD}(?:这一?项)?(?:的)?[,: ]?(?:请)?(?:改成|改为|换成|更正为|更正成|修改为|修改成|改作|应该是|应为|应当是|应是|其实是|实际是|实际上是|改一下[,: ]?(?:是|成|为)?|改[:,]|更正[:,]?(?:是|为)?)[: ]?(?P<value>.+)$",
    re.DOTALL,
)
_WRONG = re.compile(
    rf"{_LEAD}(?:我)?(?:的)?{_FIELD}(?:刚才|刚刚|我)?(?:填|写|说|弄|打|输|记|留|报|搞|发)?(?:得)?(?:错了|错啦|错|不对|有误|不正确|有错误?)[了啊呀,。:;! ]*"
    r"(?:应该|应当|其实|实际上?|正确的?|新的)?(?:改成|改为|换成|是|为)*[: ]*(?P<value>.*)$",
    re.DOTALL,
)
_BARE = re.compile(
    rf"{_LEAD}(?:我)?(?:填|写|说|弄|打|输|记|留|报|搞|发)错了?[,。:;! ]*(?:应该|应当|其实|正确的?)?(?:改成|改为|是|为)*[: ]*(?P<value>.*)$",
    re.DOTALL,
)
_NOT_BUT = re.compile(
    rf"{_LEAD}(?:[^,。;]{{0,8}}?)不是(?P<old>[^,。;!?\n]{{1,30}}?)[,;。 ]*(?:而|应该|其实|实际)?是(?P<new>[^,。;!?\n]{{1,40}})[。!了的 ]*$"
)
_BUT_NOT = re.compile(
    rf"{_LEAD}(?:[^,。;]{{0,8}}[,。; ])?(?:而|应该|其实|实际)?是(?P<new>[^,。;!?\n]{{1,40}}?)[,;。 ]*(?:而)?不是(?P<old>[^,。;!?\n]{{1,30}}?)[。!了 ]*$"
)
_NUMBERS = ("date", "amount", "number")
_NUMERAL = re.compile(r"[\d一二两三四五六七八九十百千万几半今昨前去当]")
# 不对，是左手食指: what is taken back stands somewhere in the story.
_TAKEN_BACK = re.compile(
    r"^(?:哦|噢|啊)?[, ]?(?:不对|错了)[,。! ]{1,2}(?:应该)?是.{3,}$", re.DOTALL
)
# 手术日期: a day by the name of what happened on it.
_DAY_OF = re.compile("[^把将他她你我老公说让]{1,4}的?(?:日期|时间)")
_EDIT = re.compile(
    rf"{_LEAD}(?:想|要|需要)?(?:修改|更改|更正|重填|重新填|重新填写|改|变更)(?:一?下)?(?:我的)?{_FIELD}(?:这一?项|那一?项)?[吧。!了 ]*$"
)
_DIRECT = re.compile(
    rf"{_LEAD}{_FIELD}(?:号码|号)?(?P<by>就?是|有|:)[: ]?(?P<value>.+)$", re.DOTALL
)
_ANOTHERS = re.compile("(?:对方|他|她|那个人|老板|房东|被告|男方|女方|那家)的?")
_ITEM = re.compile(r"^第?\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*(?:项|条|个|点|号)?$")
_TAIL = re.compile(r"(?:才对|才是对的|才是|吧|哦|啊|呀|哈|谢谢|[,。.!！~\s])+$")
_CN = {c: i for i, c in enumerate("一二三四五六七八九十", start=1)}


@dataclass(frozen=True)
class Correction:
    """``text`` is what the fact is to say instead; empty when only the wish to change was told.

    ``plain``: the fact is said outright (电话是139…), with no word of a change.
    """

    spec: FactSpec
    text: str
    plain: bool = False


def find(
    topic: Topic,
    facts: Mapping[str, Fact],
    said: str,
    entities: Sequence[Entity],
    *,
    numbered: Sequence[FactSpec] = (),
    asking: str | None = None,
) -> Correction | None:
    """The correction that ``said`` makes, if it makes one.

    ``numbered`` are the facts as the review numbers them; ``asking`` is the fact asked for now.
    """
    text = fold(said).strip()
    if not text or len(text) > LONGEST:
        return None
    for pattern in (_SET, _WRONG):
        match = pattern.match(text)
        if match:
            spec = _named(topic, match["field"], numbered) or _dated(
                topic, match["field"], entities
            )
            if spec:
                return Correction(spec, _value(said, match))
    match = _NOT_BUT.match(text) or _BUT_NOT.match(text)
    if match:
        found = _replaced(topic, facts, match["old"], match["new"], entities)
        if found:
            return found
    match = _BARE.match(text)
    if match and facts:
        return _by_value(topic, facts, _value(said, match), entities) or _added(topic, facts, said)
    if facts and not entities and _TAKEN_BACK.match(text):
        return _added(topic, facts, said)
    match = _EDIT.match(text)
    if match:
        spec = _named(topic, match["field"], numbered)
        if spec:
            return Correction(spec, "")
    match = _DIRECT.match(text)
    if match:
        spec = topic.named(match["field"])
        if spec and spec.id != asking and _is_set(spec, facts, match["by"], reviewing=not asking):
            return Correction(spec, _value(said, match), plain=True)
    return None


def _is_set(spec: FactSpec, facts: Mapping[str, Fact], by: str, reviewing: bool) -> bool:
    """Whether 电话是139… or 证据：照片 says what a fact is. 对方是我表哥 may be part of a story."""
    if spec.kind == "text":
        return reviewing and (by == ":" or spec.id not in facts)
    return by != "有"


def item(topic: Topic, said: str, numbered: Sequence[FactSpec]) -> FactSpec | None:
    """The fact that ``3``, ``第三项``, ``电话`` or ``3. 时间`` picks from the review."""
    text = fold(said).strip(" ,。.!、")
    with_number = re.match(r"^(\d{1,2})[.、 ]+(\S+)$", text)
    if with_number:
        text = with_number.group(2)
    return _named(topic, text, numbered)


def _named(topic: Topic, field: str, numbered: Sequence[FactSpec]) -> FactSpec | None:
    field = re.sub(r"^(?:改|修改|更改|更正)(?:一?下)?", "", field.strip())
    number = _ITEM.match(field)
    if number:
        position = int(number[1]) if number[1].isdigit() else _CN.get(number[1], 0)
        return numbered[position - 1] if 1 <= position <= len(numbered) else None
    found = topic.named(field) or topic.named(re.sub(r"^我的?|(?:那|这)一?(?:项|个)$", "", field))
    if found:
        return found
    of_another = _ANOTHERS.match(field)
    if of_another is None:
        return None
    spec = topic.named(field[of_another.end() :])
    # 对方的电话 is not the telephone of who speaks, and has no field of its own.
    return (
        topic.named("对方") if spec and spec.kind == "name" else spec if _is_other(spec) else None
    )


def _dated(topic: Topic, field: str, entities: Sequence[Entity]) -> FactSpec | None:
    told_a_day = any(entity.kind == DATE for entity in entities)
    return topic.named("时间") if told_a_day and _DAY_OF.fullmatch(field) else None


def _is_other(spec: FactSpec | None) -> bool:
    return spec is not None and spec.told is not None and ORGANISATION in spec.told.entities


def _value(said: str, match: re.Match[str]) -> str:
    start, end = match.span("value")
    # The folded text was stripped on the left: count from the right, which folding keeps.
    value = _TAIL.sub("", said.strip()[start:end])
    twice = _NOT_BUT.match(fold(value))  # 金额说错了，不是三万二，是三万五
    return _TAIL.sub("", value[slice(*twice.span("new"))]) if twice else value


def _replaced(
    topic: Topic, facts: Mapping[str, Fact], old: str, new: str, entities: Sequence[Entity]
) -> Correction | None:
    """不是三万是五万: the fact that says the old words, or one of the kind of the new ones."""
    old, new = old.strip(" 的"), _TAIL.sub("", new.strip())
    long_last = sorted(facts.values(), key=lambda fact: len(fact.text))
    for fact in long_last:
        spec = topic.spec(fact.id)
        if spec and len(old) >= 1 and old in fold(fact.text):
            short = spec.kind != "text" or len(fact.text) <= len(old) + 2
            text = new if short else fold(fact.text).replace(old, new, 1)
            return Correction(spec, text)
    return _by_value(
        topic, facts, new, [e for e in entities if e.text and e.text in new], strict=True
    )


def _by_value(
    topic: Topic,
    facts: Mapping[str, Fact],
    value: str,
    entities: Sequence[Entity],
    strict: bool = False,
) -> Correction | None:
    """Which fact a corrected value belongs to: by its kind, else the one told last."""
    for entity in entities:
        fact_id = _FACT_OF.get(entity.kind)
        if fact_id in facts:
            spec = topic.spec(fact_id)
            if spec:
                return Correction(spec, value)
    if strict:
        return None
    last = topic.spec(list(facts)[-1])
    if last is None or last is topic.facts[0]:
        return None  # a few words do not take the place of a whole story
    if last.kind in _NUMBERS and not _NUMERAL.search(value):
        return None  # 是我岳父 is no day
    return Correction(last, value)


def _added(topic: Topic, facts: Mapping[str, Fact], said: str) -> Correction | None:
    """A change to something in the story: it is written under it, and the story stays."""
    story = facts.get(topic.facts[0].id)
    return Correction(topic.facts[0], f"{story.text}\n{said.strip()}") if story else None
