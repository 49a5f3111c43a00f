"""The topics of this installation: a YAML file each (docs/intakes.md)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from casework.domain.intake.topic import TopicError
from casework.domain.topics.legal_topic import LegalTopic
from casework.domain.topics.reading import read

FOLDER = Path(__file__).parent
COMMON = FOLDER.parent / "common"


@dataclass(frozen=True)
class Topics:
    """What troubles are about, and the questions that belong to every story."""

    topics: tuple[LegalTopic, ...]
    common: tuple[LegalTopic, ...]

    def get(self, topic_id: str) -> LegalTopic | None:
        return next((topic for topic in self.topics if topic.id == topic_id), None)


def load(folder: Path = FOLDER, common: Path = COMMON) -> Topics:
    """Read every file. Raises ``TopicError`` for the first that cannot be right."""
    return Topics(_folder(folder), _folder(common))


@lru_cache(maxsize=1)
def shipped() -> Topics:
    """The topics that ship, read once."""
    return load()


def _folder(folder: Path) -> tuple[LegalTopic, ...]:
    found = []
    for path in sorted(folder.glob("*.yml")):
        try:
            topic = read(yaml.safe_load(path.read_text(encoding="utf-8")))
        except yaml.YAMLError as wrong:
            raise TopicError(f"{path.name}: {wrong}") from wrong
        if topic.id != path.stem:
            raise TopicError(f"{path.name}: its id is {topic.id}, not its name")
        found.append(topic)
    return tuple(found)
