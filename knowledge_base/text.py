"""Cleaning what a citizen typed, before anything looks at it."""

from __future__ import annotations

import re
import unicodedata

_CHINESE = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
_SPACES = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[。！？!?；;\n]+")


def normalise(text: str) -> str:
    """One line, half-width, lower case, without control, zero-width or unpaired characters."""
    kept = "".join(
        " " if c in "\n\r\t" else c
        for c in text
        if c in "\n\r\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", kept)).strip().lower()


def is_chinese(text: str) -> bool:
    """Whether at least a third of the letters are Chinese and none belong to another language's
    script that only looks alike (Japanese kana, Korean)."""
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return False
    chinese = sum(1 for c in letters if _CHINESE.match(c))
    foreign = sum(1 for c in letters if "぀" <= c <= "ヿ" or "가" <= c <= "힯")
    return chinese * 3 >= len(letters) and foreign * 4 <= len(letters)


def count_chinese(text: str) -> int:
    """How many Chinese characters the text has."""
    return len(_CHINESE.findall(text))


def sentences(text: str) -> list[str]:
    """The sentences of a text, without their marks."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]
