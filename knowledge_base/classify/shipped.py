"""The classifiers that need no history of a bureau: learnt from our own examples and the guidance.

A file names the labels; under each stand a sentence about it, topics of the guidance whose
questions belong there, words, and questions written for it. What is learnt is kept in a cache
folder under the hash of all it was learnt from.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from knowledge_base import __version__
from knowledge_base import sources as guidance_sources
from knowledge_base.classify import storage
from knowledge_base.classify.classifier import Classifier
from knowledge_base.classify.learning import Figures, Progress, learn
from knowledge_base.entries import Entry
from knowledge_base.errors import ClassifierError, SourceError
from knowledge_base.yaml_files import read_yaml

WRITTEN, WORD = 1.0, 0.9
"""How much a question written for the label counts, and a single word."""


@dataclass(frozen=True)
class Lessons:
    """What teaches a shipped classifier, text by text."""

    texts: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    """Texts of one group are held back together: paraphrases of an entry are no news."""

    def add(self, texts: Iterable[str], label: str, weight: float, group: str = "") -> None:
        for text in texts:
            self.texts.append(text)
            self.labels.append(label)
            self.weights.append(weight)
            self.groups.append(group or text)


@dataclass(frozen=True)
class Labels:
    """The file of a shipped classifier."""

    labels: dict[str, dict[str, Any]]
    entries: dict[str, str]
    """Pattern of entry ids (``guarantee-*``) to the label they have instead of their topic's."""
    elsewhere: frozenset[str]
    guidance_counts: float
    """How much a question of the guidance counts."""

    @classmethod
    def read(cls, path: Path) -> Labels:
        """The labels in a file. Raises ``SourceError`` with one sentence."""
        try:
            raw = read_yaml(path)
            labels = {str(name): dict(parts) for name, parts in raw["labels"].items()}
            for parts in labels.values():
                str(parts["about"])
                for part in ("guidance", "words", "questions"):
                    parts[part] = [str(text) for text in parts[part]]
            entries = {str(k): str(v) for k, v in (raw.get("entries") or {}).items()}
            counts = float(raw["guidance_counts"])
            elsewhere = frozenset(str(topic) for topic in raw.get("elsewhere") or [])
        except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise SourceError(f"the labels {path} cannot be read: {error!r}") from error
        unknown = sorted(set(entries.values()) - set(labels))
        if unknown:
            raise SourceError(f"the labels {path} send entries to {unknown[0]}, which is no label")
        return cls(labels, entries, elsewhere, counts)

    def of_entry(self, entry: Entry) -> str | None:
        """The label that the questions of an entry teach; None where they teach none."""
        for pattern, label in self.entries.items():
            if fnmatchcase(entry.id, pattern):
                return label
        if entry.topic in self.elsewhere:
            return None
        return next(
            (n for n, parts in self.labels.items() if entry.topic in parts["guidance"]), None
        )


def lessons(labels: Labels, entries: Sequence[Entry]) -> Lessons:
    """Everything that teaches the labels."""
    found = Lessons()
    for label, parts in labels.labels.items():
        found.add([str(parts["about"])], label, WRITTEN)
        found.add(parts["questions"], label, WRITTEN)
        found.add(parts["words"], label, WORD)
    for entry, label in _labelled(labels, entries):
        found.add(entry.questions, label, labels.guidance_counts, entry.id)
    return found


def open_shipped(
    kind: str, path: Path, guidance: Path, cache: Path, progress: Progress | None = None
) -> Classifier:
    """The classifier of the labels in ``path``, learnt the first time and kept in ``cache``.

    Raises ``SourceError`` when labels or guidance cannot be read. A cache that cannot be written
    costs the time of learning again, nothing else.
    """
    name = hashlib.sha256(
        f"{__version__} {storage.FORMAT} {_digest(path)} {guidance_sources.digest(guidance)}".encode()
    ).hexdigest()[:24]
    folder = cache / f"{kind}-{name}"
    try:
        return storage.load(folder, kind)
    except ClassifierError:
        classifier, figures = learn_shipped(path, guidance, progress)
    with contextlib.suppress(OSError):
        storage.save(classifier, folder, kind, figures.as_json())
    return classifier


def learn_shipped(
    path: Path, guidance: Path, progress: Progress | None = None
) -> tuple[Classifier, Figures]:
    """The classifier, and how often it was right of questions held back. Raises ``SourceError``."""
    taught = lessons(Labels.read(path), guidance_sources.read(guidance).entries)
    return learn(
        taught.texts,
        taught.labels,
        least=1,
        weights=taught.weights,
        groups=taught.groups,
        progress=progress,
    )


def _labelled(labels: Labels, entries: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    for entry in entries:
        label = labels.of_entry(entry)
        if label is not None:
            yield entry, label


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise SourceError(f"the labels {path} cannot be read: {error.strerror}") from error
