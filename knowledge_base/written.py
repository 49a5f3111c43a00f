"""Recognises a question that stands in the guidance as it was asked, or nearly so."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.corpus import Target
from knowledge_base.likeness import Shape, alike, shape
from knowledge_base.words import Analyzer

SAME = 0.75
"""Share of character pairs or words from which a question counts as one that is written."""


class WrittenQuestions:
    """The questions of the guidance, compared with one that is asked. Their shapes are kept; the
    asked one is not."""

    def __init__(self, targets: Sequence[Target], analyzer: Analyzer) -> None:
        self._targets = targets
        self._analyzer = analyzer
        self._shapes: dict[tuple[int, int], tuple[Shape, Shape]] = {}

    def same(self, question: str, nearest: Sequence[tuple[int, int]]) -> tuple[int, float] | None:
        """The target in which this very question stands (but for courtesies and lay words of the
        same sense), and how alike they are. ``nearest`` are (target, question) to compare with.

        None where no written question is near enough, where two entries hold one equally near, or
        where another entry has more of the very words.
        """
        asked, plain = self._both(question)
        as_written: dict[int, float] = {}
        in_sense: dict[int, float] = {}
        for target, number in nearest:
            written, written_plain = self._shape(target, number)
            exact = alike(asked, written)
            as_written[target] = max(exact, as_written.get(target, 0.0))
            in_sense[target] = max(exact, alike(plain, written_plain), in_sense.get(target, 0.0))
        same = [target for target, share in in_sense.items() if share >= SAME]
        if len(same) != 1 or as_written[same[0]] < max(as_written.values()):
            return None
        return same[0], in_sense[same[0]]

    def _shape(self, target: int, number: int) -> tuple[Shape, Shape]:
        known = self._shapes.get((target, number))
        if known is None:
            known = self._both(self._targets[target].questions[number])
            self._shapes[target, number] = known
        return known

    def _both(self, question: str) -> tuple[Shape, Shape]:
        return shape(question), shape(self._analyzer.plain(question))
