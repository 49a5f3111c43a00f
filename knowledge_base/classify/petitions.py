"""Sorts a petition (信访件) under a category of contents (内容分类).

As shipped it knows the usual first-level categories from ``petition_categories.yml`` and from the
guidance; a bureau teaches it its own from messages it has sorted before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from knowledge_base.classify import shipped, storage
from knowledge_base.classify.classifier import Classifier
from knowledge_base.classify.learning import Figures, Progress, learn
from knowledge_base.errors import ClassifierError

KIND = "petition"
SMALL = 300
"""Up to so many messages a term counts when two of them have it, beyond when three do."""
CATEGORIES = Path(__file__).parent / "petition_categories.yml"


def as_text(row: Mapping[str, Any]) -> str:
    """What is read of a petition: its title, twice as heavy, and its text. Raises ``ValueError``."""
    title, text = row.get("title") or "", row.get("text")
    if not isinstance(text, str) or not isinstance(title, str):
        raise ValueError('"title" and "text" must be strings')
    return "\n".join([title, title, text])


def labelled(row: Mapping[str, Any]) -> tuple[str, str]:
    """The text and the label of a petition that was sorted before. Raises ``ValueError``."""
    text, label = as_text(row), row.get("label")
    if not isinstance(label, str) or not label.strip():
        raise ValueError('"label" must be a string that says something')
    if not text.strip():
        raise ValueError("there is nothing to read in it")
    return text, label.strip()


def learn_petitions(
    petitions: Iterable[tuple[str, str]], folder: Path, progress: Progress | None = None
) -> tuple[Counter[str], Figures]:
    """Learns from (text, label) and keeps the classifier in ``folder``; how many there are of each
    label, and what was right of those held back. Raises ``ClassifierError`` and ``OSError``."""
    pairs = list(petitions)
    counts = Counter(label for _, label in pairs)
    try:
        classifier, figures = learn(
            [text for text, _ in pairs],
            [label for _, label in pairs],
            least=2 if len(pairs) <= SMALL else 3,
            progress=progress,
        )
    except ValueError as error:
        raise ClassifierError(f"nothing can be learned from these petitions: {error}") from error
    storage.save(classifier, folder, KIND, {"petitions": dict(counts), **figures.as_json()})
    return counts, figures


def open_petitions(
    model: Path | None, cache: Path, guidance: Path, progress: Progress | None = None
) -> Classifier:
    """The classifier in ``model``, else the shipped one. Raises ``ClassifierError``."""
    if model is not None:
        return storage.load(model, KIND)
    return shipped.open_shipped(KIND, CATEGORIES, guidance, cache, progress)
