"""What is done to a citizen's text before anything looks at it.

``clean`` is applied once, when a message is received; ``fold`` is applied by readers of the text
(extraction, lexicons) and keeps every character in its place, so that an offset found in the
folded text is the offset in the text as written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

# Zero-width, bidirectional and invisible format characters, the BOM, soft hyphen, tag characters.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
# C0 and C1 controls but for the line feed; lone surrogates; noncharacters are caught above.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NEWLINES = re.compile("\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")


def clean(text: str) -> str:
    """The text without characters that nobody typed on purpose, in Unicode NFC.

    Control characters become spaces (a tab between two words keeps them apart), line ends become
    ``\\n``, lone surrogates, zero-width and other invisible characters and the BOM go away.
    """
    text = _SURROGATE.sub("", text)
    text = _NEWLINES.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    text = _CONTROL.sub(" ", text)
    return unicodedata.normalize("NFC", text)


def visible(text: str) -> range | list[int]:
    """The places of the characters that a reader sees; all of them for most texts."""
    if _INVISIBLE.search(text) is None and _SURROGATE.search(text) is None:
        return range(len(text))
    hidden = {m.start() for pattern in (_INVISIBLE, _SURROGATE) for m in pattern.finditer(text)}
    return [at for at in range(len(text)) if at not in hidden]


# Characters that simplified text uses too, in words of its own: 乾县, 哪吒; the surname 甯.
_SIMPLIFIED_TOO = frozenset("乾吒甯")


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def _simplified(char: str) -> str:
    """The simplified form of a traditional character; itself where there is none of one character."""
    if char in _SIMPLIFIED_TOO:
        return char
    for _ in range(2):  # 薴 -> 苧 -> 苎
        plain = str(_simplifier().convert(char))
        # Beyond the basic block simplified forms are rarer than what they simplify: 织篢镇.
        if plain == char or len(plain) != 1 or not "\u4e00" <= plain <= "\u9fff":
            break
        char = plain
    return char


def _narrowed(char: str) -> str:
    code = ord(char)
    if code < 0x80:
        return char
    if code == 0x3000:
        return " "
    if 0xFF01 <= code <= 0xFF5E:
        return chr(code - 0xFEE0)
    if code < 0x2000 or 0x4E00 <= code <= 0x9FFF:
        return char
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 and plain.isascii() else char


def _fold_one(char: str) -> str:
    return _simplified(char) if "\u4e00" <= char <= "\u9fff" else _narrowed(char)


class _Folding(dict[int, str]):
    """``str.translate`` table that works a character out the first time it is seen."""

    def __missing__(self, code: int) -> str:
        folded = _fold_one(chr(code))
        if len(self) < 32_768:
            self[code] = folded
        return folded


_FOLDING = _Folding()


def narrow(text: str) -> str:
    """Half width for full width alone: a name stays in the characters that its bearer writes."""
    return "".join(map(_narrowed, text))


def fold(text: str) -> str:
    """Half width for full width and simplified for traditional characters, one for one.

    ``len(fold(t)) == len(t)``: the offset map is the identity. Chinese punctuation without an
    ASCII twin (``。`` ``、`` ``“``) stays. Single characters are looked up (OpenCC), not words: what
    is folded is read by rules and never shown.
    """
    return text.translate(_FOLDING)
