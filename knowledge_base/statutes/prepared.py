"""A library made ready to be searched, kept on disk under the hash of its source, so that the second
run is quick."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.statutes import axes
from knowledge_base.statutes.library import Library
from knowledge_base.statutes.postings import Postings
from knowledge_base.words import characters, pairs, words

Progress = Callable[[str, int, int], None]
FORMAT = "7"
_STEP = 5000


def silent(_step: str, _done: int, _total: int) -> None:
    """Nobody watches."""


class Prepared:
    """The library with its words, character pairs, characters and senses."""

    def __init__(self, library: Library, by_word: Postings, by_pair: Postings,
                 by_character: Postings, senses: NDArray[np.float32]) -> None:  # fmt: skip
        self.library, self.senses = library, senses
        self.by_word, self.by_pair, self.by_character = by_word, by_pair, by_character

    @classmethod
    def build(cls, library: Library, progress: Progress = silent) -> Prepared:
        texts = [f"{row.law}\n{row.text}".lower() for row in library.rows]
        by_word = Postings.build(map(words, _shown(texts, "words", progress)))
        by_pair = Postings.build(map(pairs, _shown(texts, "pairs", progress)))
        by_character = Postings.build(map(characters, _shown(texts, "characters", progress)))
        progress("senses", 0, 1)
        senses = axes.vectors_of(by_word)
        progress("senses", 1, 1)
        return cls(library, by_word, by_pair, by_character, senses)

    @classmethod
    def open(cls, library: Library, cache: Path, progress: Progress = silent) -> Prepared:
        """From the cache, or built and put there. A broken or older one is built anew."""
        folder = cache / f"{library.digest[:24]}-{FORMAT}"
        try:
            if json.loads((folder / "about.json").read_text("utf-8"))["rows"] == len(library):
                return cls._load(library, folder)
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            pass
        made = cls.build(library, progress)
        cache.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=".part-", dir=cache))
        try:
            made.by_word.save(part / "words")
            made.by_pair.save(part / "pairs")
            made.by_character.save(part / "characters")
            np.save(part / "senses.npy", made.senses)
            (part / "about.json").write_text(json.dumps({"rows": len(library)}), "utf-8")
            shutil.rmtree(folder, ignore_errors=True)
            part.rename(folder)
        except OSError:
            # Another process put the same library there first, or the disk is full: search goes on.
            shutil.rmtree(part, ignore_errors=True)
        return made

    @classmethod
    def _load(cls, library: Library, folder: Path) -> Prepared:
        count = len(library)
        return cls(
            library,
            Postings.load(folder / "words", count),
            Postings.load(folder / "pairs", count),
            Postings.load(folder / "characters", count),
            np.asarray(np.load(folder / "senses.npy")),
        )

    @cached_property
    def law_of(self) -> NDArray[np.int64]:
        return np.asarray(self.library.law_of, dtype=np.int64)

    @cached_property
    def titles(self) -> Postings:
        """Character pairs of the titles, one text a law."""
        return Postings.build(pairs(name) for name, _ in self.library.versions)

    @cached_property
    def title_weights(self) -> NDArray[np.float32]:
        """What a question scores that repeats the whole title."""
        names = (pairs(name) for name, _ in self.library.versions)
        found = [float(self.titles.scores(set(name))[n]) for n, name in enumerate(names)]
        return np.maximum(np.asarray(found, dtype=np.float32), 1e-6)

    @cached_property
    def facts(self) -> NDArray[np.float32]:
        """Of each article: is it of an interpretation, of a law, how long, where in its law, how
        long its law. Coarsely: finer facts would let the trees recognise single articles."""
        rows, law_of = self.library.rows, self.law_of
        sizes = np.bincount(law_of)
        first = np.full(len(sizes), len(rows))
        np.minimum.at(first, law_of, np.arange(len(rows)))
        columns = (
            [float("最高人民" in row.law) for row in rows],
            [float(row.law.endswith(("法", "法典"))) for row in rows],
            np.round(np.log([1 + len(row.text) for row in rows])),
            np.floor((np.arange(len(rows)) - first[law_of]) / np.maximum(1, sizes - 1)[law_of] * 5),
            np.round(np.log2(sizes[law_of])),
        )
        return np.asarray(columns, dtype=np.float32)


def _shown(texts: list[str], step: str, progress: Progress) -> Iterator[str]:
    for number, text in enumerate(texts):
        if number % _STEP == 0:
            progress(step, number, len(texts))
        yield text
    progress(step, len(texts), len(texts))
