"""The words that a machine's wording may be made of (``casework/data``)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from casework.domain.wording.vocabulary import Vocabulary

_DATA = Path(__file__).parents[1] / "data"


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Ordinary words, without those that judge."""
    loaded = yaml.safe_load((_DATA / "wording.yml").read_text(encoding="utf-8"))
    lines = (_DATA / "ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    listed = {word for line in lines if not line.startswith("#") for word in line.split()}
    judging = frozenset(loaded["judging"].split())
    words = (listed | set(loaded["words"].split())) - judging
    return Vocabulary(
        words=frozenset(words),
        singles=frozenset("".join(loaded["singles"].split())),
        units=frozenset("".join(loaded["units"].split())),
        judging=judging,
    )
