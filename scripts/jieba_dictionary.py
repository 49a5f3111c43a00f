"""The dictionary of jieba (MIT licence), and how lists of words taken from it are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import jieba


def entries() -> Iterator[tuple[str, int, str]]:
    """Every word with its frequency and its part of speech (jieba's tags: nr is a name …)."""
    dictionary = Path(jieba.__file__).parent / "dict.txt"
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, frequency, kind = line.split()
        yield word, int(frequency), kind


def write(path: Path, head: str, words: Iterable[str]) -> None:
    """Write ``head`` and below it the words, sorted, those of one first character on a line."""
    rows: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        rows[word[0]].append(word)
    path.write_text(head + "".join(f"{' '.join(row)}\n" for row in rows.values()), "utf-8")
