"""Running conversations side by side and summing up how long their turns took."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

#: Makes a fresh citizen and gives back what says one thing and waits for the whole answer.
Citizen = Callable[[], Callable[[str], object]]


@dataclass(frozen=True)
class Figures:
    """Times of single turns in milliseconds; turns per second over the whole of the round."""

    turns: int
    median_ms: float
    p95_ms: float
    turns_per_second: float

    def as_json(self) -> dict[str, float]:
        return {
            "turns": self.turns,
            "median_ms": round(self.median_ms, 1),
            "p95_ms": round(self.p95_ms, 1),
            "turns_per_second": round(self.turns_per_second, 1),
        }


def hold(citizen: Citizen, lines: Sequence[str], at_once: int, rounds: int) -> list[list[float]]:
    """``rounds`` rounds of ``at_once`` whole conversations; per round, the turns in ms, then seconds.

    The last element of each round is its length in seconds.
    """

    def conversation(_number: int) -> list[float]:
        say = citizen()
        times = []
        for line in lines:
            started = time.perf_counter()
            say(line)
            times.append((time.perf_counter() - started) * 1000)
        return times

    measured = []
    for _ in range(rounds):
        with ThreadPoolExecutor(at_once) as pool:
            started = time.perf_counter()
            times = [t for part in pool.map(conversation, range(at_once)) for t in part]
            measured.append([*times, time.perf_counter() - started])
    return measured


def sum_up(rounds: Sequence[Sequence[float]]) -> Figures:
    """Figures over all rounds (each a list of turns in ms and, last, its length in seconds)."""
    times = sorted(t for part in rounds for t in part[:-1])
    seconds = sum(part[-1] for part in rounds)
    return Figures(
        turns=len(times),
        median_ms=statistics.median(times),
        p95_ms=times[min(len(times) - 1, int(len(times) * 0.95))],
        turns_per_second=len(times) / seconds,
    )
