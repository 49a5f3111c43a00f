"""Plots as numbers for the templates: where things stand in the drawing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 340, 290
LEFT, RIGHT, TOP, BOTTOM = 40, 322, 26, 246


@dataclass(frozen=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    r: float
    text: str


@dataclass(frozen=True)
class Line:
    name: str
    path: str
    dots: list[Dot]


@dataclass(frozen=True)
class Chart:
    """A drawing of ``width`` by ``height`` with its frame, ticks and lines."""

    alt: str
    x: str
    y: str
    rows: list[Tick]
    columns: list[Tick]
    lines: list[Line]
    even: bool = False
    """Whether the line on which both axes are equal is drawn."""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


@dataclass(frozen=True)
class Part:
    """A piece of a bar of 100."""

    name: str
    start: float
    width: float


@dataclass(frozen=True)
class Bar:
    title: str
    parts: list[Part] = field(default_factory=list)
    label: str = ""
    questions: int = 0


def shares(parts: Mapping[str, float]) -> list[Part]:
    """Shares (0 to 1) one behind the other."""
    found, start = [], 0.0
    for name, share in parts.items():
        if share > 0:
            found.append(Part(name, round(start, 3), round(share * 100, 3)))
        start += share * 100
    return found


def curve(
    points: Sequence[tuple[float, float, float]], name: str = "", texts: Sequence[str] = ()
) -> Line:
    """A line through points (x, y, radius), x and y from 0 to 1. ``texts`` says what each point is;
    without it they are shares."""
    said = texts or [f"{x:.0%} → {y:.0%}" for x, y, _ in points]
    dots = [
        Dot(_across(x), _up(y), round(radius, 1), text)
        for (x, y, radius), text in zip(points, said, strict=True)
    ]
    path = " ".join(f"{'L' if number else 'M'}{dot.x} {dot.y}" for number, dot in enumerate(dots))
    return Line(name, path, dots)


def percent_rows() -> list[Tick]:
    """Ticks of the upright axis at every fifth."""
    return [Tick(_up(step / 5), f"{step * 20}%") for step in range(6)]


def percent_columns() -> list[Tick]:
    return [Tick(_across(step / 5), f"{step * 20}%") for step in range(6)]


def rows_at(places: Sequence[tuple[float, str]]) -> list[Tick]:
    """Ticks of the upright axis at places from 0 to 1."""
    return [Tick(_up(place), text) for place, text in places]


def columns_at(places: Sequence[tuple[float, str]]) -> list[Tick]:
    return [Tick(_across(place), text) for place, text in places]


def depth(rank: int, deepest: int) -> float:
    """Where a rank stands on an axis that gives the first ranks more room, 0 to 1."""
    return math.log(rank) / math.log(deepest)


def depth_columns(ranks: Sequence[int]) -> list[Tick]:
    return [Tick(_across(depth(rank, ranks[-1])), str(rank)) for rank in ranks]


def _across(share: float) -> float:
    return round(LEFT + share * (RIGHT - LEFT), 1)


def _up(share: float) -> float:
    return round(BOTTOM - share * (BOTTOM - TOP), 1)
