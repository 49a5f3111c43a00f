"""Provinces, cities and counties read from left to right, as far as their names agree."""

from __future__ import annotations

from dataclasses import dataclass, field

from casework.domain.addresses.patterns import BETWEEN, GOES_FAR, GOES_ON, STREET
from casework.domain.divisions import Division, Divisions, Level, Named

# How far into a text an address that does not begin it is looked for, in characters.
_LOOKED_AT = 400
# More names than this are no address; each may branch, so that the limit bounds the work.
_MOST_NAMES = 7


@dataclass
class Reading:
    """How far the text has been read: what it may mean, and which names it gave."""

    at: int
    may_be: tuple[Division, ...] = ()
    said: dict[str, str] = field(default_factory=dict)  # code -> the name that was said for it
    street: str | None = None
    village: str | None = None
    full: int = 0  # how many names carried their suffix
    read: int = 0  # how many characters were names
    names: int = 0

    @property
    def rank(self) -> tuple[int, int]:
        return self.read, self.full


def skip(text: str, at: int) -> int:
    """Past what may stand between two parts of an address."""
    match = BETWEEN.match(text, at)
    return match.end() if match else at


class Names:
    """The wide part of an address: what ``text`` names of provinces, cities and counties."""

    def __init__(self, text: str, divisions: Divisions) -> None:
        self._text = text
        self._all = divisions

    def later(self, start: int) -> Reading:
        """The longest row of names that begins with a full one at ``start`` or later."""
        best = Reading(start)
        at = start
        while at < min(len(self._text), _LOOKED_AT):
            if any(named.full for named in self._all.named_at(self._text, at)):
                found = self.wide(Reading(at))
                if self._is_sure(found) and found.rank > best.rank:
                    best = found
                at = max(at, found.at - 1)
            at += 1
        return best

    def _is_sure(self, found: Reading) -> bool:
        """Whether names in the middle of a text are an address: 西区 alone is none."""
        if found.names > 1 or not found.full:
            return found.full > 0
        one = found.may_be[0]
        return one.level < Level.COUNTY or (len(found.may_be) == 1 and len(one.name) > 2)

    def wide(self, reading: Reading) -> Reading:
        """Read on over provinces, cities and counties as far as their names agree."""
        best = reading
        if reading.names >= _MOST_NAMES:
            return best
        start = skip(self._text, reading.at)
        by_end: dict[int, list[Named]] = {}
        for named in self._all.named_at(self._text, start):
            by_end.setdefault(named.end, []).append(named)
        for end, names in by_end.items():
            whole = [named for named in names if named.full]
            usable = whole or [one for one in names if self._stands_alone(reading, start, one)]
            step = self._step(reading, start, end, usable, bool(whole))
            if step is not None:
                best = max(best, self.wide(step), key=lambda one: one.rank)
            # 安徽省宿州市萧县浙江省温州市…: the last address counts, if it goes on.
            again = [one for one in whole if one.division.level <= Level.CITY]
            if reading.may_be and again:
                fresh = self._step(Reading(start), start, end, again, full=True)
                if fresh is not None:
                    fresh.full, fresh.names = reading.full + 1, reading.names + 1
                    fresh.read += reading.read
                    further = self.wide(fresh)
                    goes_on = further.read > fresh.read or self._township_at(end, again)
                    if goes_on and further.rank > best.rank:
                        best = further
        return best

    def _township_at(self, at: int, outers: list[Named]) -> bool:
        at = skip(self._text, at)
        return any(
            below.full
            for outer in outers
            for below in self._all.below_at(self._text, at, outer.division)
        )

    def _stands_alone(self, reading: Reading, start: int, named: Named) -> bool:
        """Whether a short name is one here and not the beginning of another word."""
        division, end = named.division, named.end
        if any(one.full for one in self._all.named_at(self._text, end)):
            return True  # 宁波镇海区, 台州路桥区
        if any(one.full for one in self._all.below_at(self._text, end, division)):
            return True  # 松江新桥镇
        street = STREET.match(self._text, start)
        if street and self._all.streets_named(street["name"]):
            return False  # 独山港镇 begins like 独山
        if division.level < Level.COUNTY:
            return not GOES_ON.match(self._text, end)
        if GOES_FAR.match(self._text, end) and not division.name.endswith("市"):
            return False
        alone = not reading.may_be and self._all.is_common(named.said, division)
        return not alone and not GOES_ON.match(self._text, end)

    def _step(
        self, reading: Reading, start: int, end: int, names: list[Named], full: bool
    ) -> Reading | None:
        meant = self._narrow(reading.may_be, [named.division for named in names])
        if not meant:
            return None
        said = dict(reading.said)
        said |= {
            named.division.code: named.name
            for named in names
            if named.division in meant and (full or named.name != named.division.name)
        }
        return Reading(
            end,
            meant,
            said,
            full=reading.full + full,
            read=reading.read + end - start,
            names=reading.names + 1,
        )

    def _narrow(self, may_be: tuple[Division, ...], named: list[Division]) -> tuple[Division, ...]:
        """What the names so far and the next one mean together."""
        if not may_be:
            return tuple(named)
        meant: dict[str, Division] = {}
        for wide in may_be:
            for division in named:
                if self._all.belongs(division, wide):
                    meant[division.code] = division
                elif self._all.belongs(wide, division):
                    meant[wide.code] = wide
        return tuple(meant.values())
