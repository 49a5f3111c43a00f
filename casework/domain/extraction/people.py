"""How many people: ``20多个工人``, ``我们12户``, ``三十多人``, ``一家四口``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casework.domain.extraction import numerals
from casework.domain.extraction.entity import PEOPLE, Entity

_NOUN = "人|工人|村民|业主|农民工|民工|家长|职工|员工|老师|教师|司机|同事|工友|老人|租户|商户|群众|居民|住户|投资人|受害人|消费者|学员|会员|亲戚|邻居|代表|伙计|兄弟|伤者|家属"
_PEOPLE = re.compile(
    rf"(?<![\d.第])(?P<count>\d{{1,5}}|[一二两三四五六七八九十百千万]{{1,6}}|俩|几)(?P<vague>多|余|来|几)?"
    rf"(?:(?:个|名|位)[ ]?(?:{_NOUN})|户|家(?={'人|业主|商户|住户|农户|村民|都|一起|,|。|$'})|口人|口|(?:{_NOUN}))",
    re.ASCII,
)
# A number in such an answer, unless it counts time, money or a place.
_NUMBER = re.compile(
    r"(?<![\d.])(?:\d{1,6}(?!\d)|[一二两三四五六七八九十百千俩仨]{1,5})(?![年月日号万元块栋组岁%])"
)
# 就我自己, 只有我一户: somebody who is alone with it.
_ALONE = re.compile(
    r"(?:就|只有|只是|仅)(?:我|俺)们?(?:自己|一个人?|一人|一户|一家(?!人)|家(?!里|人|的))"
)
_TOGETHER = re.compile(r"(?P<count>[俩仨])(?:人)?(?:一起|都|都是)?")


def find(text: str) -> Iterator[Entity]:
    """Counts of people or households in folded text."""
    for alone in _ALONE.finditer(text):
        detail = "households" if alone.group()[-1] in "户家" else ""
        yield Entity(PEOPLE, *alone.span(), alone.group(), 1, detail)
    for match in _PEOPLE.finditer(text):
        if match["count"] in ("一", "1"):
            continue  # 一名教师, 一个人 say who, not how many
        said = match["count"]
        count = 3 if said == "几" else numerals.parse(numerals.lower(said))
        if count is None:
            continue
        detail = "about" if match["vague"] or said == "几" or numerals.is_between(said) else ""
        if "户" in match.group() or match.group().endswith("家"):
            detail = "households"
        yield Entity(PEOPLE, *match.span(), match.group(), int(count), detail)


def from_answer(text: str) -> int | None:
    """The number in an answer to "how many of you?"."""
    if re.search(
        r"就我(?:自己|一个|本人|一人)?|我自己|我一个|一个人|本人|单独", text
    ) and not re.search(r"\d|[二三四五六七八九十百两]", text):
        return 1
    counts = [
        3 if match.group() == "仨" else numerals.parse(numerals.lower(match.group()))
        for match in _NUMBER.finditer(text)
    ]
    # 一个班四十多个孩子: the largest group is who it concerns.
    known = [int(count) for count in counts if count is not None]
    return max(known) if known else None
