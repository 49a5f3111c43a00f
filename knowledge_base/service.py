"""Answers a question, step by step; each step may stop with a named outcome.

guard (danger) → normalise → guard (empty, too long, no Chinese) → retrieve (words and sense) → rank →
decide (answered, choices, no match, out of scope) → present. An index that is missing or broken
is ``unavailable``, never ``no_match``.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path

import structlog

from knowledge_base import wording
from knowledge_base.answer import Answer, AnsweredEntry, CitedArticle, Outcome
from knowledge_base.decision import decide
from knowledge_base.entries import NATIONAL
from knowledge_base.errors import IndexMissing, KnowledgeError, UnknownEntry
from knowledge_base.guard import Danger, stop_reason
from knowledge_base.index import Index
from knowledge_base.ranking import describe
from knowledge_base.served import Served
from knowledge_base.storage import current_build
from knowledge_base.text import normalise

log = structlog.get_logger("knowledge_base")

FOLLOW_SECONDS = 5.0
CERTAIN = 0.9
"""From this probability an answer goes out without naming the question it answers."""

_OUTCOME_OF_STOP: dict[str, Outcome] = {
    "empty": "no_match",
    "too_long": "no_match",
    "other_language": "out_of_scope",
}


class Guidance:
    """The guidance, open for questions. May be asked by any number of threads at once."""

    def __init__(
        self,
        index_dir: Path,
        *,
        sources_dir: Path | None = None,
        embedder: str | None = None,
        danger: Danger | None = None,
        today: Callable[[], date] = date.today,
        follow_seconds: float = FOLLOW_SECONDS,
    ) -> None:
        self._index_dir = index_dir
        self._sources_dir = sources_dir
        self._embedder = embedder
        self._danger = danger
        self._today = today
        self._index: Index | None = None
        self._seen = ""
        self._loading = threading.Lock()
        self._follow_seconds = follow_seconds
        self._looked = time.monotonic()
        self.trouble = ""
        """Why there is no index to serve, one sentence for staff; empty when all is well."""

    @classmethod
    def open(
        cls,
        index_dir: Path | str,
        *,
        sources_dir: Path | None = None,
        embedder: str | None = None,
        danger: Danger | None = None,
        today: Callable[[], date] = date.today,
        follow_seconds: float = FOLLOW_SECONDS,
    ) -> Guidance:
        """Never raises: without a usable index every answer is ``unavailable`` and ``trouble`` says
        why. With ``sources_dir`` or ``embedder`` an index made from others is refused. ``danger``
        is asked before anything else, and without an index too. A new build is taken up within
        ``follow_seconds`` of the next question."""
        guidance = cls(
            Path(index_dir),
            sources_dir=sources_dir,
            embedder=embedder,
            danger=danger,
            today=today,
            follow_seconds=follow_seconds,
        )
        guidance.reload_if_changed()
        return guidance

    def healthy(self) -> bool:
        """Whether questions can be answered."""
        return self._index is not None

    def reload_if_changed(self) -> bool:
        """Serves the newest build; whether there was a new one. A turn that is being answered keeps
        the build it began with, and a new build that cannot be used leaves the old one serving."""
        with self._loading:
            try:
                name = current_build(self._index_dir)
                if name == self._seen:
                    return False
                self._seen = name
                index = Index.load(
                    self._index_dir, sources_dir=self._sources_dir, embedder=self._embedder
                )
            except KnowledgeError as error:
                if isinstance(error, IndexMissing):
                    self._seen = ""
                if str(error) != self.trouble:
                    log.error("guidance_unusable", reason=str(error), old_serves=self.healthy())
                self.trouble = str(error)
                return False
            self._index = index
            self.trouble = ""
            log.info("guidance_loaded", build=name, entries=index.manifest.entries)
            return True

    def ask(self, question: str, jurisdiction: str = NATIONAL) -> Answer:
        """The answer to a question in a place (six-digit administrative code). Never raises."""
        began = time.perf_counter()
        self._follow()
        index = self._index
        try:
            if self._danger and (words := self._danger(question)):
                return Answer(question, "crisis", words, _ms(began), reason="crisis")
            if index is None:
                return _stopped(question, "unavailable", "unavailable", began)
            return self._answer(index, question, jurisdiction, began)
        except Exception as error:  # whatever broke: say so, never pass for "nothing found"
            # Its message may hold the citizen's words: the kind and the place must do.
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(frame.filename).name}:{frame.lineno}"
            log.error("guidance_failed", reason=type(error).__name__, where=where)
            return _stopped(question, "unavailable", "unavailable", began)

    def entry(self, entry_id: str, jurisdiction: str = NATIONAL) -> AnsweredEntry:
        """The entry a citizen chose. Raises ``UnknownEntry``, also when there is no index."""
        served = self._index.nearest(entry_id, jurisdiction) if self._index else None
        if served is None:
            raise UnknownEntry(f"there is no entry {entry_id!r} for {jurisdiction}")
        return self._present(served, 1.0)

    def _follow(self) -> None:
        """Looks for a new build now and then, and loads it beside the turns that go on."""
        now = time.monotonic()
        if now - self._looked >= self._follow_seconds and not self._loading.locked():
            self._looked = now
            if _build_or_none(self._index_dir) != (self._seen or None):
                threading.Thread(target=self.reload_if_changed, daemon=True).start()

    def _answer(self, index: Index, question: str, place: str, began: float) -> Answer:
        text = normalise(question)
        if reason := stop_reason(text):
            return _stopped(question, _OUTCOME_OF_STOP[reason], reason, began)
        search = index.retrieval.search(text)
        context = index.scope.context(text, search, index.retrieval)
        probabilities = index.ranking.probabilities(describe(search.features, context))
        same = index.written.same(text, search.nearest)
        if same:
            probabilities[same[0]] = max(same[1], probabilities[same[0]])
        for number in index.local_only:
            if index.nearest(index.targets[number].id, place) is None:
                probabilities[number] = 0.0
        verdict, found = decide(probabilities, index.thresholds)
        if same and probabilities[same[0]]:
            verdict, found = "answered", [same[0]]
        else:
            description = index.scope.describe(context, search.features)
            if index.scope.probability(description) >= index.thresholds.scope:
                return _stopped(question, "out_of_scope", index.scope.kind(text), began)
        if verdict == "no_match":
            return _stopped(question, "no_match", "no_match", began)
        entries = []
        for number in found:
            if served := index.nearest(index.targets[number].id, place):
                certain = verdict != "answered" or probabilities[number] >= CERTAIN
                entries.append(self._present(served, float(probabilities[number]), certain))
        return Answer(question, verdict, wording.message(verdict), _ms(began), entries)

    def _present(self, served: Served, score: float, certain: bool = True) -> AnsweredEntry:
        day = self._today()
        entry = served.entry
        return AnsweredEntry(
            id=entry.id,
            title=entry.question,
            score=score,
            text=served.text(day, certain=certain),
            conclusion=entry.answer.conclusion,
            citations=tuple(
                CitedArticle(c.law, c.article, c.in_force(day)) for c in served.citations
            ),
            topic=entry.topic,
            next_step=entry.next_step,
            related=tuple(entry.related),
            reviewed=entry.reviewed,
        )


def _build_or_none(index_dir: Path) -> str | None:
    try:
        return current_build(index_dir)
    except IndexMissing:
        return None


def _stopped(question: str, outcome: Outcome, reason: str, began: float) -> Answer:
    return Answer(question, outcome, wording.message(reason), _ms(began), reason=reason)


def _ms(began: float) -> float:
    return (time.perf_counter() - began) * 1000
