"""Search over a library of statutes: opened once, asked often."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from knowledge_base import sources as guidance_sources
from knowledge_base.errors import IndexMismatch
from knowledge_base.statutes import storage
from knowledge_base.statutes.laws import Laws
from knowledge_base.statutes.lessons import Lesson, lesson_of_answer, lessons_of_guidance
from knowledge_base.statutes.library import Library, RowId, read_library
from knowledge_base.statutes.mentions import Mentions
from knowledge_base.statutes.prepared import Prepared, Progress, silent
from knowledge_base.statutes.ranker import Ranker, best
from knowledge_base.text import normalise
from knowledge_base.words import Analyzer, words

LONGEST = 1000
"""Characters of a question that are looked at."""
_DEEP = 2000


class Statutes:
    """A library with its ranking; without one (nothing taught) it is searched by words alone."""

    def __init__(self, prepared: Prepared, ranker: Ranker | None, laws: Laws) -> None:
        self.prepared, self.ranker = prepared, ranker
        self._mentions = Mentions(prepared.library, laws)

    @property
    def library(self) -> Library:
        return self.prepared.library

    def search(self, question: str, top: int) -> list[RowId]:
        """Row ids of the articles that answer the question, best first."""
        text = normalise(question)[:LONGEST]
        if not text:
            return []
        ranked = self.ranker.search(text, top) if self.ranker else self._lexical(text)
        order = self._mentions.put_first(text, ranked, lambda: self._lexical(text))[:top]
        return [self.library.rows[place].id for place in order]

    def _lexical(self, text: str) -> list[int]:
        scores = self.prepared.by_word.scores(words(text))
        return [int(place) for place in best(scores, _DEEP)]

    def by_words(self, question: str, top: int) -> list[RowId]:
        """BM25 over words alone: what the ranking is measured against."""
        scores = self.prepared.by_word.scores(words(normalise(question)[:LONGEST]))
        return [self.library.rows[place].id for place in best(scores, top)[:top].tolist()]


def open_statutes(
    path: Path, cache: Path, progress: Progress = silent, *,
    model: Path | None = None, guidance: Path = guidance_sources.DEFAULT,
) -> Statutes:  # fmt: skip
    """The library at ``path`` ready to be searched: with the ranking in ``model``, or with the one
    that the guidance teaches, which is learned the first time and kept in ``cache``.

    Raises ``SourceError`` and ``IndexMismatch`` with one sentence.
    """
    prepared = Prepared.open(read_library(path), cache, progress)
    laws = Laws.load()
    if model is not None:
        return Statutes(prepared, storage.load(model, prepared), laws)
    name = hashlib.sha256(
        f"{prepared.library.digest} {guidance_sources.digest(guidance)}".encode()
    ).hexdigest()[:24]
    folder = cache / f"ranking-{name}"
    try:
        return Statutes(prepared, storage.load(folder, prepared), laws)
    except IndexMismatch:
        ranker = learn(prepared, guidance, [], progress)
    if ranker is not None:
        storage.save(ranker, folder, {})
    return Statutes(prepared, ranker, laws)


def learn(
    prepared: Prepared, guidance: Path, own: Sequence[Lesson], progress: Progress = silent
) -> Ranker | None:
    """The ranking that the guidance and a bureau's own answers teach; None when nothing does."""
    sources = guidance_sources.read(guidance)
    lessons = [*lessons_of_guidance(sources.entries, prepared.library, Laws.load()), *own]
    if not lessons:
        return None
    return Ranker.learn(prepared, Analyzer(sources.lexicon), lessons, progress)


def own_lessons(
    rows: Sequence[Mapping[str, Any]], library: Library
) -> tuple[list[Lesson], list[str]]:
    """Lessons of a bureau's answers, and a sentence for each that cannot be used."""
    lessons, problems = [], []
    for number, row in enumerate(rows, 1):
        try:
            lessons.append(lesson_of_answer(row, library, number))
        except ValueError as error:
            problems.append(f"answer {number}: {error}")
    return lessons, problems
