"""Which questions are nearly the same, by the character pairs they share."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Shape:
    """What two questions are compared by."""

    core: str
    pairs: frozenset[str]
    words: frozenset[str]
    denied: bool


def shape(question: str) -> Shape:
    """The shape of a question."""
    text = core(question)
    return Shape(
        text, frozenset(pairs(text)), frozenset(words(question)), bool(_DENIAL.search(text))
    )


def alike(one: Shape, other: Shape) -> float:
    """How much two questions have in common, 0 to 1: the share (Jaccard) of the character pairs of
    their cores, or of their words where both are affirmed or both denied."""
    if one.core == other.core:
        return 1.0 if one.core else 0.0
    share = _shared(one.pairs, other.pairs)
    enough = min(len(one.words), len(other.words)) >= _FEWEST_WORDS
    if enough and one.denied == other.denied:
        share = max(share, _shared(one.words, other.words))
    return share


def likeness(one: str, other: str) -> float:
    """``alike`` for two texts."""
    return alike(shape(one), shape(other))


def _shared(own: frozenset[str], others: frozenset[str]) -> float:
    every = own | others
    return len(own & others) / len(every) if every else 0.0


def near_pairs(texts: Sequence[str], least: float) -> Iterator[tuple[int, int]]:
    """Positions (earlier, later) of texts that share at least ``least`` of their character pairs
    (Jaccard).

    Two such texts share one of the rarest pairs of each: only so many of the rarest pairs are looked
    up that they cannot miss each other (Bayardo, Ma and Srikant, "Scaling up all pairs similarity
    search", 2007).
    """
    sets = [frozenset(pairs(text)) for text in texts]
    often = Counter(pair for own in sets for pair in own)
    holders: dict[str, list[int]] = defaultdict(list)
    for later, own in enumerate(sets):
        rarest = sorted(own, key=lambda pair: (often[pair], pair))
        looked_up = rarest[: len(own) - math.ceil(least * len(own)) + 1]
        met = {earlier for pair in looked_up for earlier in holders[pair]}
        for earlier in sorted(met):
            if _shared(own, sets[earlier]) >= least:
                yield earlier, later
        for pair in looked_up:
            holders[pair].append(later)
