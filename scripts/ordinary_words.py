"""Write casework/data/ordinary_words.txt anew: words that are said of anybody's matter.

The list is what a machine's wording may use beside the words of the transcript (docs/adr/0012). It is
taken from the dictionary of jieba (MIT licence) by frequency, without names, places, bodies, times,
numbers and titles of laws, and without words that could be a name: a surname and nothing but
characters of given names. ``.venv/bin/python scripts/ordinary_words.py``
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import jieba_dictionary

from casework.domain.extraction.bare_names import GIVEN
from casework.domain.extraction.surnames import SINGLE

FILE = Path(__file__).parents[1] / "casework" / "data" / "ordinary_words.txt"
# Least frequency by length: longer words are rarer, and each one is surer.
LEAST = {2: 500, 3: 700, 4: 500}
# Names, places, bodies, brands, numbers, times, abbreviations, foreign letters.
KINDS = ("nr", "ns", "nt", "nz", "m", "t", "j", "eng", "x", "g")
NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿]")
NEVER = re.compile(r"(?:条例|法典|[刑民宪税商党]法)$|.{2,}法$|.{2,}[省市县区镇乡村路街州国]$")
HEAD = """\
# Words that are said of anybody's matter, by their first character. Written by
# scripts/ordinary_words.py from the dictionary of jieba (MIT); words added by hand stand in
# casework/data/wording.yml.
"""


def words() -> Iterator[str]:
    for word, frequency, kind in jieba_dictionary.entries():
        if frequency < LEAST.get(len(word), 1 << 30) or kind.startswith(KINDS):
            continue
        if NUMERAL.search(word) or NEVER.search(word) or not word.isalpha():
            continue
        if word[0] in SINGLE and all(char in GIVEN for char in word[1:]):
            continue
        yield word


if __name__ == "__main__":
    jieba_dictionary.write(FILE, HEAD, words())
