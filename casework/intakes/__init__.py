"""The intakes of this installation: a YAML file per kind of matter, and the words people use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from casework.domain.draft import Draft
from casework.domain.intake.fragments import Fragments
from casework.domain.intake.interview import Interview
from casework.domain.intake.probing import Probing
from casework.domain.intake.said import Extract
from casework.domain.intake.topic import Topic, read
from casework.domain.intake.words import Words
from casework.domain.matter import MatterKind
from casework.domain.outline.gaps import Gaps
from casework.domain.outline.outline import Outliner
from casework.intakes import topics as legal_topics

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Intakes:
    """What each kind of matter asks for, the lexicon of short messages, and what troubles are about."""

    topics: Mapping[MatterKind, Topic]
    words: Words
    outliner: Outliner
    probing: Probing
    fragments: Fragments

    def interview(self, kind: MatterKind, extract: Extract) -> Interview:
        """The rules of one kind of matter."""
        return Interview(self.topics[kind], self.words, extract)

    def interview_of(self, draft: Draft, extract: Extract) -> Interview:
        """The rules for a draft, with the questions that were chosen for it."""
        return Interview(self.form(draft), self.words, extract)

    def form(self, draft: Draft, kind: MatterKind | None = None) -> Topic:
        """What is asked for a draft (as one of ``kind``): its kind's facts and its topic's."""
        return self.probing.form(draft, self.topics[kind or draft.kind])


def load(folder: Path | None = None) -> Intakes:
    """Read all topics. Raises ``TopicError`` for a file that cannot be right."""
    topics = {}
    for path in sorted((folder or FOLDER).glob("*.yml")):
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        if "kind" in loaded:
            topic = read(loaded)
            topics[topic.kind] = topic
    gaps = _read("gaps.yml")
    known = legal_topics.shipped()
    outliner = Outliner(known.topics, known.common, Gaps(gaps))
    probing = Probing(outliner, gaps["label"], gaps["why"])
    return Intakes(topics, fragments().words, outliner, probing, fragments())


@cache
def fragments() -> Fragments:
    """The pieces of sayings, with the lexicon of short messages."""
    return Fragments(_read("fragments.yml"), Words(_read("words.yml")))


def _read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return loaded
