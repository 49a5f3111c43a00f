"""The reviewed directory of public telephone numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Hotline:
    """A public number, what it is for, and when somebody last checked it."""

    number: str
    name: str
    purpose: str = ""
    hours: str = ""
    reviewed: date | None = None


class Directory(Mapping[int | str, str]):
    """Numbers by number: a text names ``{tel[110]}``, and a number not reviewed is an error.

    ``str.format`` turns an index of digits into an int, so both forms are understood.
    """

    def __init__(self, hotlines: Iterable[Hotline]) -> None:
        self._hotlines = {hotline.number: hotline for hotline in hotlines}

    def __getitem__(self, number: int | str) -> str:
        return self._hotlines[str(number)].number

    def __iter__(self) -> Iterator[int | str]:
        return iter(self._hotlines)

    def __len__(self) -> int:
        return len(self._hotlines)

    def hotline(self, number: str) -> Hotline:
        """The whole entry. Raises ``KeyError`` for a number that is not in the directory."""
        return self._hotlines[number]

    def all(self) -> list[Hotline]:
        return list(self._hotlines.values())
