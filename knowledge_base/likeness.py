"""Which questions are nearly the same, by the character pairs they share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from knowledge_base.words import pairs, words

# Courtesies and endings that change nothing in what is asked. Negations are not among them.
_FILLER = re.compile(
    r"请问(一下)?|您好|你好|想(问|咨询)(一下|下)?|谢谢|怎么办(理)?|咋(办|弄|整)|怎样|怎么|该|[吗呢啊吧呀嘛的了我俺]"
    r"|[\W_]"
)
_DENIAL = re.compile(r"[不没無无未非别]")
_FEWEST_WORDS = 2
"""One word in common is a topic, not a question."""


def core(question: str) -> str:
    """What a question asks, without courtesies and marks."""
    return _FILLER.sub("", question)


def likeness(one: str, other: str) -> float:
    """How much two questions have in common, 0 to 1: the share (Jaccard) of the character pairs of
    their cores, or of their words where both are affirmed or both denied."""
    first, second = core(one), core(other)
    if first == second:
        return 1.0 if first else 0.0
    alike = _shared(set(pairs(first)), set(pairs(second)))
    if bool(_DENIAL.search(first)) == bool(_DENIAL.search(second)):
        own, others = set(words(one)), set(words(other))
        if min(len(own), len(others)) >= _FEWEST_WORDS:
            alike = max(alike, _shared(own, others))
    return alike


def _shared(own: set[str], others: set[str]) -> float:
    every = own | others
    return len(own & others) / len(every) if every else 0.0


def near_pairs(texts: Sequence[str], least: float) -> Iterator[tuple[int, int]]:
    """Positions (earlier, later) of texts that share at least ``least`` of their character pairs
    (Jaccard)."""
    sets = [frozenset(pairs(text)) for text in texts]
    holders: dict[str, list[int]] = defaultdict(list)
    for later, own in enumerate(sets):
        shared: dict[int, int] = defaultdict(int)
        for pair in own:
            for earlier in holders[pair]:
                shared[earlier] += 1
        for earlier in sorted(shared):
            common = shared[earlier]
            if common >= least * (len(own) + len(sets[earlier]) - common):
                yield earlier, later
        for pair in own:
            holders[pair].append(later)
