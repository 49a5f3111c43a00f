"""An address resolved to province, city, county, street or township, and village, with its code.

Names are read from left to right. What a name may mean (鼓楼区 lies in five cities) stays open until
the other names decide; a level that the text leaves out is filled in where the named ones allow
one division only (余杭 implies 杭州市 and 浙江省), and is left empty otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

from casework.domain.addresses.patterns import BEFORE
from casework.domain.addresses.reading import Names, Reading
from casework.domain.addresses.streets import Streets
from casework.domain.divisions import Division, Divisions, Level, municipality
from casework.domain.extraction import organisations, places
from casework.domain.extraction.typos import mend
from casework.domain.text import fold

__all__ = ["Address", "resolve"]


@dataclass(frozen=True)
class Address:
    """What an address names. A level is None where the text neither names nor implies it.

    ``county`` and ``street`` are as written where they carry their suffix (玉环县), else the official
    name; ``official`` is the path of official names down to ``code`` (浙江省台州市玉环市); ``rest`` is
    what follows: road, house, building. ``code`` has 6, 9 or 12 digits, for the narrowest division
    that the table knows.
    """

    province: str | None = None
    city: str | None = None
    county: str | None = None
    street: str | None = None
    village: str | None = None
    rest: str = ""
    code: str | None = None
    official: str | None = None

    @property
    def named(self) -> int:
        """How many levels are known."""
        return sum(
            level is not None
            for level in (self.province, self.city, self.county, self.street, self.village)
        )


def resolve(text: str, divisions: Divisions, home: Division | None = None) -> Address:
    """The address that ``text`` is, or the fullest one that it tells of.

    ``home`` is the bureau's own county: of several divisions of one name, the one in it is meant.
    """
    folded = mend(fold(text))
    resolver = _Resolver(folded, divisions, home)
    before = BEFORE.match(folded)
    start = before.end() if before else 0
    first = resolver.names.wide(Reading(start))
    later = resolver.names.later(start + 1)
    if later.read > first.read + 1:
        found = resolver.address(later, text)
        # 东盛街道长春市二道区…: the street was said first
        later.at = start
        return found if found.street else resolver.address(later, text)
    if first.may_be:
        return resolver.address(first, text)
    alone = resolver.address(first, text)
    told = [alone] if alone.named else []
    bodies = [body for body in organisations.find(folded) if body.detail != "office"]
    for place in places.find(folded):
        if not any(body.start <= place.start < body.end for body in bodies):
            there = _Resolver(folded[: place.end], divisions, home)
            told.append(there.address(there.names.wide(Reading(place.start)), text))
    return max(told, key=lambda address: address.named, default=Address(rest=text.strip()))


class _Resolver:
    def __init__(self, text: str, divisions: Divisions, home: Division | None) -> None:
        self.names = Names(text, divisions)
        self._text = text
        self._all = divisions
        self._home = home

    def address(self, reading: Reading, written: str) -> Address:
        """The address that goes on from ``reading``; ``written`` is the text as given."""
        Streets(self._text, self._all, self._home).read(reading)
        rest = written[reading.at : len(self._text)]
        return self._told(reading, rest.strip(" \t\n,，、._-"))

    def _told(self, reading: Reading, rest: str) -> Address:
        meant = self._meant(reading.may_be)
        path = self._all.path(meant) if meant else ()
        today = [division for division in path if not division.former]
        names = {one.level: self._said(one, reading) for one in path}
        if path and municipality(path[0]):
            names[Level.CITY] = path[0].name
        county = self._county_of_several(reading)
        if county:
            names.setdefault(Level.COUNTY, county)
        if reading.street:
            names[Level.STREET] = reading.street
        if reading.village:
            names[Level.VILLAGE] = reading.village
        return Address(
            province=names.get(Level.PROVINCE),
            city=names.get(Level.CITY),
            county=names.get(Level.COUNTY),
            street=names.get(Level.STREET),
            village=names.get(Level.VILLAGE),
            rest=rest,
            code=today[-1].code if today else None,
            official="".join(division.name for division in today) or None,
        )

    def _said(self, division: Division, reading: Reading) -> str:
        """A county by the name that was used for it, all else by its own."""
        said = reading.said.get(division.code) if division.level is Level.COUNTY else None
        return said or division.name

    def _county_of_several(self, reading: Reading) -> str | None:
        """A county that was named but may be one of several: 鼓楼区."""
        names = {reading.said.get(one.code) for one in reading.may_be}
        counties = all(one.level is Level.COUNTY for one in reading.may_be)
        return names.pop() if counties and len(names) == 1 else None

    def _meant(self, may_be: tuple[Division, ...]) -> Division | None:
        """The one division that is meant, or the widest that all readings share."""
        if not may_be:
            return None
        at_home = [one for one in may_be if self._home and self._all.belongs(one, self._home)]
        ways = [self._all.path(one) for one in (at_home or may_be)]
        shared: Division | None = None
        for step in zip(*ways, strict=False):
            if len({division.code for division in step}) > 1:
                break
            shared = step[0]
        provinces = [one for one in may_be if one.level is Level.PROVINCE]
        # 海南 alone is the province, though counties bear the name too
        return shared or (provinces[0] if len(provinces) == 1 else None)
