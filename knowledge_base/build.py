"""Builds the index: reads and checks the sources, trains, measures, and replaces the index at once.

The old index keeps serving until the new one is complete, and for good when the build fails.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from knowledge_base import __version__
from knowledge_base.calibration import Calibration, calibrate, choose_thresholds, judge
from knowledge_base.check import check_sources
from knowledge_base.classifier import Training
from knowledge_base.corpus import targets_of
from knowledge_base.embedder import BUILT_IN, TermVectors
from knowledge_base.errors import IndexMismatch, IndexMissing, SourceError
from knowledge_base.evaluation import embedder_maker, figures
from knowledge_base.index import DECISION, EMBEDDING, ENTRIES
from knowledge_base.manifest import Manifest
from knowledge_base.retrieval import Retrieval
from knowledge_base.scope import Scope
from knowledge_base.served import Served
from knowledge_base.sources import Sources, digest, read
from knowledge_base.statutes.laws import Laws
from knowledge_base.storage import current_build, new_build
from knowledge_base.trials import run
from knowledge_base.words import Analyzer

Progress = Callable[[str, int, int], None]
"""Called with the step (check, trials, index, done), how much of it is done and how much there is."""


def build(
    sources_dir: Path,
    index_dir: Path,
    progress: Progress | None = None,
    *,
    embedder: str = BUILT_IN,
    today: date | None = None,
) -> Manifest:
    """Makes the index of the sources and puts it in place of the old one.

    ``embedder`` is ``built-in``, a folder, or a name on the hub. Raises ``SourceError`` that lists
    every error of the sources, or ``EmbedderError``; then the old index stays.
    """
    say = progress or _silent
    now = datetime.now(UTC)
    day = today or now.astimezone().date()
    say("check", 0, 1)
    sources, sources_hash, laws = read(sources_dir), digest(sources_dir), Laws.load()
    errors = [p for p in check_sources(sources, today=day, laws=laws) if p.severity == "error"]
    if errors:
        raise SourceError("\n".join(str(p) for p in errors))
    analyzer = Analyzer(sources.lexicon)
    targets = targets_of(sources.entries)
    with analyzer.remembering():
        maker = embedder_maker(embedder, analyzer)
        training = Training(targets, analyzer)
        trials = run(targets, sources.out_of_scope, analyzer, maker, say, training)
        judged = judge(trials)
        calibration = calibrate(trials, judged)
        say("index", 0, 1)
        model = maker(targets)
        retrieval = Retrieval.build(targets, analyzer, model, training)
        scope = Scope.build(sources.out_of_scope, analyzer)
    name = f"{now:%Y%m%dT%H%M%S%f}-{sources_hash[:8]}"
    with new_build(index_dir, name) as folder:
        retrieval.save(folder)
        scope.save(folder)
        if isinstance(model, TermVectors):
            model.save(folder / EMBEDDING)
        served = [Served.compile(entry, laws, sources.hotlines, day) for entry in sources.entries]
        _write(folder / ENTRIES, [one.as_json() for one in served])
        _write(folder / DECISION, _decision(calibration, scope, sources))
        manifest = Manifest(
            build=name,
            built_at=now.isoformat(timespec="seconds"),
            sources=sources_hash,
            embedder=embedder,
            dimension=model.dimension,
            entries=len(sources.entries),
            questions=sum(len(target.questions) for target in targets),
            library=__version__,
            figures=figures(judged, choose_thresholds(judged)),
        )
        manifest.write(folder)
    say("done", 1, 1)
    return manifest


def is_current(sources_dir: Path, index_dir: Path, *, embedder: str = BUILT_IN) -> bool:
    """Whether the index was made from just these sources with this model by this version."""
    try:
        manifest = Manifest.read(index_dir / current_build(index_dir))
    except (IndexMissing, IndexMismatch):
        return False
    made = (manifest.sources, manifest.embedder, manifest.library)
    return made == (digest(sources_dir), embedder, __version__)


def _silent(_step: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def _decision(calibration: Calibration, scope: Scope, sources: Sources) -> dict[str, object]:
    return {
        "ranking": calibration.ranking.as_json(),
        "scope": calibration.scope.as_json() if calibration.scope else None,
        "kinds": scope.kinds,
        "thresholds": calibration.thresholds.as_json(),
        "lexicon": sources.lexicon,
    }


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
