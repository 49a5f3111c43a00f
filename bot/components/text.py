"""One normal form of a message for everything that compares words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"

_DIGITS = re.compile(r"[0-9]+")
_NOISE = re.compile(r"[\s，。！!,.、；;：:~…“”\"'’‘（）()《》<>—_\-*·/]+")
_RUN = re.compile(r"(.)\1{2,}")
# A polite opening says nothing about what is wanted: 您好律师，我想咨询一下 … Only this many
# characters are looked at, so that the pattern stays cheap on a message of any length.
_OPENING = re.compile(
    r"^(?:(?:律师|老师|同志|领导)?[你您]们?好[啊呀]?|在吗|在不在|请问一下|请问"
    r"|我?[想要]?(?:咨询|请教|问问|问)(?:一下下?|下|[一几]?个问题|点问题|点事|问题)(?:关于)?"
    r"|麻烦问下|各位|律师|老师)+"
)
_OPENING_WINDOW = 40
_LEAST_LEFT = 5


def load(name: str) -> Any:
    """A YAML file of ``components/data``."""
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


_SIMPLIFIED = {
    ord(written): plain
    for row in load("traditional.yml")
    for written, plain in zip(*row, strict=True)
}


def visible(character: str) -> bool:
    """False for control, format (zero-width) and surrogate characters; white space is visible."""
    return character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")


def normalise(text: str) -> str:
    """NFKC, simplified, lower case, no white space or punctuation except ``?``, each number as ``0``.

    A character repeated more than twice is kept twice (啊啊啊啊 -> 啊啊).
    """
    text = unicodedata.normalize("NFKC", text).translate(_SIMPLIFIED).lower()
    text = "".join(c for c in text if visible(c))
    return _RUN.sub(r"\1\1", _NOISE.sub("", _DIGITS.sub("0", text)))


def without_opening(normalised: str) -> str:
    """The message without its greeting, where enough is left to say something."""
    found = _OPENING.match(normalised[:_OPENING_WINDOW])
    if found and len(normalised) - found.end() >= _LEAST_LEFT:
        return normalised[found.end() :]
    return normalised


class Folds:
    """Reads the many ways of saying a word as one (``folds.yml``)."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._read_as = {said: word for word, ways in data["words"].items() for said in ways}
        # The word itself stands among them, or 刚才 would become 刚才才 by way of 刚.
        known = sorted({*self._read_as, *data["words"]}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known)))
        self._particles = data["particles"]

    def fold(self, normalised: str) -> str:
        return self._known.sub(lambda m: self._read_as.get(m[0], m[0]), normalised)

    def bare(self, folded: str) -> str:
        """Without the particles at its end, where more than one character is left."""
        bare = folded.rstrip(self._particles)
        return bare if len(bare) > 1 else folded
