"""A build of the index, loaded: everything that answering needs, in one immutable object."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from knowledge_base import __version__
from knowledge_base import embedder as embedders
from knowledge_base.corpus import Target, targets_of
from knowledge_base.decision import Thresholds
from knowledge_base.entries import NATIONAL, applies_in, prefix
from knowledge_base.errors import IndexMismatch
from knowledge_base.manifest import Manifest
from knowledge_base.ranking import WIDTH, Logistic
from knowledge_base.retrieval import Retrieval
from knowledge_base.scope import Scope
from knowledge_base.served import Served
from knowledge_base.sources import digest
from knowledge_base.storage import current_build
from knowledge_base.words import Analyzer
from knowledge_base.written import WrittenQuestions

ENTRIES = "entries.json"
DECISION = "decision.json"
EMBEDDING = "embedding"


@dataclass(frozen=True)
class Index:
    manifest: Manifest
    served: dict[str, list[Served]]
    """Id to the national and the local entries, the nearest place first."""
    targets: list[Target]
    local_only: list[int]
    """Positions of the targets that have no national entry: they are not for everybody."""
    written: WrittenQuestions
    retrieval: Retrieval
    ranking: Logistic
    scope: Scope
    thresholds: Thresholds

    def nearest(self, entry_id: str, place: str) -> Served | None:
        """The entry of this id for a place: of the town, else of the province, else the nation."""
        for served in self.served.get(entry_id, []):
            if applies_in(served.entry.jurisdiction, place):
                return served
        return None

    @classmethod
    def load(
        cls, index_dir: Path, *, sources_dir: Path | None = None, embedder: str | None = None
    ) -> Index:
        """The current build. Raises ``IndexMissing``, ``IndexMismatch`` or ``EmbedderError``.

        With ``sources_dir`` an index of other sources is refused, with ``embedder`` one that was
        made with another model.
        """
        folder = index_dir / current_build(index_dir)
        manifest = Manifest.read(folder)
        manifest.verify(folder)
        if manifest.library != __version__:
            raise IndexMismatch(
                f"the index in {index_dir} was built by version {manifest.library} of the library, "
                f"this is {__version__}: run the build"
            )
        if sources_dir is not None and digest(sources_dir) != manifest.sources:
            raise IndexMismatch(
                f"the index in {index_dir} was not made from the sources in {sources_dir}: run the build"
            )
        if embedder is not None and embedder != manifest.embedder:
            raise IndexMismatch(
                f"the index in {index_dir} was made with the embedding model "
                f"{manifest.embedder!r}, not with {embedder!r}: run the build"
            )
        try:
            return cls._read(folder, manifest)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexMismatch(f"the index in {folder} cannot be read: {error!r}") from error

    @classmethod
    def _read(cls, folder: Path, manifest: Manifest) -> Index:
        decision = json.loads((folder / DECISION).read_text(encoding="utf-8"))
        analyzer = Analyzer(decision["lexicon"])
        served: dict[str, list[Served]] = defaultdict(list)
        entries = []
        for raw in json.loads((folder / ENTRIES).read_text(encoding="utf-8")):
            one = Served.from_json(raw)
            served[one.entry.id].append(one)
            entries.append(one.entry)
        for group in served.values():
            group.sort(key=lambda one: -len(prefix(one.entry.jurisdiction)))
        own = manifest.embedder == embedders.BUILT_IN
        model = embedders.load(folder / EMBEDDING if own else manifest.embedder, analyzer)
        if model.dimension != manifest.dimension:
            raise IndexMismatch(
                f"the index has vectors of {manifest.dimension} numbers, the embedding model "
                f"{manifest.embedder!r} now makes {model.dimension}: run the build"
            )
        targets = targets_of(entries)
        scope = decision["scope"]
        ranking = Logistic.from_json(decision["ranking"])
        if len(ranking.weights) != WIDTH:
            raise IndexMismatch(f"the ranking of the index in {folder} is of another version")
        return cls(
            manifest=manifest,
            served=dict(served),
            targets=targets,
            local_only=[
                number
                for number, target in enumerate(targets)
                if all(one.entry.jurisdiction != NATIONAL for one in served[target.id])
            ],
            written=WrittenQuestions(targets, analyzer),
            retrieval=Retrieval.load(folder, targets, analyzer, model),
            ranking=ranking,
            scope=Scope.load(
                folder, decision["kinds"], Logistic.from_json(scope) if scope else None, analyzer
            ),
            thresholds=Thresholds.from_json(decision["thresholds"]),
        )
