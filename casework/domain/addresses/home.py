"""Where something happened, as people of one county say it: 张庄村三组, 柳河, 我们石桥.

Whoever writes to a bureau seldom names the county, and often the village alone. What ``resolve``
leaves open is looked for in the bureau's own tree, and a name that several of its villages bear is
taken no further than what they share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from casework.domain.addresses import Address, resolve
from casework.domain.divisions import Division, Divisions, Level, municipality, short_name
from casework.domain.extraction.typos import mend
from casework.domain.text import fold

_VILLAGE = re.compile(r"(?<=..)(?:社区|居委会|村委会|行政村|自然村|村)$")
# What stands before a short name, and what follows it: 我家在张庄, 石桥三组, 柳河那边.
_BEGINS = re.compile(r"(?:^|[^\u4e00-\u9fff]|[在住是到的从家们镇乡村道])$")
_ENDS = re.compile(
    r"$|[^\u4e00-\u9fff]|[村里这那边人组队街东西南北上的在]|[一二三四五六七八九十]{1,2}[组队]"
)
# A village by how it ends, though no tree has it: 李家庄.
_UNKNOWN = re.compile(
    "[\u4e00-\u9fff]{1,4}[庄沟屯营寨坡湾店岗堡洼峪坪冲垸铺窑](?=$|[^\u4e00-\u9fff]|[的那这]|[一二三四五六七八九十]+组)"
)
_MARKS = " \t\n,，、。"
_ROAD = re.compile("[路街道]$")


def locate(text: str, divisions: Divisions, home: Division | None) -> Address:
    """The address that ``text`` tells, looked for in ``home`` where it names no county.

    ``home`` is the bureau's own county in ``divisions``. Words that name no place give an address
    without a code whose ``rest`` are the words.
    """
    found = resolve(text, divisions, home)
    known = divisions.get(found.code) if found.code else None
    if home is None or (known and not divisions.belongs(known, home)):
        return found
    if known is None and (found.province or found.city or found.county):
        return found
    outer = known or home
    if outer.level is Level.VILLAGE or found.village:
        return found
    told = mend(fold(found.rest if known else text))
    named = next(_named(told, divisions, outer), None)
    if named is None:
        untold = _UNKNOWN.match(told) if outer.level is Level.STREET else None
        if untold is None:
            return found
        rest = found.rest[untold.end() :].strip(_MARKS)
        return replace(found, village=found.rest[: untold.end()], rest=rest)
    start, end, meant = named
    shared = _shared(meant, divisions)
    path = divisions.path(shared)
    names = {one.level: one.name for one in path}
    village = meant[0].name if meant[0].level is Level.VILLAGE else None
    written = found.rest if known else text
    return replace(
        found,
        province=names.get(Level.PROVINCE),
        city=path[0].name if municipality(path[0]) else names.get(Level.CITY),
        county=names.get(Level.COUNTY),
        street=names.get(Level.STREET),
        village=village,
        rest=(written[end:] if not known or start == 0 else written).strip(_MARKS),
        code=shared.code,
        official="".join(one.name for one in path),
    )


def _named(
    text: str, divisions: Divisions, outer: Division
) -> Iterator[tuple[int, int, list[Division]]]:
    """Divisions of ``outer`` named in ``text``: by the full name, else by the short one."""
    inside = list(divisions.inside(outer))
    for short in (False, True):
        names: dict[str, list[Division]] = {}
        for one in inside:
            name = _short(one) if short else one.name
            if len(name) > 1 and not (short and _ROAD.search(name)):
                names.setdefault(name, []).append(one)
        for name in sorted(names, key=len, reverse=True):
            for match in re.finditer(re.escape(name), text):
                free = _BEGINS.search(text[: match.start()]) and _ENDS.match(text, match.end())
                if not short or free:
                    meant = names[name]
                    narrow = [one for one in meant if one.level is Level.VILLAGE]
                    towns = [one for one in meant if one.level is not Level.VILLAGE]
                    # 柳河 is the town before it is the village of that name
                    yield match.start(), match.end(), towns or narrow


def _short(division: Division) -> str:
    if division.level is Level.VILLAGE:
        return _VILLAGE.sub("", division.name)
    return short_name(division.name)


def _shared(meant: list[Division], divisions: Divisions) -> Division:
    """The narrowest division that all of them lie in."""
    ways = [divisions.path(one) for one in meant]
    shared = ways[0][0]
    for step in zip(*ways, strict=False):
        if len({one.code for one in step}) > 1:
            break
        shared = step[0]
    return shared
