"""Write casework/data/surname_words.txt anew: words of two characters that begin like a surname.

邻居封闭…, 老板武断…: what follows a role may look like a name and be a word. The list is taken from the
dictionary of jieba (MIT licence): words that are no names of people and whose second character is
not common in given names, and those that are so frequent that a name is the rarer reading.
``.venv/bin/python scripts/surname_words.py``
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jieba_dictionary

from casework.domain.extraction.bare_names import GIVEN
from casework.domain.extraction.surnames import SINGLE

FILE = Path(__file__).parents[1] / "casework" / "data" / "surname_words.txt"
# Least frequency of a word, and of one whose second character names are made of.
LEAST, LEAST_LIKE_A_NAME = 5, 1000
HEAD = """\
# Words that begin with a character that is a surname too. Written by scripts/surname_words.py
# from the dictionary of jieba (MIT).
"""


def words() -> Iterator[str]:
    for word, frequency, kind in jieba_dictionary.entries():
        if len(word) != 2 or word[0] not in SINGLE or kind.startswith(("nr", "nz")):
            continue
        if frequency >= (LEAST_LIKE_A_NAME if word[1] in GIVEN else LEAST):
            yield word


if __name__ == "__main__":
    jieba_dictionary.write(FILE, HEAD, words())
