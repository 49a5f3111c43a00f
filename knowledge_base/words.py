"""What search sees of a text: words (jieba), character pairs, characters, and the legal sense of
lay words (``sources/lexicon.yml``).

This is the only module that imports jieba.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

_RUN = re.compile(r"[㐀-䶿一-鿿]+|[a-z]+|\d+")
# Marks, so that the pair 工资, the word 工资 and the sense 工资 are three terms.
_PAIR, _CHARACTER, _SENSE = "·", "^", "="

# Words that carry no matter of their own; they would only make unlike questions look alike.
STOP = frozenset((Path(__file__).parent / "stop_words.txt").read_text(encoding="utf-8").split())


def words(text: str) -> list[str]:
    """The words of a text, the long ones also in their parts; a number becomes ``#``."""
    found = []
    for token in _jieba().cut_for_search(text):
        if token.isdecimal():
            found.append("#")
        elif _RUN.match(token) and token not in STOP:
            found.append(token)
    return found


def pairs(text: str) -> list[str]:
    """Every two neighbouring Chinese characters, marked."""
    return [_PAIR + run[i : i + 2] for run in _chinese(text) for i in range(len(run) - 1)]


def characters(text: str) -> list[str]:
    """Every Chinese character, marked: what is left of a word when another is mistyped."""
    return [_CHARACTER + character for run in _chinese(text) for character in run]


class Analyzer:
    """Turns a text into terms. ``lexicon`` maps a lay expression to its legal sense: 血汗钱 to 工资."""

    def __init__(self, lexicon: Mapping[str, str] | None = None) -> None:
        self.lexicon = dict(lexicon or {})
        self._lengths = sorted({len(expression) for expression in self.lexicon}, reverse=True)
        self._memory: dict[str, list[str]] | None = None

    def terms(self, text: str) -> list[str]:
        """Words, pairs, characters and senses of every line, in no order that matters."""
        lines = text.split("\n")
        return list(chain.from_iterable(map(self._line, lines)))

    def _line(self, line: str) -> list[str]:
        if self._memory is not None and line in self._memory:
            return self._memory[line]
        senses = [_SENSE + sense for sense in self.senses(line)]
        found = words(line) + pairs(line) + characters(line) + senses
        if self._memory is not None:
            # The same few ten thousand terms again and again: each is kept once.
            found = self._memory[line] = [sys.intern(term) for term in found]
        return found

    def senses(self, text: str) -> list[str]:
        """The legal senses of the lay expressions in a text, each once.

        A longer expression hides the shorter ones inside it: 保险公司 is no 公司.
        """
        return list(dict.fromkeys(sense for _, _, sense in self._expressions(text)))

    def plain(self, text: str) -> str:
        """The text with every lay expression replaced by its sense: 老板不发工资 and 单位不发钱 become
        the same."""
        parts, end = [], 0
        for start, stop, sense in sorted(self._expressions(text)):
            if start >= end:
                parts += [text[end:start], sense]
                end = stop
        return "".join([*parts, text[end:]])

    def _expressions(self, text: str) -> Iterator[tuple[int, int, str]]:
        covered = [False] * len(text)
        for length in self._lengths:
            for start in range(len(text) - length + 1):
                stop = start + length
                sense = self.lexicon.get(text[start:stop])
                if sense and not all(covered[start:stop]):
                    covered[start:stop] = [True] * length
                    yield start, stop, sense

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """Keeps the terms of every text while an index is built and measured. Never while serving:
        citizens' words are not kept."""
        self._memory = {}
        try:
            yield
        finally:
            self._memory = None


def _chinese(text: str) -> Iterator[str]:
    return (run for run in _RUN.findall(text) if not run.isascii())


_lock = threading.Lock()
_tokenizer: Any = None


def _jieba() -> Any:
    global _tokenizer  # noqa: PLW0603 - one dictionary a process
    with _lock:
        if _tokenizer is None:
            with warnings.catch_warnings():
                # jieba asks for pkg_resources only to find its own dictionary.
                warnings.filterwarnings("ignore", message="pkg_resources is deprecated")
                import jieba
            jieba.setLogLevel(logging.WARNING)
            tokenizer = jieba.Tokenizer()
            tokenizer.tmp_dir = str(_private_folder())
            tokenizer.initialize()
            _tokenizer = tokenizer
    return _tokenizer


def _private_folder() -> Path:
    """Where jieba keeps its unpacked dictionary.

    jieba unmarshals this file, so it must not lie where another user could have put it.
    """
    folder = Path(tempfile.gettempdir()) / f"suqiu-words-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    details = folder.lstat()
    if folder.is_symlink() or details.st_uid != os.getuid() or details.st_mode & 0o022:
        return Path(tempfile.mkdtemp(prefix="suqiu-words-"))
    return folder
