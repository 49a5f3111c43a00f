"""Streets, townships and villages: from the table where it has them, else by how they end."""

from __future__ import annotations

import re
from collections.abc import Iterable

from casework.domain.addresses.patterns import (
    GOES_FAR,
    GOES_ON,
    NO_STREET,
    NO_VILLAGE,
    ROAD,
    STREET,
    VILLAGE,
    ZONE,
)
from casework.domain.addresses.reading import Reading, skip
from casework.domain.divisions import Division, Divisions, Level, Named, municipality

# How far behind the county a street is looked for, in characters.
_FURTHER_ON = 30


class Streets:
    """The narrow part of an address, read on from where the names of counties end."""

    def __init__(self, text: str, divisions: Divisions, home: Division | None) -> None:
        self._text = text
        self._all = divisions
        self._home = home

    def read(self, reading: Reading) -> None:
        """Take the street and the village into ``reading``, where there are any."""
        self._street(reading)
        self._village(reading)

    def _street(self, reading: Reading) -> None:
        start = skip(self._text, reading.at)
        for skipped in (start, self._past_zone(start)):
            if skipped is None:
                continue
            if self._known_street(reading, skipped, full=True):
                return
            match = STREET.match(self._text, skipped)
            if match:
                # 城区中和河街道, 四季青四季青街道: noise before a name that is known
                for later in range(skipped + 1, match.end() - 2):
                    if self._known_street(reading, later, full=True):
                        return
                known = self._all.streets_named(match["name"])
                enough = reading.may_be or len(match["name"]) > 2  # 西乡 alone is no township
                if known or (enough and not NO_STREET.search(match["name"])):
                    self._new_street(reading, match)
                    return
            if self._known_street(reading, skipped, full=False):
                return
        self._street_further_on(reading, start)

    def _street_further_on(self, reading: Reading, start: int) -> None:
        """A street of the named county after a company or a road; the rest stays the rest."""
        if any(one.level is not Level.COUNTY for one in reading.may_be):
            return
        end = reading.at
        for later in range(start + 1, min(len(self._text) - 2, start + _FURTHER_ON)):
            if self._known_street(reading, later, full=True):
                reading.at = end
                return

    def _past_zone(self, start: int) -> int | None:
        zone = ZONE.match(self._text, start)
        return skip(self._text, zone.end()) if zone else None

    def _known_street(self, reading: Reading, start: int, *, full: bool) -> bool:
        """A street of the table, by its full name or, where nothing else fits, by its short one."""
        for outers in (reading.may_be, self._cities(reading.may_be)):
            named = [
                one
                for outer in outers
                for one in self._all.below_at(self._text, start, outer)
                if one.full is full and one.division.level is Level.STREET
            ]
            named = [one for one in named if one.end == named[0].end]
            goes_on = ROAD if full else GOES_FAR
            if not named or goes_on.match(self._text, named[0].end):
                continue
            self._take(reading, start, named, moved=outers is not reading.may_be)
            return True
        return False

    def _cities(self, may_be: Iterable[Division]) -> tuple[Division, ...]:
        """The cities around: boundaries move, and people name the county of old."""
        found = {
            one.code: one
            for division in may_be
            if division.level is Level.COUNTY
            for one in self._all.path(division)
            if one.level is Level.CITY or municipality(one)
        }
        return tuple(found.values())

    def _new_street(self, reading: Reading, match: re.Match[str]) -> None:
        """A street that the table does not have under what was named."""
        name = re.sub("(?<=街道)办(?:事处)?$", "", match["name"])
        known = self._all.streets_named(name)
        at_home = [one for one in known if self._home and self._all.belongs(one, self._home)]
        if not reading.may_be and len(at_home or known) == 1:
            reading.may_be = tuple(at_home or known)
        reading.street = name
        reading.at = match.end()

    def _take(
        self, reading: Reading, start: int, named: list[Named], *, moved: bool = False
    ) -> None:
        said = self._text[start : named[0].end] if named[0].full else named[0].division.name
        if named[0].division.level is Level.VILLAGE:
            reading.village = said
        else:
            reading.street = said
        reading.at = named[0].end
        if not moved:
            reading.may_be = tuple(one.division for one in named)

    def _village(self, reading: Reading) -> None:
        start = skip(self._text, reading.at)
        named = [
            one
            for outer in reading.may_be
            for one in self._all.below_at(self._text, start, outer)
            if one.division.level is Level.VILLAGE
            and (one.full or not GOES_ON.match(self._text, one.end))
        ]
        if named:
            self._take(reading, start, [one for one in named if one.end == named[0].end])
            return
        match = VILLAGE.match(self._text, start)
        named_before = reading.may_be or reading.street
        if match and named_before and not NO_VILLAGE.search(match["name"][:-1]):
            reading.village = match["name"]
            reading.at = match.end()
