"""A classifier on disk: arrays without pickled objects, terms as JSON, and what it was made from."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from knowledge_base import __version__
from knowledge_base.classify.classifier import Classifier
from knowledge_base.classify.views import SEEN, View
from knowledge_base.errors import ClassifierError

ABOUT = "about.json"
FORMAT = 1
"""Rises whenever the files change their meaning."""


def save(classifier: Classifier, folder: Path, kind: str, learned: dict[str, Any]) -> None:
    """Writes the classifier; an older one in the folder is replaced when the new one is complete.

    ``kind`` is petition or topic, ``learned`` tells what it was made from. Raises ``OSError``.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=".part-", dir=folder.parent))
    try:
        for view, weights in zip(classifier.views, classifier.weights, strict=True):
            np.save(part / f"{view.name}-weights.npy", weights, allow_pickle=False)
            np.save(part / f"{view.name}-rarity.npy", view.rarity, allow_pickle=False)
            terms = json.dumps(list(view.terms), ensure_ascii=False)
            (part / f"{view.name}-terms.json").write_text(terms, encoding="utf-8")
        about = {
            "format": FORMAT,
            "library": __version__,
            "kind": kind,
            "labels": list(classifier.labels),
            "bias": classifier.bias.tolist(),
            "shares": classifier.shares.tolist(),
            "learned": learned,
            "files": {path.name: _hash(path) for path in sorted(part.iterdir())},
        }
        text = json.dumps(about, ensure_ascii=False, indent=1)
        (part / ABOUT).write_text(text, encoding="utf-8")
        if folder.is_dir():
            shutil.rmtree(folder)
        part.chmod(0o755)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def load(folder: Path, kind: str) -> Classifier:
    """The classifier in a folder. Raises ``ClassifierError`` with one sentence."""
    about = read_about(folder)
    if about.get("format") != FORMAT:
        raise ClassifierError(f"the classifier in {folder} is of another version: learn it anew")
    if about.get("kind") != kind:
        raise ClassifierError(f"{folder} holds a classifier for {about.get('kind')}, not {kind}")
    try:
        for name, expected in about["files"].items():
            if Path(name).name != name or _hash(folder / name) != expected:
                raise ClassifierError(
                    f"the file {name} of the classifier in {folder} is not the one learned"
                )
        names = [name for name in SEEN if f"{name}-terms.json" in about["files"]]
        classifier = Classifier(
            tuple(str(label) for label in about["labels"]),
            tuple(_view(folder, name) for name in names),
            tuple(_array(folder / f"{name}-weights.npy") for name in names),
            np.array(about["bias"], dtype=np.float32),
            np.array(about["shares"], dtype=np.float32),
        )
        _check(classifier)
        return classifier
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ClassifierError(f"the classifier in {folder} cannot be read: {error}") from error


def read_about(folder: Path) -> dict[str, Any]:
    """What the classifier in a folder says about itself. Raises ``ClassifierError``."""
    if not (folder / ABOUT).is_file():
        raise ClassifierError(f"there is no classifier in {folder}")
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ClassifierError(f"the classifier in {folder} cannot be read: {error}") from error
    if not isinstance(about, dict):
        raise ClassifierError(f"the classifier in {folder} cannot be read: {ABOUT} is no object")
    return about


def _view(folder: Path, name: str) -> View:
    terms = json.loads((folder / f"{name}-terms.json").read_text(encoding="utf-8"))
    return View(
        name, {term: row for row, term in enumerate(terms)}, _array(folder / f"{name}-rarity.npy")
    )


def _array(path: Path) -> Any:
    return np.load(path, allow_pickle=False)


def _check(classifier: Classifier) -> None:
    count = len(classifier.labels)
    for view, weights in zip(classifier.views, classifier.weights, strict=True):
        if weights.shape != (len(view.terms), count) or view.rarity.shape != (len(view.terms),):
            raise ValueError(f"the weights of its {view.name} do not fit its terms and labels")
    if classifier.bias.shape != (len(classifier.views), count):
        raise ValueError("its biases do not fit its labels")
    if classifier.shares.shape != (len(classifier.views),):
        raise ValueError("its shares do not fit its views")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
