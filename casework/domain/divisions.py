"""The administrative divisions of China, and which of them a text names at a place.

Codes are those of GB/T 2260 (six digits, province to county) and its nine- and twelve-digit
extensions (street or township, village or neighbourhood). A division may bear several names: the
full one, the short one that people say (杭州, 余杭, 恩施), and those it bore before it was renamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from casework.domain.bureau import Place


class Level(IntEnum):
    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    STREET = 4
    VILLAGE = 5


@dataclass(frozen=True)
class Division:
    """One division. ``parent`` is the code of the one it belongs to, empty for a province.

    ``former`` is one that exists no more and has no successor of its own (下城区).
    """

    level: Level
    code: str
    parent: str
    name: str
    former: bool = False


@dataclass(frozen=True)
class Former:
    """A county or prefecture that bore another code or name, and the code of its successor if known."""

    code: str
    name: str
    now: str = ""


@dataclass(frozen=True)
class Named:
    """A division named at ``text[start:end]``; ``full`` if with its suffix, else by its short name.

    ``name`` is the full name that was meant, which for a county of old is not the division's own.
    """

    end: int
    said: str
    division: Division
    full: bool
    name: str


_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|"
    "布朗|保安|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|裕固|独龙|鄂伦春|门巴|珞巴|阿昌|德昂|基诺|赫哲|京|各"
)
_OF_A_PEOPLE = re.compile(
    rf"^(?P<stem>.{{2,}}?)(?:(?:{_PEOPLES})(?:族|尔)?)+(?:自治[州县旗]|自治区|[乡区]|民族乡)$"
)
_SUFFIX = re.compile(
    r"(?<=..)(?:特别行政区|自治[区州县旗]|街道办事处|街道|地区|林区|特区|新区|苏木|[省市盟区县旗镇乡])$"
)
# Names that the rule above would cut wrong, or that people shorten in their own way.
_SHORT = {
    "内蒙古自治区": ("内蒙古", "内蒙"),
    "新疆维吾尔自治区": ("新疆", "新疆省", "新疆自治区"),
    "广西壮族自治区": ("广西", "广西省", "广西自治区"),
    "宁夏回族自治区": ("宁夏", "宁夏省", "宁夏自治区"),
    "西藏自治区": ("西藏", "西藏省"),
    "香港特别行政区": ("香港",),
    "澳门特别行政区": ("澳门",),
    "安徽省": ("安徽", "安微省", "安微"),
    "博尔塔拉蒙古自治州": ("博尔塔拉", "博州"),
    "巴音郭楞蒙古自治州": ("巴音郭楞", "巴州"),
    "克孜勒苏柯尔克孜自治州": ("克孜勒苏", "克州"),
    "西双版纳傣族自治州": ("西双版纳", "版纳"),
    "黔西南布依族苗族自治州": ("黔西南", "黔西南州"),
    "黔东南苗族侗族自治州": ("黔东南", "黔东南州"),
    "黔南布依族苗族自治州": ("黔南", "黔南州"),
    "阜新蒙古族自治县": ("阜蒙县",),
}
# A rare character and the common one that people type for it.
_MISTAKEN = {"颍": "颖"}
_MUNICIPALITIES = ("11", "12", "31", "50")
_LONGEST = 16
_SEVERAL = 3


def short_name(name: str) -> str:
    """The name without the words that say what kind of division it is; itself if nothing is left.

    ``杭州市`` -> ``杭州``, ``恩施土家族苗族自治州`` -> ``恩施``, ``沙县`` -> ``沙县``.
    """
    people = _OF_A_PEOPLE.match(name) if "族" in name or "自治" in name else None
    return people["stem"] if people else _SUFFIX.sub("", name)


def level_of(code: str) -> Level:
    """The level that a code of 2, 4, 6, 9 or 12 digits stands for.

    Raises:
        ValueError: it is no such code.
    """
    if not code.isdigit() or len(code) not in (2, 4, 6, 9, 12):
        raise ValueError(f"{code!r} is no administrative code")
    if len(code) > 6:
        return Level.STREET if len(code) == 9 else Level.VILLAGE
    if len(code) == 2 or code.endswith("0000"):
        return Level.PROVINCE
    return Level.CITY if len(code) == 4 or code.endswith("00") else Level.COUNTY


class Divisions:
    """All divisions by code, by name and by what belongs to what. Built once, then only read."""

    def __init__(self, current: Iterable[Division], former: Iterable[Former] = ()) -> None:
        self._former = tuple(former)
        self._by_code: dict[str, Division] = {}
        self._inside: dict[str, list[Division]] = {}
        # name -> code -> whether it is the full name
        self._names: dict[str, dict[str, bool]] = {}
        self._below: dict[str, dict[str, dict[str, bool]]] = {}  # the same in one division, by need
        self._old: dict[tuple[str, str], str] = {}  # short name and code -> full name of old
        self._streets: dict[str, list[Division]] = {}
        self._shorts: dict[str, list[Division]] = {}  # by short name, by need
        for division in current:
            self._add(division)
        for one in self._former:
            self._add_former(one)

    def __getitem__(self, code: str) -> Division:
        return self._by_code[code]

    def get(self, code: str) -> Division | None:
        """The division with this code, if there is one."""
        return self._by_code.get(code)

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def __len__(self) -> int:
        return len(self._by_code)

    def path(self, division: Division) -> tuple[Division, ...]:
        """The divisions from the province down to this one."""
        found = [division]
        while found[-1].parent in self._by_code and len(found) < len(Level):
            found.append(self._by_code[found[-1].parent])
        return tuple(reversed(found))

    def belongs(self, inner: Division, outer: Division) -> bool:
        """Whether ``inner`` lies in ``outer`` or is it."""
        return outer in self.path(inner)

    def inside(self, outer: Division) -> Iterator[Division]:
        """Everything that lies in ``outer``, however deep."""
        return self._all_below(outer)

    def named_at(self, text: str, at: int) -> Iterator[Named]:
        """Provinces, cities and counties named from ``at`` on, longest name first."""
        return self._named(self._names, text, at)

    def below_at(self, text: str, at: int, outer: Division) -> Iterator[Named]:
        """Streets, townships and villages of ``outer`` named from ``at`` on, longest name first."""
        if outer.code not in self._below:
            names: dict[str, dict[str, bool]] = {}
            for division in self._all_below(outer):
                if division.level > Level.COUNTY:
                    _name(names, division)
            self._below[outer.code] = names
        return self._named(self._below[outer.code], text, at)

    def streets_named(self, name: str) -> tuple[Division, ...]:
        """Every street or township in the country that bears this full name."""
        return tuple(self._streets.get(name, ()))

    def is_common(self, short: str, inside: Division) -> bool:
        """Whether several streets elsewhere bear this short name too: alone 江南 says nothing."""
        if not self._shorts:
            for name, streets in self._streets.items():
                self._shorts.setdefault(short_name(name), []).extend(streets)
        others = (one for one in self._shorts.get(short, ()) if not self.belongs(one, inside))
        return len(list(others)) >= _SEVERAL

    def with_tree(self, place: Place) -> Divisions:
        """These and the divisions of a bureau's own tree, which goes down to the villages.

        Where the tree gives a township another code than the table, the tree is right.
        """
        own = {(place.code, one.name): one.code for one in place.inside}
        current = {
            code: one
            for code, one in self._by_code.items()
            if not one.former and own.get((one.parent, one.name), code) == code
        }
        return Divisions([*current.values(), *_of_tree(place, "", current)], self._former)

    def _named(self, names: dict[str, dict[str, bool]], text: str, at: int) -> Iterator[Named]:
        for end in range(min(len(text), at + _LONGEST), at + 1, -1):
            said = text[at:end]
            for code, full in names.get(said, {}).items():
                division = self._by_code[code]
                name = said if full else self._old.get((said, code), division.name)
                yield Named(end, said, division, full, name)

    def _all_below(self, outer: Division) -> Iterator[Division]:
        for division in self._inside.get(outer.code, ()):
            yield division
            yield from self._all_below(division)

    def _add(self, division: Division) -> None:
        self._by_code[division.code] = division
        self._inside.setdefault(division.parent, []).append(division)
        if division.level <= Level.COUNTY:
            _name(self._names, division)
        elif division.level is Level.STREET:
            self._streets.setdefault(division.name, []).append(division)

    def _add_former(self, former: Former) -> None:
        """A name of old: for what took its place, has its code or its short name now, or for none."""
        code, name = former.code, former.name
        city = self._by_code.get(f"{code[:4]}00") or self._by_code.get(f"{code[:2]}0000")
        if city is None:
            return
        level = level_of(code)
        now = self._by_code.get(former.now or code) or self._successor(city, level, name)
        if now is None:
            now = Division(level, code, city.code, name, former=True)
            self._by_code[code] = now
        self._names.setdefault(name, {}).setdefault(now.code, True)
        short = short_name(name)
        if len(short) > 1 and short != short_name(city.name):  # 绍兴 is the city, not 绍兴县
            self._names.setdefault(short, {}).setdefault(now.code, False)
            self._old[short, now.code] = name

    def _successor(self, city: Division, level: Level, name: str) -> Division | None:
        for code in self._names.get(short_name(name), ()):
            division = self._by_code[code]
            if division.level is level and self.belongs(division, self.path(city)[0]):
                return division
        return None


def _name(names: dict[str, dict[str, bool]], division: Division) -> None:
    names.setdefault(division.name, {})[division.code] = True
    short = short_name(division.name)
    if "自治" in division.name and division.level in (Level.CITY, Level.COUNTY):
        # 红河州, 石柱县: as good as the full name
        names.setdefault(short + division.name[-1], {}).setdefault(division.code, True)
    for one in (short, *_SHORT.get(division.name, ())):
        if len(one) > 1:
            names.setdefault(one, {}).setdefault(division.code, False)
    for char, mistaken in _MISTAKEN.items():
        if char in division.name:
            names.setdefault(division.name.replace(char, mistaken), {})[division.code] = True


def _of_tree(place: Place, parent: str, known: dict[str, Division]) -> Iterator[Division]:
    if place.code and place.code not in known:
        outers = (parent, f"{place.code[:4]}00", f"{place.code[:2]}0000")
        outer = next((code for code in outers if code in known or code == parent != ""), "")
        county = any(len(inside.code) == 9 for inside in place.inside)
        level = Level.COUNTY if county else level_of(place.code)
        yield Division(level, place.code, outer, place.name)
    for inside in place.inside:
        yield from _of_tree(inside, place.code, known)


def municipality(division: Division) -> bool:
    """Whether it is one of the four cities that are provinces (直辖市)."""
    return division.level is Level.PROVINCE and division.code[:2] in _MUNICIPALITIES
