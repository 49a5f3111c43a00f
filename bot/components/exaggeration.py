"""气死我了 speaks of death and means none: figures of speech that are no cry for help."""

from __future__ import annotations

import re

from components.text import load, normalise

_DATA = load("exaggeration.yml")
_FIGURE = re.compile(_DATA["figures"])
_MEANT = re.compile(
    "|".join(term for group in _DATA["meant"] for term in map(re.escape, load("cues.yml")[group]))
)


def exaggerates(text: str) -> bool:
    """Whether ``text`` holds a figure of speech, and no word of death or violence beside it."""
    plain = normalise(text)
    return bool(_FIGURE.search(plain)) and not _MEANT.search(_FIGURE.sub("", plain))
