"""A learned ranking on disk: arrays without pickled objects, terms, and what it was made from."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.errors import IndexMismatch
from knowledge_base.statutes.features import Prior
from knowledge_base.statutes.postings import Postings
from knowledge_base.statutes.prepared import FORMAT, Prepared
from knowledge_base.statutes.ranker import Ranker
from knowledge_base.statutes.read import Reading
from knowledge_base.statutes.similar import Similar
from knowledge_base.statutes.trees import Trees
from knowledge_base.statutes.votes import Register
from knowledge_base.words import Analyzer

ABOUT = "about.json"
_ARRAYS = ("similar", "register", "reading", "prior", "trees")


def save(ranker: Ranker, folder: Path, lessons: dict[str, int]) -> None:
    """Writes the model; an older one in the folder is replaced when the new one is complete.

    Raises ``OSError``.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=".part-", dir=folder.parent))
    try:
        parts = {
            "similar": ranker.similar.arrays,
            "register": ranker.register.arrays,
            "reading": {"numbers": ranker.reading.numbers},
            "prior": vars(ranker.prior),
            "trees": ranker.trees.as_arrays() if ranker.trees else {},
        }
        for name, arrays in parts.items():
            (part / name).mkdir()
            for key, array in arrays.items():
                np.save(part / name / f"{key}.npy", array, allow_pickle=False)
        ranker.reading.postings.save(part / "texts")
        about = {
            "format": FORMAT,
            "library": ranker.features.prepared.library.digest,
            "lessons": lessons,
            "terms": list(ranker.similar.terms),
            "lexicon": ranker.similar.analyzer.lexicon,
        }
        (part / ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        if (folder / ABOUT).exists():
            shutil.rmtree(folder)
        part.chmod(0o755)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def load(folder: Path, prepared: Prepared) -> Ranker:
    """The model in a folder, for this library. Raises ``IndexMismatch`` with one sentence."""
    if not (folder / ABOUT).is_file():
        raise IndexMismatch(f"there is no learned ranking in {folder}")
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        if (about["format"], about["library"]) != (FORMAT, prepared.library.digest):
            raise IndexMismatch(
                f"the ranking in {folder} was learned on another library or by another version"
            )
        arrays = {name: _arrays(folder / name) for name in _ARRAYS}
        analyzer = Analyzer(about["lexicon"])
        terms = {term: number for number, term in enumerate(about["terms"])}
        similar = Similar(analyzer, arrays["similar"], terms)
        register = Register(prepared, arrays["register"])
        numbers = arrays["reading"]["numbers"]
        texts = Postings.load(folder / "texts", len(numbers))
        reading = Reading(analyzer, texts, numbers, len(arrays["register"]["own"]))
        trees = Trees(**arrays["trees"]) if arrays["trees"] else None
        prior = Prior(**arrays["prior"])
        return Ranker(prepared, analyzer, similar, reading, register, prior, trees)
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexMismatch(f"the ranking in {folder} cannot be read: {error}") from error


def _arrays(folder: Path) -> dict[str, NDArray[Any]]:
    return {
        # A plain view of the mapped file: slices of np.memmap itself cost a search a millisecond.
        path.stem: np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
        for path in sorted(folder.glob("*.npy"))
    }
