"""Sorts a consultation question under one of the twenty topics of lawyers' offices."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.classify.classifier import Classifier
from knowledge_base.classify.learning import Progress
from knowledge_base.classify.shipped import open_shipped

KIND = "topic"
TOPICS = Path(__file__).parent / "consultation_topics.yml"


def open_topics(guidance: Path, cache: Path, progress: Progress | None = None) -> Classifier:
    """The classifier of topics. Raises ``SourceError`` when guidance or topics cannot be read."""
    return open_shipped(KIND, TOPICS, guidance, cache, progress)
