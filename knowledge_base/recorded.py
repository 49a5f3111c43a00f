"""The recorded figures: how good the answers were when an editor last looked, kept with the sources.

A test measures the same entries again and fails when they have become worse (``make test``). They
are a fixed quarter of all, chosen by their ids, so that it takes seconds: the share of right answers
is higher among so few than among all.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from knowledge_base.embedder import BUILT_IN
from knowledge_base.errors import SourceError
from knowledge_base.evaluation import evaluate
from knowledge_base.trials import Progress

FILE = Path(__file__).parent / "figures.json"
PART = 4
"""One entry in so many is measured."""
MOST_LOST = 0.02
"""Top-1 may fall by so much: less is chance, as one changed paraphrase moves others."""
_KEPT = ("entries", "questions", "top_1", "top_3", "mrr", "answered", "wrong")


@dataclass(frozen=True)
class Recorded:
    day: str
    part: dict[str, float]
    """The figures of the fixed quarter."""
    whole: dict[str, float]
    """Those of all entries on the same day; nothing is compared with them."""

    @classmethod
    def read(cls, path: Path = FILE) -> Recorded:
        """The recorded figures. Raises ``SourceError`` with one sentence."""
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            found = cls(str(raw["day"]), dict(raw["part"]), dict(raw["whole"]))
            float(found.part["top_1"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SourceError(f"the recorded figures {path} cannot be read: {error!r}") from error
        return found

    def write(self, path: Path = FILE) -> None:
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def measure_part(
    sources_dir: Path, *, embedder: str = BUILT_IN, progress: Progress | None = None
) -> dict[str, float]:
    """The figures of the fixed quarter. Raises ``SourceError`` and ``EmbedderError``."""
    return shortened(
        evaluate(sources_dir, embedder=embedder, progress=progress, chosen=is_measured)
    )


def is_measured(entry_id: str) -> bool:
    """Whether an entry belongs to the fixed quarter."""
    return zlib.crc32(entry_id.encode()) % PART == 0


def shortened(figures: dict[str, Any]) -> dict[str, float]:
    """The figures worth recording."""
    return {name: figures[name] for name in _KEPT}


def lost(recorded: Recorded, measured: dict[str, float]) -> str | None:
    """What is worse than it was, in a sentence; None while it is good enough."""
    before, now = recorded.part["top_1"], measured["top_1"]
    if now >= before - MOST_LOST:
        return None
    return (
        f"of {measured['entries']} entries the right one comes first in {now:.1%}, it was {before:.1%} "
        f"on {recorded.day}: find what made it worse, or record the new figures with "
        f"suqiu kb evaluate --record"
    )
